"""Histograms of initial weights from their counts: one panel for each distribution, all on one axis of weights."""

from itertools import cycle

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from report.formatting import anchor
from report.pictures.svg import LOOK, Picture, as_svg
from verification.records import Histogram

COLOURS = ("#e07b28", "#3b82c4", "#4a9e5c")  # seen on white and on black
CAPTION = "Initial weights, sampled by the reference with the fixture's seeds; the numbers are standard deviations."


def histogram_picture(name: str, histograms: list[Histogram]) -> Picture:
    """The picture of an example's histograms, which are at least one."""
    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(6.4, 2.1 * len(histograms)), layout="constrained")
        panels = figure.subplots(len(histograms), 1, sharex=True, squeeze=False)[:, 0]
        for axes, histogram, colour in zip(panels, histograms, cycle(COLOURS), strict=False):
            panel(axes, histogram, colour)
        panels[-1].set_xlabel("weight")
        titles = "; ".join(histogram.title for histogram in histograms)
        return Picture(f"{anchor(name)}.svg", as_svg(figure), f"Histograms of initial weights: {titles}", CAPTION)


def panel(axes: Axes, histogram: Histogram, colour: str) -> None:
    """One histogram, its title above it."""
    edges = np.linspace(histogram.low, histogram.high, len(histogram.counts) + 1)
    axes.stairs(histogram.counts, edges, fill=True, color=colour, alpha=0.35)
    axes.stairs(histogram.counts, edges, color=colour, linewidth=1.4)
    axes.set(ylabel="weights", facecolor="none")
    axes.set_title(histogram.title, fontsize=10)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)

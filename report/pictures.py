"""Histograms of initial weights as SVG, drawn without pyplot and the same on every run."""

import re
from io import StringIO
from itertools import groupby
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adapters import Array
from adapters.reference.engine import Engine
from worked_examples import InitializerExample, InitializerFormula

STYLES = {  # name, colour (seen on white and on black), line (told apart without colour)
    "he": ("He", "#e07b28", "-"),
    "lecun": ("LeCun", "#3b82c4", "--"),
    "xavier": ("Xavier", "#4a9e5c", "-."),
}
INK = "#0a0b0c"  # stands for the colour of the surrounding text until the picture is placed
GREY = "#767676"  # readable on white and on black
LOOK: Any = dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK) | {
    "svg.fonttype": "none",
    "svg.hashsalt": "report",
    "legend.frameon": False,
}


class Drawn(NamedTuple):
    """A distribution and the sample ``(fan_in, fan_out)`` that the reference draws from it."""

    distribution: InitializerFormula
    sample: Array

    @property
    def style(self) -> tuple[str, str, str]:
        """Its name, colour and line."""
        return STYLES.get(self.distribution.formula, (self.distribution.formula, GREY, "-"))

    @property
    def label(self) -> str:
        """Its name, the standard deviation by the formula, and that of the sample."""
        given = float(self.distribution.variance) ** 0.5
        return f"{self.style[0]}: {given:.4g} by the formula, {self.sample.std():.4g} drawn"


def histogram(example: InitializerExample) -> str:
    """The example's distributions as an ``<svg>`` element: those of one shape over each other, as the book shows them."""
    engine = Engine()
    drawn = [Drawn(distribution, engine.sample_initializer(distribution)) for distribution in example.distributions]
    panels = [list(group) for _, group in groupby(drawn, key=lambda one: one.distribution.shape)]
    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(5.2 * len(panels), 3.8), layout="constrained")
        for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
            overlay(axes, panel, example.bins)
        return as_svg(figure)


def overlay(axes: Axes, panel: list[Drawn], bins: int) -> None:
    """Histograms over common bins, so that their heights compare."""
    edges = np.histogram_bin_edges(np.concatenate([one.sample.ravel() for one in panel]), bins)
    for one in panel:
        _, colour, line = one.style
        counts, _ = np.histogram(one.sample, edges)
        axes.stairs(counts, edges, fill=True, color=colour, alpha=0.35)
        axes.stairs(counts, edges, color=colour, linestyle=line, linewidth=1.4, label=one.label)
    rows, columns = panel[0].distribution.shape
    axes.set(xlabel="weight", ylabel="draws", title=f"{rows:,} inputs, {columns:,} outputs", facecolor="none")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), title="Standard deviation")


def as_svg(figure: Figure) -> str:
    """The ``<svg>`` element alone, without the ids that would clash with another picture's on one page."""
    text = StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = text.getvalue()
    return re.sub(r' id="[\w.]+_\d+"', "", svg[svg.index("<svg") :])


def inline(svg: str) -> str:
    """The picture inside a page, in the colour of its text."""
    return svg.replace(INK, "currentColor")


def standalone(svg: str) -> str:
    """The picture as a file, on a page of unknown colour."""
    return svg.replace(INK, GREY)

"""Learning curves: the printed results, those of every engine over each other, and the range of the seeds as a band."""

from collections.abc import Iterator, Mapping
from itertools import cycle, pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from report.pictures.svg import GREY, INK
from verification.records import ImageResult, LoggedResult
from verification.seeds.records import SeedQuantity

Array = NDArray[np.float64]
STYLES: tuple[Mapping[str, Any], ...] = (  # of the engines in turn: wide below narrow, so that equal curves are all seen
    {"color": "#3b82c4", "linestyle": "-", "linewidth": 4, "alpha": 0.6},
    {"color": "#e07b28", "linestyle": "-", "linewidth": 1.6},
    {"color": INK, "linestyle": ":", "linewidth": 1.3},
)
COUNTS = ("n_correct", "n_wrong")  # left out where the accuracy says the same
LARGE_STEP = 10  # a step so many times the smallest interrupts a curve
TICKS = 6
CAPTION = "Learning curves at the printed log rows, which are equally far apart here."


class Curve(NamedTuple):
    """One quantity at its printed log rows; ``seeds (rows, 3)`` are their least, median and greatest."""

    quantity: str
    titles: list[str]
    updates: list[int]
    printed: list[float]
    seeds: Array

    @property
    def description(self) -> str:
        """The curve in words."""
        return f"{self.quantity} at {len(self.titles)} printed log rows, printed from {self.printed[0]:g} to {self.printed[-1]:g}"


def learning_curves(images: ImageResult, percentiles: list[SeedQuantity], engines: list[str]) -> tuple[Figure, str] | None:
    """The figure and its description; None where nothing is printed in two log rows, or no engine gave any."""
    chosen = [curve for curve in curves(images, percentiles) if len(curve.titles) > 1]
    if not chosen or not images.log_rows:
        return None
    computed = {engine: images.logged(engine) for engine in engines if engine in images.log_rows}
    figure = Figure(figsize=(5.6 * len(chosen), 3.9), layout="constrained")
    for axes, curve in zip(figure.subplots(1, len(chosen), squeeze=False)[0], chosen, strict=True):
        panel(axes, curve, computed)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3 * len(chosen), frameon=False)
    return figure, "; ".join(curve.description for curve in chosen)


def curves(images: ImageResult, percentiles: list[SeedQuantity]) -> Iterator[Curve]:
    """A curve for every quantity but counts of which the page prints the accuracy."""
    quantities = list(dict.fromkeys(result.quantity for result in images.printed))
    for quantity in quantities:
        if quantity not in COUNTS or "accuracy" not in quantities:
            of_quantity = [result for result in images.printed if result.quantity == quantity]
            results = sorted(of_quantity, key=lambda result: result.updates)
            yield Curve(
                quantity=quantity,
                titles=[result.title for result in results],
                updates=[result.updates for result in results],
                printed=[float(result.printed) for result in results],
                seeds=np.array([seed_range(images, percentiles, result) for result in results]),
            )


def seed_range(images: ImageResult, percentiles: list[SeedQuantity], result: LoggedResult) -> list[float]:
    """Least, median and greatest of the seeds; those of an accuracy that follows from ``n_correct`` and ``n_wrong`` follow too."""
    quantities = {quantity.name: quantity for quantity in percentiles}
    seeds, total = quantities.get(result.title), 1.0
    if seeds is None and result.quantity == "accuracy":
        row = [other for other in images.printed if other.updates == result.updates and other.quantity in COUNTS]
        total = sum(float(other.printed) for other in row)
        titles = [other.title for other in row if other.quantity == "n_correct"]
        seeds = next((quantities[title] for title in titles if title in quantities), None)
    values = (seeds.min, seeds.median, seeds.max) if seeds else (None, None, None)
    return [np.nan if value is None else value / total for value in values]


def panel(axes: Axes, curve: Curve, log_rows: Mapping[str, Mapping[str, str]]) -> None:
    """One quantity: band and median of the seeds, the engines, crosses for the print; interrupted where rows are far apart."""
    values = {engine: np.array([float(rows.get(title, "nan")) for title in curve.titles]) for engine, rows in log_rows.items()}
    for stretch in stretches(curve.updates):
        plot_stretch(axes, curve, stretch, {engine: computed[stretch] for engine, computed in values.items()})
    axes.plot(curve.printed, "x", color=INK, markersize=6, label="printed")
    ticks = np.unique(np.linspace(0, len(curve.titles) - 1, TICKS).round().astype(int))
    axes.set_xticks(ticks, [f"{curve.updates[tick]:,}" for tick in ticks])
    axes.set(xlabel="updates", title=curve.quantity, facecolor="none")
    axes.spines[["top", "right"]].set_visible(False)


def plot_stretch(axes: Axes, curve: Curve, stretch: slice, values: Mapping[str, Array]) -> None:
    """Seeds and engines in one stretch of a curve; the first alone names them."""
    at = np.arange(len(curve.titles))[stretch]
    low, median, high = curve.seeds[stretch].T
    hidden = "_" if stretch.start > 0 else ""
    if not np.isnan(low).all():
        axes.fill_between(at, low, high, color=GREY, alpha=0.35, linewidth=0, label=f"{hidden}all seeds")
        axes.plot(at, median, color=GREY, linewidth=1, label=f"{hidden}their median")
    for (engine, computed), style in zip(values.items(), cycle(STYLES), strict=False):
        axes.plot(at, computed, label=f"{hidden}{engine}", **style)


def stretches(updates: list[int]) -> list[slice]:
    """The stretches of a curve within which log rows follow each other closely."""
    steps = np.diff(updates)
    cuts = [0, *(np.flatnonzero(steps > LARGE_STEP * steps.min()) + 1).tolist(), len(updates)]
    return [slice(start, end) for start, end in pairwise(cuts)]

"""Learning curves: the printed results, those of every engine over each other, and the range of the seeds as a band."""

from collections.abc import Iterator, Mapping
from itertools import cycle, pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adapters import Array
from report.pictures import GREY, INK
from report.values import Entry

STYLES: list[dict[str, Any]] = [  # colour and line of the engines in turn: wide below narrow, so that equal curves are all seen
    {"color": "#3b82c4", "linestyle": "-", "linewidth": 4, "alpha": 0.6},
    {"color": "#e07b28", "linestyle": "-", "linewidth": 1.6},
    {"color": INK, "linestyle": ":", "linewidth": 1.3},
]
COUNTS = ("n_correct", "n_wrong")  # left out where the accuracy says the same
FAR = 10  # a step so many times the smallest interrupts a curve
TICKS = 6


class Curve(NamedTuple):
    """One quantity at its printed lines; ``seeds (lines, 3)`` are their least, median and greatest."""

    quantity: str
    titles: list[str]
    updates: list[int]
    printed: list[float]
    seeds: Array


def curves(entry: Entry, engines: list[str]) -> tuple[Figure, str, str] | None:
    """The figure, its description and its caption; None where no engine printed two lines of anything."""
    found = [curve for curve in all_curves(entry) if len(curve.titles) > 1]
    if not found or not entry.get("lines"):
        return None
    figure = Figure(figsize=(5.6 * len(found), 3.9), layout="constrained")
    for axes, curve in zip(figure.subplots(1, len(found), squeeze=False)[0], found, strict=True):
        panel(axes, curve, {engine: entry["lines"][engine] for engine in engines if engine in entry["lines"]})
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3 * len(found))
    return figure, "; ".join(map(described, found)), "Learning curves at the printed lines, which are equally far apart here."


def described(curve: Curve) -> str:
    """A curve in words."""
    return f"{curve.quantity} at {len(curve.titles)} printed lines, printed from {curve.printed[0]:g} to {curve.printed[-1]:g}"


def all_curves(entry: Entry) -> Iterator[Curve]:
    """A curve for every quantity but counts of which the page prints the share."""
    places: Mapping[str, Mapping[str, Any]] = entry.get("page") or {}
    quantities = list(dict.fromkeys(place["quantity"] for place in places.values()))
    for quantity in quantities:
        if quantity not in COUNTS or "accuracy" not in quantities:
            chosen = sorted((p for p in places.values() if p["quantity"] == quantity), key=lambda place: place["updates"])
            updates, printed = [place["updates"] for place in chosen], [float(place["text"]) for place in chosen]
            seeds = np.array([among(entry, place) for place in chosen])
            yield Curve(quantity, [place["title"] for place in chosen], updates, printed, seeds)


def among(entry: Entry, place: Mapping[str, Any]) -> list[float]:
    """Least, median and greatest of the seeds; those of an accuracy that follows from hits and misses follow too."""
    placed, total = entry.get("placed") or {}, 1.0
    found = placed.get(place["title"])
    if not found and place["quantity"] == "accuracy":
        counts = [one for one in entry["page"].values() if one["updates"] == place["updates"] and one["quantity"] in COUNTS]
        total = sum(float(one["text"]) for one in counts)
        found = next((placed[one["title"]] for one in counts if one["quantity"] == "n_correct" and one["title"] in placed), None)
    return [found[key] / total for key in ("min", "median", "max")] if found else [np.nan] * 3


def panel(axes: Axes, curve: Curve, lines: Mapping[str, Mapping[str, str]]) -> None:
    """One quantity: band and median of the seeds, the engines, crosses for the print; interrupted where lines are far apart."""
    values = {engine: np.array([float(found.get(title, "nan")) for title in curve.titles]) for engine, found in lines.items()}
    for part in parts(curve.updates):
        over_each_other(axes, curve, part, {engine: found[part] for engine, found in values.items()})
    axes.plot(curve.printed, "x", color=INK, markersize=6, label="printed")
    ticks = np.unique(np.linspace(0, len(curve.titles) - 1, TICKS).round().astype(int))
    axes.set_xticks(ticks, [f"{curve.updates[tick]:,}" for tick in ticks])
    axes.set(xlabel="updates", title=curve.quantity, facecolor="none")
    axes.spines[["top", "right"]].set_visible(False)


def over_each_other(axes: Axes, curve: Curve, part: slice, values: Mapping[str, Array]) -> None:
    """Seeds and engines in one part of a curve; the first part alone names them."""
    at, low, middle, high = np.arange(len(curve.titles))[part], *curve.seeds[part].T
    hidden = "_" * (part.start > 0)
    if not np.isnan(low).all():
        axes.fill_between(at, low, high, color=GREY, alpha=0.35, linewidth=0, label=f"{hidden}all seeds")
        axes.plot(at, middle, color=GREY, linewidth=1, label=f"{hidden}their median")
    for (engine, found), style in zip(values.items(), cycle(STYLES), strict=False):
        axes.plot(at, found, label=f"{hidden}{engine}", **style)


def parts(updates: list[int]) -> list[slice]:
    """The parts of a curve within which lines follow each other closely."""
    steps = np.diff(updates)
    cuts = [0, *(np.flatnonzero(steps > FAR * steps.min()) + 1).tolist(), len(updates)]
    return [slice(start, end) for start, end in pairwise(cuts)]

"""What is measured on every seed, as the page measures it, and where the printed value lies among the seeds.

Quantities marked ``derived`` are not printed but follow from the printed numbers; for them each seed's outputs are first rounded
as the page rounds its own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from adapters import Array
from verification.seeds.vectorized import Rows

Texts: TypeAlias = tuple[tuple[str, ...], ...]
QUANTILES = (1, 5, 25, 50, 75, 95, 99)


class Quantity(NamedTuple):
    """A printed text and its value for every seed ``(seeds,)``; infinite where a seed never stops, nan where it then has none."""

    name: str
    printed: str
    values: Array
    derived: bool = False


class SeedStudy(NamedTuple):
    """What the seeds gave: the quantities, and for each claim the share of seeds for which it holds."""

    quantities: list[Quantity]
    claims: dict[str, float]


def decimals(text: str) -> int:
    """How many decimals a text prints."""
    return len(text.partition(".")[2])


def rounded(values: Array, printed: Texts) -> Array:
    """Outputs ``(patterns, outputs, seeds)``, each rounded to the decimals of the text in its place."""
    pairs = zip(values, printed, strict=True)
    return np.array([[np.round(v, decimals(text)) for v, text in zip(row, texts, strict=True)] for row, texts in pairs])


def nearest(outputs: Array, point: Array, without: int | None = None) -> float:
    """The largest difference between ``point`` and the seed of ``outputs (numbers, seeds)`` where it is least."""
    apart = np.abs(outputs - point[:, np.newaxis]).max(axis=0)
    if without is not None:
        apart[without] = np.inf
    return float(apart.min())


def table(label: str, printed: Texts, outputs: Array, targets: Rows) -> list[Quantity]:
    """Every printed output ``(patterns, outputs)`` by itself, and the table as a whole: its errors, and its nearest seed."""
    found = [
        Quantity(f"{label}, output [{row}, {column}]", text, outputs[row, column])
        for row, texts in enumerate(printed)
        for column, text in enumerate(texts)
    ]
    page, seeds = errors(np.array(printed, float)[..., np.newaxis], targets), errors(rounded(outputs, printed), targets)
    flat, own = rounded(outputs, printed).reshape(-1, outputs.shape[-1]), np.array(printed, float).reshape(-1)
    name = "largest difference from the nearest seed"
    page[name], seeds[name] = np.array([nearest(flat, own)]), np.array([nearest(flat, one, i) for i, one in enumerate(flat.T)])
    return found + [Quantity(f"{label}, {name}", f"{page[name][0]:.6f}", seeds[name], derived=True) for name in page]


def errors(outputs: Array, targets: Rows) -> dict[str, Array]:
    """The errors of a whole table, per seed."""
    apart = np.abs(outputs - np.array(targets)[..., np.newaxis])
    return {
        "mean squared error": squared(outputs, targets),
        "largest distance of an output from its target": apart.max(axis=(0, 1)),
    }


def share(holds: Array) -> float:
    """The share of seeds for which a claim holds."""
    return float(np.mean(holds))


def right(outputs: Array, targets: Rows) -> Array:
    """Per seed, whether every output is on its target's side of 0.5."""
    return np.all((outputs > 0.5) == (np.array(targets)[..., np.newaxis] > 0.5), axis=(0, 1))


def squared(outputs: Array, targets: Rows) -> Array:
    """The mean squared error per seed."""
    return np.asarray(((outputs - np.array(targets)[..., np.newaxis]) ** 2).mean(axis=(0, 1)))


def pairs(worse: Array, than: Array) -> float:
    """The share of all pairs of one seed each in which the first value is at least the second."""
    return float(np.searchsorted(np.sort(than), worse, side="right").mean() / len(than))


def sequence(values: Sequence[Array]) -> Array:
    """Per seed, whether the values fall from each to the next."""
    return np.all(np.diff(np.array(values), axis=0) < 0, axis=0)


def judge(at_most: float, at_least: float) -> str:
    """The verdict from the shares of seeds at or below, and at or above, the printed value.

    ``typical``: within the central 98 % of the seeds. ``outside``: beyond every seed. ``rare``: between the two.
    """
    tail = min(at_most, at_least)
    return "outside" if tail == 0 else "rare" if tail < 0.01 else "typical"


def percentile_of(quantity: Quantity) -> dict[str, Any]:
    """The percentile and the verdict of a printed value among the seeds' values, each rounded as the print is.

    A seed that prints the very text counts half as below and half as above. Seeds without a value (nan) do not count.
    """
    values, printed = quantity.values[~np.isnan(quantity.values)], float(quantity.printed)
    shown = np.round(values, decimals(quantity.printed))
    at_most, at_least = float(np.mean(shown <= printed)), float(np.mean(shown >= printed))
    return {"percentile": round(50 * (at_most + 1 - at_least), 2), "verdict": judge(at_most, at_least)}


def distribution(values: Array) -> dict[str, float | None]:
    """Least, greatest and quantiles (each the value of a seed), to 6 digits, and the share of seeds that never stopped."""
    finite = values[~np.isnan(values)]
    shares = {"min": 0.0, **{f"{q} %": q / 100 for q in QUANTILES}, "max": 1.0}
    found = {name: float(np.quantile(finite, share, method="inverted_cdf")) for name, share in shares.items()}
    table = {name: float(f"{value:.6g}") if np.isfinite(value) else None for name, value in found.items()}
    return table | {"never stopped": float(np.mean(~np.isfinite(values))), "seeds": len(values)}


def entry(quantity: Quantity) -> dict[str, Any]:
    """One quantity for the file."""
    head: dict[str, Any] = {"name": quantity.name, "printed": quantity.printed, "derived": quantity.derived}
    return head | distribution(quantity.values) | percentile_of(quantity)

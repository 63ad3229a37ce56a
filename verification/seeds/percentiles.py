"""The percentile of a printed value among the values of many seeds.

Quantities marked ``derived`` are not printed but follow from the printed numbers; for them each seed's outputs are first rounded
as the page rounds its own.
"""

from typing import NamedTuple

import numpy as np

from adapters import Array
from verification.seeds.records import SeedQuantity, SeedVerdict

QUANTILES = (0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99)
RARE = 0.01


class Quantity(NamedTuple):
    """A printed text and its value for every seed ``(seeds,)``; infinite where a seed never stops, nan where it then has none."""

    name: str
    printed: str
    values: Array
    derived: bool = False


def n_decimals(text: str) -> int:
    """How many decimals a text prints."""
    return len(text.partition(".")[2])


def seed_verdict(at_most: float, at_least: float) -> SeedVerdict:
    """The verdict from the fractions of seeds at or below, and at or above, the printed value.

    ``typical``: within the central 98 % of the seeds. ``outside``: beyond every seed. ``rare``: between the two.
    """
    tail = min(at_most, at_least)
    return "outside" if tail == 0 else "rare" if tail < RARE else "typical"


def percentile_of(quantity: Quantity) -> tuple[float, SeedVerdict]:
    """The percentile and the verdict of a printed value among the seeds' values, each rounded as the print is.

    A seed that prints the very text counts half as below and half as above. Seeds without a value (nan) do not count.

    Raises:
        ValueError: where no seed has a value.

    """
    values, printed = quantity.values[~np.isnan(quantity.values)], float(quantity.printed)
    if not values.size:
        raise ValueError(f"{quantity.name}: no seed has a value")
    rounded = np.round(values, n_decimals(quantity.printed))
    at_most, at_least = float(np.mean(rounded <= printed)), float(np.mean(rounded >= printed))
    return round(50 * (at_most + 1 - at_least), 2), seed_verdict(at_most, at_least)


def quantile(values: Array, fraction: float) -> float | None:
    """The value of a seed at a quantile, to 6 digits; None where that seed never stops. Seeds without a value do not count."""
    value = float(np.quantile(values[~np.isnan(values)], fraction, method="inverted_cdf"))
    return float(f"{value:.6g}") if np.isfinite(value) else None


def among_seeds(quantity: Quantity) -> SeedQuantity:
    """One quantity for the file: its distribution over the seeds, and the percentile of the printed value."""
    values = quantity.values
    percentile, verdict = percentile_of(quantity)
    return SeedQuantity(
        name=quantity.name,
        printed=quantity.printed,
        derived=quantity.derived,
        min=quantile(values, 0),
        quantiles={f"{fraction:.2f}": quantile(values, fraction) for fraction in QUANTILES},
        max=quantile(values, 1),
        fraction_never_stopped=float(np.mean(~np.isfinite(values))),
        n_seeds=len(values),
        percentile=percentile,
        verdict=verdict,
    )

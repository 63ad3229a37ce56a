"""The statistics of one quantity among the seeds."""

import numpy as np
import pytest

from adapters import Array
from verification.seeds.percentiles import Quantity, among_seeds, n_decimals, percentile_of, quantile, seed_verdict


def test_percentile_and_verdict_of_a_hand_made_sample() -> None:
    """Seeds that print the same text count half below and half above, and those without a value not at all."""
    values = np.array([0.001, 0.004, 0.006, 0.02, np.nan])
    assert percentile_of(Quantity("q", "0.00", values)) == (25.0, "typical")
    assert percentile_of(Quantity("q", "0.03", values)) == (100.0, "outside")
    assert percentile_of(Quantity("q", "0.01", values)) == (62.5, "typical")
    assert percentile_of(Quantity("q", "7", np.array([5.0, np.inf]))) == (50.0, "typical")


@pytest.mark.parametrize("values", [np.zeros(0), np.full(3, np.nan)])
def test_without_any_value_there_is_no_percentile(values: Array) -> None:
    """Nothing is said among no seeds."""
    with pytest.raises(ValueError, match="q: no seed has a value"):
        percentile_of(Quantity("q", "0.5", values))


def test_distribution_of_a_hand_made_sample() -> None:
    """Quantiles are values of the sample; an infinite one (never stopped) is counted and not written as a number."""
    distribution = among_seeds(Quantity("q", "50", np.append(np.arange(1.0, 100.0), np.inf)))
    assert (
        distribution.min,
        distribution.quantiles["0.01"],
        distribution.median,
        distribution.quantiles["0.99"],
        distribution.max,
    ) == (1.0, 1.0, 50.0, 99.0, None)
    assert (distribution.fraction_never_stopped, distribution.n_seeds) == (0.01, 100)
    assert (distribution.percentile, distribution.verdict) == (49.5, "typical")


def test_a_quantile_leaves_out_seeds_without_a_value() -> None:
    """Nan does not count, infinity does."""
    assert quantile(np.array([np.nan, 1.0, 2.0]), 0.5) == 1.0
    assert quantile(np.array([1.0, np.inf, np.inf]), 0.5) is None
    assert quantile(np.array([1 / 3]), 1) == 0.333333


@pytest.mark.parametrize(
    ("at_most", "at_least", "verdict"),
    [(0.5, 0.5, "typical"), (0.01, 0.99, "typical"), (0.009, 0.991, "rare"), (1.0, 0.001, "rare"), (0.0, 1.0, "outside")],
)
def test_verdicts(at_most: float, at_least: float, verdict: str) -> None:
    """Typical within the central 98 % of the seeds, outside beyond all of them, else rare."""
    assert seed_verdict(at_most, at_least) == verdict


def test_decimals_are_those_of_the_print() -> None:
    """Trailing zeros count, a whole number has none."""
    assert [n_decimals(text) for text in ("0.500", "27818", "-1.5")] == [3, 0, 1]

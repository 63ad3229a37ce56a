"""Distances of a convention: greatest difference, another shape, infinite on one side; and the bounds of rounding and sampling."""

import numpy as np
import pytest

from adapters.sample_statistics import BEYOND_TWO_SD
from verification.exact.convention_distances import ExactConvention, difference, exact_convention, is_within, sampling
from worked_examples import ConventionExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.framework_call import Probe
from worked_examples.schema.kinds.convention import Convention

EXAMPLE = load(ROOT / "ours" / "activations.toml")
assert isinstance(EXAMPLE, ConventionExample)
ONE: Convention = EXAMPLE.conventions[0].model_copy(update={"quantities": []})
PROBE = EXAMPLE.probe_of(ONE)
INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("values", "other", "distance"),
    [
        ([1.0, 2.0], [1.0, 2.5], 0.5),
        ([1.0, 2.5], [1.0, 2.0], 0.5),
        ([1.0], [1.0, 2.0], "shape"),
        ([], [1.0], "shape"),
        ([INF, 1.0], [INF, 1.5], 0.5),
        ([INF], [-INF], "infinite"),
        ([INF], [1.0], "infinite"),
        ([1.0], [NAN], "infinite"),
        ([NAN], [NAN], 0.0),
        ([], [], 0.0),
    ],
)
def test_the_greatest_difference(values: list[float], other: list[float], distance: float | str) -> None:
    """In absolute value; infinite entries must be the same on both sides."""
    assert difference(ONE, {"value": np.array(values)}, {"value": np.array(other)}) == distance


@pytest.mark.parametrize(
    ("value", "times", "expected"),
    [(1.25, 1, True), (np.nextafter(1.25, 2), 1, False), (1.5, 2, True), (0.75, 1, True), (NAN, 1, False), (INF, 1, False)],
)
def test_within_is_up_to_the_bound(value: float, times: int, expected: bool) -> None:
    """Or so many times it; nan and inf are not within."""
    book = ExactConvention({"value": np.array([1.0])}, {"value": np.array([0.25])})
    assert is_within(ONE, {"value": np.array([value])}, book, times) is expected


def test_another_shape_is_not_within() -> None:
    """Nothing is broadcast, and an empty array is not an array of one entry; equal infinite entries are within."""
    book = ExactConvention({"value": np.array([1.0])}, {"value": np.array([9.0])})
    assert not is_within(ONE, {"value": np.array([])}, book)
    assert not is_within(ONE, {"value": np.array([[1.0]])}, book)
    assert is_within(ONE, {"value": np.array([INF])}, ExactConvention({"value": np.array([INF])}, {"value": np.array([NAN])}))


def test_only_the_named_quantities_are_compared() -> None:
    """Where a convention names some."""
    only = ONE.model_copy(update={"quantities": ["value"]})
    measured, expected = ({"value": np.zeros(1), "gradient": np.full(1, number)} for number in (0.0, 5.0))
    assert difference(only, measured, expected) == 0
    assert difference(ONE, measured, expected) == 5


def test_the_exact_values_have_a_bound_of_some_units() -> None:
    """Rounding of float64: at least half a unit, and far below the twelfth digit."""
    distances = exact_convention(ONE, PROBE, ONE.book)
    for name, values in distances.values.items():
        finite = np.isfinite(distances.bounds[name])
        assert np.all(distances.bounds[name][finite] >= np.spacing(np.abs(values[finite])) / 2)
        assert np.all(distances.bounds[name][finite] <= 1e-12 * np.maximum(np.abs(values[finite]), 1))


def test_a_sample_has_five_standard_errors() -> None:
    """By hand: 10,000 numbers of deviation 2, of which a fifth lies beyond."""
    values = {"deviation": np.array(2.0), BEYOND_TWO_SD: np.array(0.2)}
    bounds = sampling(values, Probe(fans=[100, 100]))
    assert bounds["deviation"] == pytest.approx(5 * 2 / np.sqrt(20_000))
    assert bounds[BEYOND_TWO_SD] == pytest.approx(5 * np.sqrt(0.16 / 10_000))

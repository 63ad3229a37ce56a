"""Distances of a convention: greatest difference, another shape, infinite on one side, nan, nothing; and what is within a bound."""

import numpy as np
import pytest

from adapters import Array
from verification.conventions.distances import difference, is_within
from verification.conventions.exact_values import ExactConvention
from worked_examples import ConventionExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.kinds.convention import Convention

EXAMPLE = load(ROOT / "ours" / "activations.toml")
assert isinstance(EXAMPLE, ConventionExample)
ONE: Convention = EXAMPLE.conventions[0].model_copy(update={"quantities": []})
INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("values", "other", "distance"),
    [
        ([1.0, 2.0], [1.0, 2.5], 0.5),
        ([1.0, 2.5], [1.0, 2.0], 0.5),
        ([1.0], [1.0, 2.0], "shape"),
        ([], [1.0], "nothing"),
        ([1.0], [], "nothing"),
        ([INF, 1.0], [INF, 1.5], 0.5),
        ([INF], [-INF], "infinite"),
        ([INF], [1.0], "infinite"),
        ([1.0], [NAN], "nan"),
        ([NAN], [1.0], "nan"),
        ([NAN], [INF], "nan"),
        ([NAN], [1.0, 2.0], "nan"),
        ([NAN], [NAN], "nan"),
        ([], [], "nothing"),
    ],
)
def test_the_greatest_difference(values: list[float], other: list[float], distance: float | str) -> None:
    """In absolute value; infinite entries must be the same on both sides; nan and no entries have words of their own."""
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


@pytest.mark.parametrize(
    ("value", "exact", "expected"),
    [
        (INF, INF, True),
        (-INF, -INF, True),
        (-INF, INF, False),
        (1e308, INF, False),
        (NAN, INF, False),
        (NAN, NAN, False),
        (INF, NAN, False),
    ],
)
def test_what_is_not_finite_is_within_nothing_but_that_very_infinity(value: float, exact: float, expected: bool) -> None:
    """Its bound does not matter; finite entries beside it are still compared."""
    for bound in (NAN, INF, 1.0):
        book = ExactConvention({"value": np.array([exact])}, {"value": np.array([bound])})
        assert is_within(ONE, {"value": np.array([value])}, book) is expected
    beside = ExactConvention({"value": np.array([exact, 1.0])}, {"value": np.array([NAN, 0.25])})
    assert is_within(ONE, {"value": np.array([value, 1.25])}, beside) is expected
    assert not is_within(ONE, {"value": np.array([value, 1.5])}, beside)


@pytest.mark.parametrize("bound", [np.array([INF]), np.array([NAN]), np.array([-1.0]), np.zeros(0), np.array(0.25)])
def test_nothing_is_within_a_bound_that_is_none(bound: Array) -> None:
    """Even the exact value is not: such a bound, or one of another shape, says nothing."""
    assert not is_within(ONE, {"value": np.array([1.0])}, ExactConvention({"value": np.array([1.0])}, {"value": bound}))


def test_an_absent_array_is_no_difference_and_not_within() -> None:
    """An engine that leaves out what is compared, or nothing to compare at all, has a word of its own."""
    book = ExactConvention({"value": np.array([1.0])}, {"value": np.array([9.0])})
    for computed, of in (({}, book), ({"other": np.array([1.0])}, book), ({}, ExactConvention({}, {}))):
        assert difference(ONE, computed, of.values) == "nothing"
        assert not is_within(ONE, computed, of)


def test_errors_are_told_beside_their_bounds() -> None:
    """Of the finite entries, with the times that a bound is taken."""
    told: list[tuple[list[float], list[float]]] = []
    book = ExactConvention({"value": np.array([1.0, INF])}, {"value": np.array([0.25, NAN])})
    assert is_within(
        ONE, {"value": np.array([1.5, INF])}, book, 2, lambda errors, bounds: told.append((list(errors), list(bounds)))
    )
    assert told == [([0.5], [0.5])]


def test_only_the_named_quantities_are_compared() -> None:
    """Where a convention names some."""
    only = ONE.model_copy(update={"quantities": ["value"]})
    measured, expected = ({"value": np.zeros(1), "gradient": np.full(1, number)} for number in (0.0, 5.0))
    assert difference(only, measured, expected) == 0
    assert difference(ONE, measured, expected) == 5

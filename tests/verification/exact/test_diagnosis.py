"""A diagnosis is given where every entry is that of a usual slip, and the slip can be told from the expected array; else none."""

import numpy as np
import pytest

from adapters import Array
from verification.exact.diagnosis import APART, diagnosis

EXPECTED = np.array([[1.0, 2.0], [3.0, 4.0]])
BOUND = np.full((2, 2), 2.0**-20)
TINY = 2.0**-20


@pytest.mark.parametrize(
    ("computed", "words"),
    [
        (2 * EXPECTED, "doubled"),
        (2 * EXPECTED + 2 * TINY, "doubled"),
        (2 * EXPECTED + 4 * TINY, ""),
        (EXPECTED / 2, "halved"),
        (EXPECTED / 2 + TINY, ""),
        (-EXPECTED, "with the sign turned"),
        (TINY - EXPECTED, "with the sign turned"),
        (EXPECTED.T, "transposed"),
        (EXPECTED.T - TINY, "transposed"),
        (EXPECTED.T - 2 * TINY, ""),
        (EXPECTED + 1, ""),
        (EXPECTED + 2 * TINY, ""),
        (np.full((2, 2), np.nan), ""),
        (np.full((2, 2), np.inf), ""),
        (EXPECTED[0], ""),
        (np.zeros((0, 2)), ""),
    ],
)
def test_an_array_looks_like_a_slip_within_the_bound_of_that_slip(computed: Array, words: str) -> None:
    """Doubled, halved, negated or transposed, just inside the bound and not just outside; anything else is left without."""
    text = diagnosis(computed, EXPECTED, BOUND)
    assert text.startswith(f"; it looks like the expected one {words}") if words else text == ""


@pytest.mark.parametrize("expected", [np.array(0.7), np.array([0.7, 0.2]), np.array([[1.0, 2.0], [2.0, 1.0]]), np.eye(3)])
def test_a_small_error_is_not_called_transposed(expected: Array) -> None:
    """A scalar, a bias and a symmetric matrix are their own transposes: a small error in them looks like nothing."""
    assert diagnosis(expected + 1e-9, expected, np.full(expected.shape, 1e-12)) == ""
    assert diagnosis(expected + 1e-9, expected, np.full(expected.shape, 1e-8)) == ""


def test_a_look_must_be_far_from_what_is_expected() -> None:
    """So many times both bounds: below that nobody can tell whether 1 was doubled, or computed badly."""
    for bound, is_told in ((1 / (3.1 * APART), True), (1 / (2.9 * APART), False)):
        assert bool(diagnosis(np.array(2.0), np.array(1.0), np.array(bound))) is is_told


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_nothing_is_said_where_a_number_is_not_finite(value: float) -> None:
    """Twice minus infinity is minus infinity, and says nothing about a factor; a bound that is none tells nothing apart."""
    array = np.array([value, 1.0])
    assert diagnosis(2 * array, array, np.zeros(2)) == ""
    assert diagnosis(2 * np.ones(2), np.ones(2), array) == ""


def test_zeros_look_like_nothing() -> None:
    """All-zero expected values are their own double and transpose."""
    assert diagnosis(np.zeros((2, 2)), np.zeros((2, 2)), BOUND) == ""
    assert diagnosis(np.ones((2, 2)), np.zeros((2, 2)), BOUND) == ""

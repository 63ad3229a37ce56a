"""Comparisons decide what is certain, and refuse what is not."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

from reference.comparisons import UndecidedError, argmax, at_most, decided, equals, less, maximum, not_negative, positive, reaches
from worked_examples.exact_numbers import Exact

WIDE = flint.arb("1 +/- 0.5")


def balls(*texts: str) -> Any:
    """Balls in a row."""
    return np.array([flint.arb(text) for text in texts], dtype=object)


def test_stopping_criteria_do_not_guess() -> None:
    """Overlapping balls and nan decide neither `<` nor `<=`."""
    for test in (less, at_most):
        with pytest.raises(UndecidedError):
            test(WIDE, flint.arb(1.25))
        with pytest.raises(UndecidedError):
            test(float("nan"), 1.0)


def test_equal_numbers_are_at_most_but_not_less() -> None:
    """Equality separates `<=` from `<`."""
    assert at_most(1, 1)
    assert not less(1, 1)


def test_zero_is_not_positive() -> None:
    """`x > 0`, entry by entry; an exact ball 0 is decided."""
    assert positive(np.array([-1.0, 0.0, 2.0])).tolist() == [False, False, True]
    assert positive(balls("-1", "0", "2 +/- 1")).tolist() == [False, False, True]


def test_a_number_reaches_itself() -> None:
    """`a >= b` holds at equality."""
    assert reaches(np.array([1.0, 1.0]), np.array([1.0, 2.0])).tolist() == [True, False]
    assert reaches(balls("1", "1"), balls("1", "2")).tolist() == [True, False]
    assert equals(np.array([1.0, 1.0]), np.array([1.0, 2.0])).tolist() == [True, False]
    assert equals(balls("1", "2", "1"), balls("1", "1", "2")).tolist() == [True, False, False]


def test_argmax_is_the_first_of_equal_entries() -> None:
    """Ties go to the first entry, along an axis and of all entries, in floats and exact balls."""
    ties = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 1.0]])
    for x in (ties, np.array([[flint.arb(entry) for entry in row] for row in ties], dtype=object)):
        assert argmax(x, axis=1).tolist() == [1, 0]
        assert argmax(x, axis=0).tolist() == [1, 0, 0]
        assert argmax(x).item() == 1
        assert maximum(x) == 3


def test_the_greatest_of_disjoint_balls_is_certain() -> None:
    """A ball need not certainly reach itself to be the greatest."""
    x = balls("0 +/- 0.5", "2 +/- 0.5", "1 +/- 0.25")
    assert argmax(x).item() == 1
    assert maximum(x) is x[1]


@pytest.mark.parametrize(
    "compare",
    [positive, argmax, maximum, lambda x: argmax(x, axis=0), lambda x: reaches(x, x[::-1])],
    ids=["positive", "argmax", "maximum", "argmax along an axis", "reaches"],
)
def test_overlapping_balls_are_undecided(compare: Callable[[Any], Any]) -> None:
    """Where balls overlap, so that either answer may be right, none is given."""
    with pytest.raises(UndecidedError):
        compare(balls("0 +/- 1", "0.5 +/- 1"))


def test_a_decision_needs_one_side() -> None:
    """``decided`` gives the first side where every entry has one."""
    assert decided([True, False], [False, True], "it").tolist() == [True, False]
    with pytest.raises(UndecidedError, match="it cannot be decided"):
        decided([True, False], [False, False], "it")


def test_what_is_not_negative_loses_the_part_below_zero() -> None:
    """Its root is a number then; floats and balls above 0 stay as they are."""
    wide, above, exact = not_negative(np.array([flint.arb(0, 0.25), flint.arb(4), Exact(flint.arb(0, 0.25))], dtype=object))
    assert wide.lower() == 0
    assert 0.25 <= wide.upper() < 0.26
    assert above == 4
    assert exact.ball().lower() == 0
    assert np.isfinite(float(wide.sqrt().upper()))
    floats = np.array([-1.0, 2.0])
    assert not_negative(floats) is floats

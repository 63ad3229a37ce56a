"""Ranges of floating-point numbers, against all pairs of numbers in them."""

import math
from fractions import Fraction
from itertools import product
from operator import add, mul, sub, truediv
from typing import Any

import numpy as np
import pytest

from verification.arithmetics.float_ranges import FloatRange, neighbours

OPERATIONS = (add, sub, mul, truediv)


def around(x: Any) -> tuple[Any, ...]:
    """A number and the three above it."""
    return tuple(x + step * np.spacing(abs(x)) for step in range(4))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
@pytest.mark.parametrize("number", [np.float64, np.float32], ids=["float64", "float32"])
def test_listed_numbers_give_all_results_and_others_their_ends(operation: Any, number: Any) -> None:
    """Four numbers on either side, of every sign."""
    draw = np.random.default_rng(1)
    for pair in draw.normal(size=(50, 2)):
        a, b = (around(number(x)) for x in pair)
        results = sorted({operation(x, y) for x, y in product(a, b)})
        assert operation(FloatRange(a), FloatRange(b)).numbers == tuple(results)
        ends = operation(*(FloatRange((numbers[0], numbers[-1]), is_listed=False) for numbers in (a, b)))
        assert (ends.low, ends.high) == (results[0], results[-1])


def test_too_many_numbers_are_known_by_their_ends() -> None:
    """Sixteen by sixteen sums."""
    many = FloatRange(tuple(np.float64(x) for x in np.random.default_rng(3).normal(size=16)))
    found = many + many
    assert not found.is_listed
    assert found.numbers == (2 * min(many.numbers), 2 * max(many.numbers))


def test_a_square_is_one_of_two_neighbours() -> None:
    """The exact square lies between them; where it is a number itself, they are one; too large a one is not finite."""
    for x in np.random.default_rng(2).normal(size=100):
        low, high = neighbours(x)
        assert Fraction(low) < Fraction(x) ** 2 < Fraction(high)
        assert np.nextafter(low, 9) == high
        assert low <= math.pow(x, 2) <= high
    assert neighbours(np.float64(0.5)) == (0.25, 0.25)
    assert neighbours(np.float64(1e200)) == (np.finfo(float).max, np.inf)


def test_a_square_of_a_range() -> None:
    """Of listed numbers all squares; around 0 it begins with 0; of what is not finite it is the product."""
    half, quarter = np.float64(-0.5), np.float64(0.25)
    assert FloatRange((half, quarter)).squared() == FloatRange((0.0625, 0.25))
    assert FloatRange((half, quarter), is_listed=False).squared() == FloatRange((0.0, 0.25), is_listed=False)
    assert FloatRange((np.float64(np.inf),)).squared() == FloatRange((np.inf,))


def test_numbers_beside_a_range_are_of_its_type() -> None:
    """An integer or a float of Python on either side."""
    ends = FloatRange((np.float32(1), np.float32(2)))
    assert [found.numbers for found in (2 * ends, 2 - ends, 1 + ends, 1 / ends)] == [(2, 4), (0, 1), (2, 3), (0.5, 1)]
    assert (ends * 0.1).low == np.float32(0.1)
    assert (-ends).numbers == (-2, -1)


def test_what_may_be_anything_is_unbounded() -> None:
    """A division by what may be 0, and what is nan for some numbers only; what is nan for certain is one number."""
    around_zero = FloatRange((np.float64(-1), np.float64(1)), is_listed=False)
    everything = FloatRange((-np.inf, np.inf), is_listed=False)
    assert 1 / around_zero == everything
    infinite = FloatRange((np.float64(np.inf),))
    assert infinite * FloatRange((np.float64(0), np.float64(1))) == everything
    assert (infinite - infinite).is_one_number
    assert not everything.is_one_number

"""Number types: each reads decimal strings with its own rounding, or none."""

from fractions import Fraction

import flint
import numpy as np
import pytest

from worked_examples.number_types import INFINITIES, NUMBER_TYPES, numbers

TEXTS = [["0.1", "-1e-7"], ["2", ".5"]]


@pytest.mark.parametrize("name", ["float64", "float32", "float16"])
def test_floating_point_rounds_once(name: str) -> None:
    """Each entry is the nearest number of the type."""
    rounded = numbers(TEXTS, name)
    assert rounded.dtype == np.dtype(name)
    assert np.array_equal(rounded, np.array([[0.1, -1e-7], [2, 0.5]], dtype=name))


def test_rationals_are_exact() -> None:
    """Each entry is the fraction of its digits."""
    assert numbers(TEXTS, "rational").tolist() == [[Fraction(1, 10), Fraction(-1, 10**7)], [Fraction(2), Fraction(1, 2)]]


def test_balls_enclose_the_exact_number() -> None:
    """A decimal that is not a binary number gets a radius."""
    balls = numbers(TEXTS, "ball")
    with flint.ctx.workprec(200):
        assert balls[0, 0].contains(flint.arb("0.1"))
    assert (balls[0, 0].rad() > 0, balls[1, 1].rad() == 0) == (True, True)


@pytest.mark.parametrize("name", sorted(set(NUMBER_TYPES) - {"rational"}))
def test_infinities_are_read(name: str) -> None:
    """Rationals have none."""
    assert numbers(list(INFINITIES), name).astype(float).tolist() == [-np.inf, np.inf, np.inf]
    with pytest.raises(ValueError, match="Invalid literal for Fraction"):
        numbers("-inf", "rational")


@pytest.mark.parametrize("name", NUMBER_TYPES)
def test_a_single_number_has_no_axes(name: str) -> None:
    """A string gives an array of shape ()."""
    assert numbers("0.5", name).shape == ()


def test_random_numbers_are_taken_as_they_are() -> None:
    """An array of float64 is its exact binary values."""
    assert numbers(np.array([0.1]), "rational").tolist() == [Fraction(0.1)]

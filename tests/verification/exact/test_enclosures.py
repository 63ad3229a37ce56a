"""Exact numbers of any type as balls and as certified values."""

from decimal import Decimal
from fractions import Fraction

import flint
import pytest

from verification.certification.certified_value import CertifiedValue
from verification.exact.enclosures import as_ball, as_balls, as_certified
from worked_examples.exact_numbers import Exact


def test_exact_numbers_become_balls() -> None:
    """A fraction, a float, a ball and an exact number are the same ball."""
    assert as_ball(Fraction(1, 4)) == as_ball(0.25) == as_ball(flint.arb("0.25")) == as_ball(Exact.read("0.25"))
    assert as_balls([Fraction(1, 2), 0.5]).tolist() == [flint.arb(0.5), flint.arb(0.5)]


@pytest.mark.parametrize("number", [Fraction(1, 4), 0.25, Exact.read("0.25")])
def test_a_short_decimal_has_no_error(number: Fraction | float | Exact) -> None:
    """It is the value itself."""
    assert as_certified(number) == CertifiedValue(Decimal("0.25"), Decimal(0))


@pytest.mark.parametrize("number", [Fraction(1, 3), Exact.read(Fraction(1, 3))])
def test_a_third_has_the_error_of_its_digits(number: Fraction | Exact) -> None:
    """Its sixty digits are off by less than the radius."""
    value = as_certified(number)
    assert 0 < abs(Fraction(value.decimal) - Fraction(1, 3)) <= Fraction(value.radius) < Fraction(1, 10**59)


def test_a_ball_keeps_its_radius() -> None:
    """A little wider, never narrower."""
    ball = as_certified(flint.arb(1, 0.25))
    assert ball.decimal == 1
    assert Decimal("0.25") <= ball.radius <= Decimal("0.6")
    assert as_certified(flint.arb("nan")).radius.is_infinite()

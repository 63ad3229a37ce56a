"""Exact numbers of any type as balls."""

from fractions import Fraction

import flint

from verification.exact.enclosures import as_ball, as_balls
from worked_examples.exact_numbers import Exact


def test_exact_numbers_become_balls() -> None:
    """A fraction, a float, a ball and an exact number are the same ball."""
    assert as_ball(Fraction(1, 4)) == as_ball(0.25) == as_ball(flint.arb("0.25")) == as_ball(Exact.read("0.25"))
    assert as_balls([Fraction(1, 2), 0.5]).tolist() == [flint.arb(0.5), flint.arb(0.5)]

"""Exact numbers of any type as balls, and as certified values."""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from adapters import Array
from verification.certification.certified_value import CertifiedValue, of_ball
from worked_examples.exact_numbers import Exact

RATIONAL_DIGITS = 60  # of a fraction; one that is no decimal is off by less than a unit in the last


def as_ball(number: Any) -> flint.arb:
    """An exact number of any type as a ball, at the precision that is set."""
    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / flint.arb(number.denominator)
    if isinstance(number, Exact):
        return number.ball()
    return number if isinstance(number, flint.arb) else flint.arb(float(number))


def as_balls(array: Any) -> Array:
    """Exact numbers of any type as an array of balls, at the precision that is set."""
    return np.asarray(np.frompyfunc(as_ball, 1, 1)(array), dtype=object)


def as_certified(exact: Any, of: str = "certified") -> CertifiedValue:
    """An exact number as a certified value: a float or a fraction without error, a ball with its radius."""
    if isinstance(exact, float):
        return CertifiedValue(Decimal(exact), Decimal(0), of=of)
    if isinstance(exact, Exact):
        exact = exact.ball() if exact.rational is None else exact.rational
    if isinstance(exact, Fraction):
        with localcontext() as context:
            context.prec = RATIONAL_DIGITS
            decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
        radius = Decimal(0) if Fraction(decimal) == exact else abs(decimal).scaleb(1 - RATIONAL_DIGITS)
        return CertifiedValue(decimal, radius, of=of)
    return of_ball(as_ball(exact), of)

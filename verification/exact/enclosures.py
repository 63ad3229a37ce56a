"""Exact numbers of any type as balls."""

from fractions import Fraction
from typing import Any

import flint
import numpy as np

from adapters import Array
from worked_examples.exact_numbers import Exact


def as_ball(number: Any) -> flint.arb:
    """An exact number of any type as a ball, at the precision that is set."""
    if isinstance(number, Exact):
        return number.ball()
    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / flint.arb(number.denominator)
    return number if isinstance(number, flint.arb) else flint.arb(float(number))


def as_balls(array: Any) -> Array:
    """Exact numbers of any type as an array of balls, at the precision that is set."""
    return np.asarray(np.frompyfunc(as_ball, 1, 1)(array), dtype=object)

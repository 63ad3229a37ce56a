"""The functions of recipes that draw nothing: constants and rearrangements of arrays, and the square root.

Only what IEEE 754 rounds correctly is here: an exponential may end in another digit on another machine.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from worked_examples.limits import GENERATED
from worked_examples.recipes.arguments import Array, Value, array, whole
from worked_examples.recipes.arguments import shape as extents


def filled_with(number: float, dtype: str) -> Callable[[Value], Array]:
    """An array of this shape with the same number everywhere."""

    def filled(shape: Value) -> Array:
        return np.full(extents(shape) or (), number, dtype)

    return filled


def sqrt(x: Value) -> Value:
    """The square root of a number or of every entry."""
    return math.sqrt(x) if isinstance(x, float) else np.sqrt(array(x))


def counted(*limits: Value) -> Array:
    """``arange(stop)``, ``arange(start, stop)``, ``arange(start, stop, step)`` of whole numbers."""
    numbers = range(*(whole(limit, -GENERATED, GENERATED) for limit in limits))
    return array([float(number) for number in numbers])


def reshape(x: Value, size: Value) -> Array:
    """The entries in another shape."""
    return array(x).reshape(extents(size) or ())


def functions(dtype: str) -> Mapping[str, Callable[..., Value]]:
    """All of them, by name; new arrays have a type."""
    return {
        "zeros": filled_with(0.0, dtype),
        "ones": filled_with(1.0, dtype),
        "sqrt": sqrt,
        "arange": counted,
        "range": lambda *limits: counted(*limits).tolist(),
        "array": lambda x: np.array(array(x)),
        "reshape": reshape,
        "transpose": lambda x: array(x).T,
    }

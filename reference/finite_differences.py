"""Numerical differentiation by central differences (dl-python, IV.3)."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from reference.comparisons import Array

Function = Callable[[Array], Any]


def probes(x: Array, h: Any) -> Iterator[tuple[tuple[int, ...], Array, Array]]:
    """For every coordinate of ``x``: its index, and ``x`` with ``h`` added to and subtracted from it."""
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index], below[index] = x[index] + h, x[index] - h
        yield index, above, below


def numerical_gradient(f: Function, x: Array, h: Any) -> Array:
    """``(f(x + h) - f(x - h)) / (2 h)`` in every coordinate, same shape as ``x``."""
    gradient = np.array(x * 0)
    for index, above, below in probes(x, h):
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient

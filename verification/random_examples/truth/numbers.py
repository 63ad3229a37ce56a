"""Numbers of the oracle: mpmath at 200 digits, in NumPy arrays of objects, and how nearly equal ones compare."""

from collections.abc import Callable
from typing import Any, TypeAlias

import mpmath
import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]

DIGITS = 200
ZERO = mpmath.mpf(10) ** -100
"""What is nearer to 0 is 0: decimals such as 0.1 + 0.2 - 0.3 miss it by 1e-200, differences of them by 1e-120."""


def number(text: str) -> Any:
    """A decimal string as a number, at the precision that is set."""
    return mpmath.mpf(text)


def array(values: Any) -> Array:
    """Numbers, or nested lists of numbers, as an array of objects."""
    return np.asarray(values, dtype=object)


def numbers(texts: Any) -> Array:
    """A decimal string, or nested lists of them, as an array."""
    return entrywise(number, array(texts))


def entrywise(function: Callable[..., Any], *arrays: Any) -> Array:
    """A function of numbers on arrays, entry by entry, with NumPy's broadcasting; row by row, also where transposed."""
    return array(np.frompyfunc(function, len(arrays), 1)(*arrays, order="C"))


def sign(value: Any) -> int:
    """-1, 0 or 1; what is nearer to 0 than ``ZERO`` has the sign 0.

    Raises:
        ValueError: for a complex number, such as the logarithm of a negative one.

    """
    if isinstance(value, mpmath.mpc):
        raise ValueError(f"{value} has no sign")  # noqa: TRY004 -- whoever draws leaves it out, as a pole
    return 0 if abs(value) < ZERO else 1 if value > 0 else -1


def first_greatest(values: Any) -> int:
    """The position of the greatest of some numbers, the first of several equal ones."""
    greatest = 0
    for position, value in enumerate(values):
        if sign(value - values[greatest]) > 0:
            greatest = position
    return greatest


def size(values: Any) -> float:
    """The greatest absolute value of a number or in an array; 0 for an empty one."""
    return float(max((abs(value) for value in array(values).ravel()), default=0))

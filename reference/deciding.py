"""Comparisons that never guess: on numbers that carry an error bound, an open question is an error, not an answer."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class UndecidedError(ArithmeticError):
    """A comparison whose two sides cannot be told apart at the present precision (balls that overlap)."""


def less(left: Any, right: Any) -> bool:
    """Whether ``left < right``, for scalars of any number type.

    Raises:
        UndecidedError: where neither this nor its opposite is certain (also for nan).

    """
    if left < right:
        return True
    if left >= right:
        return False
    raise UndecidedError(f"whether {left} < {right} cannot be decided at this precision")


def at_most(left: Any, right: Any) -> bool:
    """Whether ``left <= right``, for scalars of any number type; raises as ``less`` does."""
    return not less(right, left)


def positive(x: Array) -> Array:
    """Entry by entry ``x > 0``, same shape as ``x``, as the books' ``(H>0)``; on objects (balls), only where it is certain.

    Raises:
        UndecidedError: where the sign of an entry is not certain.

    """
    if x.dtype != object:
        return x > 0
    if not np.all((x > 0) | (x <= 0)):
        raise UndecidedError("the sign of a sum cannot be decided at this precision")
    return np.asarray(x > 0, dtype=bool)

"""Comparisons that never guess: on numbers that carry an error bound, an open question is an error, not an answer."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class UndecidedError(ArithmeticError):
    """A comparison whose two sides cannot be told apart at the present precision (balls that overlap).

    ``node`` is the step of a calculation that compares; empty outside of one.
    """

    def __init__(self, message: str, node: str = "") -> None:
        super().__init__(message)
        self.node = node


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


def decided(yes: Any, no: Any, question: str) -> Array:
    """``yes``, entry by entry, where it or its opposite ``no`` is certain; floats (nan too) are taken as they compare.

    Raises:
        UndecidedError: where balls overlap, so that neither is certain.

    """
    yes, no = np.asarray(yes, dtype=bool), np.asarray(no, dtype=bool)
    if not np.all(yes | no):
        raise UndecidedError(f"{question} cannot be decided at this precision")
    return yes


def is_recorded(x: Array) -> bool:
    """Whether the entries only record what is computed with them: a comparison of such is a number itself, later 1 or 0."""
    return x.dtype == object and x.size > 0 and hasattr(x.flat[0], "recorded")


def positive(x: Array) -> Array:
    """Entry by entry ``x > 0``, same shape as ``x``, as the books' ``(H>0)``; on objects (balls), only where it is certain."""
    if is_recorded(x):
        return np.greater(x, 0, dtype=object)
    return x > 0 if x.dtype != object else decided(x > 0, x <= 0, "the sign of a number")


def reaches(a: Array, b: Array) -> Array:
    """Entry by entry ``a >= b``; on objects (balls), only where it is certain; a number certainly reaches itself."""
    if is_recorded(a):
        return np.greater_equal(a, b, dtype=object)
    if a.dtype != object:
        return a >= b
    is_itself = np.asarray(np.frompyfunc(lambda left, right: left is right, 2, 1)(a, b), dtype=bool)
    return decided(np.asarray(a >= b, dtype=bool) | is_itself, a < b, "which of two numbers is greater")


def exceeds(a: Array, b: Array) -> Array:
    """Entry by entry ``a > b``; on objects (balls), only where it is certain."""
    return a > b if a.dtype != object else ~reaches(b, a)


def equals(a: Array, b: Array) -> Array:
    """Entry by entry ``a == b``; on objects (balls), only where it or its opposite is certain."""
    return a == b if a.dtype != object else reaches(a, b) & reaches(b, a)


def holds(condition: Array) -> Array:
    """Entry by entry whether a condition, 1 or 0, is not 0; on objects (balls), only where it is certain."""
    if condition.dtype != object:
        return condition != 0
    return decided(condition != 0, condition == 0, "whether a condition is 0")


def argmax(x: Array, axis: int | None = None) -> Array:
    """The index of the greatest entry (along an axis), the first of several equal ones; on balls, only where it is certain."""
    index = np.asarray(np.argmax(x, axis=axis))
    if x.dtype == object:
        rows = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1)
        greatest = index.reshape(*rows.shape[:-1], 1)
        itself = np.arange(rows.shape[-1]) == greatest  # a ball does not certainly reach itself
        decided((np.take_along_axis(rows, greatest, axis=-1) >= rows).astype(bool), itself, "which entry is the greatest")
    return index


def maximum(x: Array) -> Any:
    """The greatest of all entries; on balls, only where it is certain which it is."""
    return x.ravel()[argmax(x)]


def not_negative(x: Array) -> Array:
    """``x``, which is nowhere negative: enclosures lose the part below 0, to which only their width reaches."""
    return x if x.dtype != object else np.asarray(np.frompyfunc(nonnegative_part, 1, 1)(x), dtype=object)


def nonnegative_part(number: Any) -> Any:
    """The part of an enclosure that is not negative; other numbers as they are."""
    return number.nonnegative_part() if hasattr(number, "nonnegative_part") else number

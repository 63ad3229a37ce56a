"""What an entry in a table of named functions is: value, backward rule, and what a step must and may give."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array

Parameters = Mapping[str, Any]
Gradients = tuple[Array | None, ...]
ANY_NUMBER = 1_000


class Function(NamedTuple):
    """A function and its backward rule.

    ``value(parameters, *arrays)`` gives an array. ``backward(parameters, arrays, y, dy)`` maps the upstream gradient ``dy`` to the
    gradient with respect to each operand, in its shape; None for a setting, which has none. Where a function jumps, its gradient is
    0 on both sides and, by convention, at the jump. ``operands`` are the least and the greatest number of operands, ``required``
    and ``optional`` the names of parameters: whole numbers, extents or slices.
    """

    value: Callable[..., Any]
    backward: Callable[[Parameters, Sequence[Array], Array, Array], Gradients]
    operands: tuple[int, int] = (1, 1)
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def summed_to(dy: Any, like: Array) -> Array:
    """The gradient of an operand that was broadcast: summed over the axes that broadcasting added or stretched."""
    dy = np.asarray(dy)
    while dy.ndim > np.ndim(like):
        dy = np.asarray(dy.sum(axis=0))
    for axis, size in enumerate(np.shape(like)):
        if size == 1 != dy.shape[axis]:
            dy = dy.sum(axis=axis, keepdims=True)
    return dy


def zeros_like(array: Array) -> Array:
    """Zeros in the shape and number type of ``array``, also where that holds inf or nan."""
    if array.dtype != object:
        return np.zeros_like(array)
    return np.asarray(np.frompyfunc(lambda entry: type(entry)(0), 1, 1)(array), dtype=object)


def elementwise(value: Callable[..., Any], *derivatives: Callable[..., Any]) -> Function:
    """A function entry by entry: ``derivatives[i](y, *arrays)`` is its partial derivative by operand ``i``."""

    def backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
        return tuple(summed_to(dy * of(y, *arrays), array) for of, array in zip(derivatives, arrays, strict=True))

    return Function(lambda _, *arrays: value(*arrays), backward, (len(derivatives), len(derivatives)))


def without_slope(value: Callable[..., Any], **description: Any) -> Function:
    """A function that is constant between its jumps: every gradient is 0."""
    return Function(value, lambda _, arrays, y, dy: tuple(zeros_like(array) for array in arrays), **description)

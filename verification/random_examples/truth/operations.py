"""The named functions of calculations: ``function(branches, parameters, *arrays)`` gives an array."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, array, entrywise, first_greatest, sign

Parameters: TypeAlias = Mapping[str, Any]
Function: TypeAlias = Callable[..., Array]


def plain(function: Callable[..., Any]) -> Function:
    """A function of numbers, entry by entry."""
    return lambda branches, p, *arrays: entrywise(function, *arrays)


def chosen(function: Callable[..., Any], decide: Callable[..., Any]) -> Function:
    """A function of a decision and of numbers, entry by entry."""

    def value(branches: Branches, p: Parameters, *arrays: Array) -> Array:
        def one(*numbers: Any) -> Any:
            return function(branches(lambda: decide(*numbers)), *numbers)

        return entrywise(one, *arrays)

    return value


def total(values: Any) -> Any:
    """The sum of all entries."""
    return mpmath.fsum(array(values).ravel().tolist())


def sigmoid(x: Any) -> Any:
    """``1 / (1 + e^-x)``."""
    return 1 / (1 + mpmath.exp(-x))


def softmax(x: Array) -> Array:
    """``e^x_k / sum_j e^x_j`` over the last axis."""
    powers = entrywise(mpmath.exp, x)
    return array([total(row) for row in powers.reshape(-1, x.shape[-1])]).reshape((*x.shape[:-1], 1)) ** -1 * powers


def dot(a: Array, b: Array) -> Array:
    """The product of two matrices or vectors: sums over the last axis of ``a`` and the first of ``b``, which are equally long.

    Raises:
        ValueError: where they are not: mpmath's sums would leave the rest out.

    """
    if a.shape[-1] != b.shape[0]:
        raise ValueError(f"{a.shape} times {b.shape}")
    rows, columns = a.reshape(-1, a.shape[-1]), b.reshape(b.shape[0], -1)
    sums = [[mpmath.fdot(row, column) for column in columns.T] for row in rows]
    return array(sums).reshape((*a.shape[:-1], *b.shape[1:]))


def cross_entropy(y: Array, t: Array, delta: Array) -> Array:
    """``-sum t ln(y + delta)``."""
    return array(-total(t * entrywise(mpmath.log, y + delta)))


def arange(start: Array, stop: Array, step: Array) -> Array:
    """``start + i step``, as long as it is below ``stop``."""
    values, (first, last, width) = list[Any](), (number[()] for number in (start, stop, step))
    while sign(last - (first + len(values) * width)) > 0:
        values.append(first + len(values) * width)
    return array(values)


def assign(p: Parameters, x: Array, entries: Array) -> Array:
    """A copy of ``x`` with ``x[index]`` replaced."""
    copy = x.copy()
    copy[p["index"]] = entries if entries.ndim else entries[()]
    return copy


def argmax(branches: Branches, p: Parameters, x: Array) -> Array:
    """The place of the greatest entry, along an axis or of all; a constant between the places where it jumps."""
    if p.get("axis") is None:
        return array(mpmath.mpf(branches(lambda: first_greatest(x.ravel()))))
    return entrywise(mpmath.mpf, branches(lambda: np.apply_along_axis(first_greatest, p["axis"], x)))


def along(function: Callable[[Branches, Array], Any]) -> Function:
    """A function of all entries, or of every line along an axis, which may be kept."""

    def value(branches: Branches, p: Parameters, x: Array) -> Array:
        axis = p.get("axis")
        lines = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis])
        shape = [1 if axis is None or place == axis % x.ndim else extent for place, extent in enumerate(x.shape)]
        kept = array([function(branches, line) for line in lines]).reshape(shape)
        if p.get("keepdims"):
            return kept
        return kept.reshape(()) if axis is None else np.squeeze(kept, axis)

    return value


def greatest(branches: Branches, line: Array) -> Any:
    """The greatest entry of a line."""
    return line[branches(lambda: first_greatest(line))]


def linspace(p: Parameters, start: Array, stop: Array) -> Array:
    """Numbers at equal distances, entry by entry."""
    count = p["num"]
    first, last = start[()], stop[()]
    return array([first + (last - first) * i / (count - 1) for i in range(count)] if count > 1 else [first])


def split(p: Parameters, x: Array) -> Array:
    """One of the equal parts along an axis, by its places."""
    axis = p.get("axis", 0)
    width = x.shape[axis] // p["sections"]
    return np.take(x, range(p["part"] * width, (p["part"] + 1) * width), axis=axis)


OPERATIONS: Mapping[str, Function] = {
    "add": plain(lambda a, b: a + b),
    "subtract": plain(lambda a, b: a - b),
    "multiply": plain(lambda a, b: a * b),
    "divide": plain(lambda a, b: a / b),
    "power": plain(mpmath.power),
    "negative": plain(lambda x: -x),
    "exp": plain(mpmath.exp),
    "log": plain(mpmath.log),
    "sin": plain(mpmath.sin),
    "cos": plain(mpmath.cos),
    "identity": plain(lambda x: x),
    "sigmoid": plain(sigmoid),
    "tanh": plain(mpmath.tanh),
    "relu": chosen(lambda above, x: x if above else x * 0, lambda x: sign(x) > 0),
    "step": chosen(lambda above, x: mpmath.mpf(above), lambda x: int(sign(x) > 0)),
    "step at zero": chosen(lambda above, x: mpmath.mpf(above), lambda x: int(sign(x) >= 0)),
    "equal": chosen(lambda same, a, b: mpmath.mpf(same), lambda a, b: int(sign(a - b) == 0)),
    "greater or equal": chosen(lambda above, a, b: mpmath.mpf(above), lambda a, b: int(sign(a - b) >= 0)),
    "maximum": chosen(lambda first, a, b: a if first else b, lambda a, b: sign(a - b) >= 0),
    "minimum": chosen(lambda first, a, b: a if first else b, lambda a, b: sign(b - a) >= 0),
    "max": along(greatest),
    "min": along(lambda branches, line: -greatest(branches, -line)),
    "sum": along(lambda _, line: total(line)),
    "mean": along(lambda _, line: total(line) / len(line)),
    "sqrt": plain(mpmath.sqrt),
    "abs": chosen(lambda direction, x: direction * x, sign),
    "greater": chosen(lambda above, a, b: mpmath.mpf(above), lambda a, b: int(sign(a - b) > 0)),
    "where": chosen(lambda holds, _, a, b: a if holds else b, lambda condition, a, b: sign(condition) != 0),
    "linspace": lambda branches, p, start, stop: linspace(p, start, stop),
    "split": lambda branches, p, x: split(p, x),
    "softmax": lambda branches, p, x: softmax(x),
    "naive softmax": lambda branches, p, x: entrywise(mpmath.exp, x) / total(entrywise(mpmath.exp, x)),
    "dot": lambda branches, p, a, b: dot(a, b),
    "half squared error": lambda branches, p, y, t: array(total((y - t) ** 2) / 2),
    "cross entropy": lambda branches, p, y, t, delta: cross_entropy(y, t, delta),
    "transpose": lambda branches, p, x: np.transpose(x),
    "reshape": lambda branches, p, x: np.reshape(x, p["shape"]),
    "flatten": lambda branches, p, x: np.reshape(x, -1),
    "stack": lambda branches, p, *arrays: np.stack(arrays, axis=p.get("axis", 0)),
    "index": lambda branches, p, x: array(x[p["index"]]),
    "assign": lambda branches, p, x, entries: assign(p, x, entries),
    "arange": lambda branches, p, *arrays: arange(*arrays),
    "pick": lambda branches, p, x, t: array([row[int(label)] for row, label in zip(x, t, strict=True)]),
    "argmax": argmax,
}

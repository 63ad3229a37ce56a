"""Named functions that compare and select entries, and ranges, each beside its backward rule.

Of equal entries the first is selected, of equal operands the first: it alone gets the upstream gradient.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reference.comparisons import Array, argmax, at_most, equals, exceeds, holds, positive, reaches
from reference.functions import Function, Gradients, Parameters, elementwise, summed_to, without_slope, zeros_like

MOST_ENTRIES = 100_000  # of a range


def as_numbers(condition: Any, like: Array) -> Array:
    """A condition, or whole numbers, in the number type of ``like``."""
    condition = np.asarray(condition)
    if like.dtype != object:
        return condition.astype(like.dtype)
    kind = type(like.flat[0]) if like.size else int
    return np.asarray(np.frompyfunc(lambda entry: kind(int(entry)), 1, 1)(condition), dtype=object)


def count(ratio: Any) -> int:
    """The number of entries of a range that ``ratio`` steps lead across: the least whole number that is not below it.

    Raises:
        ValueError: for no finite number of steps, or more than ``MOST_ENTRIES``.
        UndecidedError: where the ratio is not certainly on one side of a whole number.

    """
    if not -MOST_ENTRIES < float(ratio) < MOST_ENTRIES:
        raise ValueError(f"{float(ratio):g} steps lead from start to stop; accepted: at most {MOST_ENTRIES:,}")
    nearest = round(float(ratio))
    return max(nearest if at_most(ratio, nearest) else nearest + 1, 0)


def arange(_: Parameters, start: Array, stop: Array, step: Array) -> Any:
    """``start, start + step, ...`` below ``stop``, each as ``start + i step``."""
    start, stop, step = (array.reshape(()) for array in (start, stop, step))
    if not step[()] != 0:
        raise ValueError("the step of a range must not be 0")
    number = count(np.asarray((stop - start) / step)[()])
    return np.asarray(start + step * np.arange(number).astype(start.dtype), dtype=start.dtype)


def arange_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """``dstart = sum dy_i``, ``dstep = sum i dy_i``; the stop only decides how many entries there are."""
    start, stop, step = arrays
    places = np.arange(len(dy)).astype(dy.dtype)
    by_start, by_step = zeros_like(start) + np.sum(dy), zeros_like(step) + np.sum(places * dy)
    return by_start, zeros_like(stop), by_step


def linspace(p: Parameters, start: Array, stop: Array) -> Any:
    """``num`` numbers from ``start`` to ``stop``, both among them, at equal distances."""
    start, stop = start.reshape(()), stop.reshape(())
    return np.asarray(start + (stop - start) * shares(p["num"], start), dtype=start.dtype)


def shares(number: int, like: Array) -> Array:
    """The fractions ``i / (number - 1)`` in a number type; 0 alone for one number."""
    return as_numbers(np.arange(number), like) / max(number - 1, 1)


def linspace_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """``dstart = sum (1 - i/(num-1)) dy_i``, ``dstop = sum i/(num-1) dy_i``."""
    start, stop = arrays
    share = shares(p["num"], dy)
    return zeros_like(start) + np.sum((1 - share) * dy), zeros_like(stop) + np.sum(share * dy)


def greatest_at(p: Parameters, x: Array) -> tuple[Array, Array, int]:
    """The array whose axis is searched, the index of its greatest entries with that axis kept, and the axis."""
    rows, axis = (x.reshape(-1), 0) if p.get("axis") is None else (x, p["axis"])
    return rows, np.expand_dims(argmax(rows, axis), axis), axis


def greatest(p: Parameters, x: Array) -> Array:
    """The greatest of all entries, or along an axis."""
    rows, index, axis = greatest_at(p, x)
    y = np.take_along_axis(rows, index, axis)
    if p.get("axis") is None:
        return y.reshape((1,) * x.ndim if p.get("keepdims") else ())
    return y if p.get("keepdims") else np.squeeze(y, axis)


def greatest_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient at the greatest entry, of several equal ones at the first."""
    rows, index, axis = greatest_at(p, arrays[0])
    dx = zeros_like(rows)
    np.put_along_axis(dx, index, np.asarray(dy).reshape(index.shape), axis)
    return (dx.reshape(arrays[0].shape),)


def where_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient goes to the operand that is selected; the condition jumps, so that its gradient is 0."""
    condition, a, b = arrays
    dy, zeros = np.asarray(dy), zeros_like(np.asarray(dy))
    by_first, by_second = np.where(holds(condition), dy, zeros), np.where(holds(condition), zeros, dy)
    return zeros_like(condition), summed_to(by_first, a), summed_to(by_second, b)


def labels(x: Array, t: Array) -> tuple[list[int], list[int]]:
    """Row numbers and label numbers, to index one entry of each row.

    Raises:
        ValueError: for labels that are not column numbers, one for each row.

    """
    if x.ndim != 2 or t.ndim != 1 or len(x) != len(t):
        raise ValueError("accepted: a matrix, and one label for each of its rows")
    columns = [int(float(label)) for label in t]
    if any(column != float(label) or not 0 <= column < x.shape[1] for column, label in zip(columns, t, strict=True)):
        raise ValueError(f"labels must be whole numbers from 0 to {x.shape[1] - 1}")
    return list(range(len(t))), columns


def pick_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient at the picked entries, 0 at all others; 0 for the labels."""
    x, t = arrays
    dx = zeros_like(x)
    dx[labels(x, t)] = dy
    return dx, zeros_like(t)


SELECTIONS: Mapping[str, Function] = {
    "step": without_slope(lambda _, x: as_numbers(positive(x), x)),
    "step at zero": without_slope(lambda _, x: as_numbers(reaches(x, zeros_like(x)), x)),
    "equal": without_slope(lambda _, a, b: as_numbers(equals(a, b), a), operands=(2, 2)),
    "greater or equal": without_slope(lambda _, a, b: as_numbers(reaches(a, b), a), operands=(2, 2)),
    "greater": without_slope(lambda _, a, b: as_numbers(exceeds(a, b), a), operands=(2, 2)),
    "where": Function(lambda _, condition, a, b: np.where(holds(condition), a, b), where_backward, (3, 3)),
    "argmax": without_slope(lambda p, x: as_numbers(argmax(x, p.get("axis")), x), optional=("axis",)),
    "maximum": elementwise(
        lambda a, b: np.where(reaches(a, b), a, b),
        lambda y, a, b: as_numbers(reaches(a, b), y),
        lambda y, a, b: as_numbers(~reaches(a, b), y),
    ),
    "minimum": elementwise(
        lambda a, b: np.where(reaches(b, a), a, b),
        lambda y, a, b: as_numbers(reaches(b, a), y),
        lambda y, a, b: as_numbers(~reaches(b, a), y),
    ),
    "max": Function(greatest, greatest_backward, optional=("axis", "keepdims")),
    "min": Function(
        lambda p, x: -greatest(p, np.asarray(-x)),
        lambda p, arrays, y, dy: greatest_backward(p, (np.asarray(-arrays[0]),), y, dy),
        optional=("axis", "keepdims"),
    ),
    "pick": Function(lambda _, x, t: x[labels(x, t)], pick_backward, (2, 2)),
    "arange": Function(arange, arange_backward, (3, 3)),
    "linspace": Function(linspace, linspace_backward, (2, 2), ("num",)),
}

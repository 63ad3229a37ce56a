"""Where a calculation overflows in a floating-point type although its exact values are finite: decided by the exact values.

An entry overflows where its exact value is beyond the largest number of the type, where its function overflows on the way although
its value does not (``OVERFLOWING``), or where an operand overflows and the function carries that on. Nothing is taken from an
engine's own result, so that no ``nan`` of an engine excuses itself.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from adapters import Array
from reference import graph
from reference.graph import Node
from verification.exact import arithmetic


def exponential_overflows(operands: Sequence[Array], dtype: str) -> bool:
    """Whether ``exp`` of some entry is beyond the largest number of the type."""
    return bool(np.max(operands[0]) > np.log(np.finfo(dtype).max))


def total_overflows(operands: Sequence[Array], dtype: str) -> bool:
    """Whether a sum of some of the entries may be beyond the largest number of the type."""
    return bool(np.sum(np.abs(operands[0].astype(float))) > np.finfo(dtype).max)


OVERFLOWING: Mapping[str, Callable[[Sequence[Array], str], bool]] = {
    "naive softmax": exponential_overflows,
    "mean": total_overflows,
}
"""Functions that overflow on the way to a finite value, and when; a book shows them for that."""

is_finite: Callable[[Any], Array] = np.frompyfunc(lambda ball: ball.is_finite(), 1, 1)


def rounded(exact: Array, dtype: str) -> Array:
    """Balls rounded to a floating-point type, infinite beyond its largest number."""
    with np.errstate(over="ignore"):
        return np.asarray(np.asarray(arithmetic.middle(exact), dtype=float).astype(dtype))


def overflowing_steps(nodes: Sequence[Node], exact: Mapping[str, Array], dtype: str) -> dict[str, Array]:
    """What every input and step is in ``dtype``: its exact value (balls) rounded, and inf or nan where it overflows."""
    expected = {name: rounded(balls, dtype) for name, balls in exact.items()}
    for node in nodes:
        operands = [expected[name] for name in node.operands]
        of_function = OVERFLOWING.get(node.function)
        carried = any(not np.all(np.isfinite(array.astype(float))) for array in operands)
        if carried or (of_function and of_function(operands, dtype)):
            computed = graph.forward([node], {name: expected[name] for name in node.operands})[node.name]
            expected[node.name] = np.where(np.isfinite(computed), expected[node.name], computed)
    return expected


def overflowed(values: Array, expected: Array, exact: Array) -> Array:
    """Where a value is not finite, as is expected of it, although the exact one is finite; nowhere for another shape."""
    if not values.shape == expected.shape == exact.shape:
        return np.zeros(values.shape, dtype=bool)
    values, expected = values.astype(float), expected.astype(float)
    same = (values == expected) | (np.isnan(values) & np.isnan(expected))
    return same & ~np.isfinite(values) & np.asarray(is_finite(exact), dtype=bool)

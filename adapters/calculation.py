"""A calculation on any engine: step by step through a table of the engine's own functions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.graph import GRADIENT, NUMERICAL_GRADIENT, Node
from worked_examples import CalculationExample
from worked_examples.number_types import Array


class UnsupportedError(Exception):
    """A function that an engine does not have, or not for these parameters; the message is the reason."""


class Calculation(NamedTuple):
    """Values and gradients by name, and the steps that the engine cannot compute, each with the reason."""

    values: dict[str, Array]
    gradients: dict[str, Array]
    unsupported: dict[str, str]


def untracked(value: Any) -> Any:
    """The value itself."""
    return value


class Arrays(NamedTuple):
    """An engine's functions on its own arrays, the gradient of one step by its own differentiation, and the way to NumPy and back.

    ``gradient(f, x)`` is that of the sum of the entries of ``f(x)``.
    """

    functions: Mapping[str, Callable[..., Any]]
    gradient: Callable[[Callable[[Any], Any], Any], Any]
    to_numpy: Callable[[Any], Array]
    from_numpy: Callable[[Array], Any]


def walk(
    example: CalculationExample, inputs: Mapping[str, Any], arrays: Arrays, track: Callable[[Any], Any] = untracked
) -> tuple[dict[str, Any], dict[str, str]]:
    """The engine's own arrays of all inputs and steps, and the unsupported steps with their reasons.

    ``track`` makes a value one that gradients are computed of, also where the function cuts them off (a step function).
    """
    values, unsupported = dict(inputs), dict[str, str]()
    for step in example.nodes:
        absent = [name for name in step.operands if name in unsupported]
        try:
            if absent:
                raise UnsupportedError(unsupported[absent[0]])
            values[step.name] = track(value_of(step, values, arrays))
        except UnsupportedError as reason:
            unsupported[step.name] = str(reason)
    return values, unsupported


def value_of(step: Node, values: Mapping[str, Any], arrays: Arrays) -> Any:
    """The value of one step.

    A function may return its operand itself (flattening a vector); the step gets a copy, so that either has its own gradient.

    Raises:
        UnsupportedError: for a function that the engine does not have.

    """
    if step.function in (GRADIENT, NUMERICAL_GRADIENT):
        return derivative(step, values, arrays)
    if step.function not in arrays.functions:
        raise UnsupportedError(f"no function '{step.function}'")
    operands = [values[name] for name in step.operands]
    value = arrays.functions[step.function](step.parameters, *operands)
    return arrays.functions["identity"]({}, value) if any(value is array for array in operands) else value


def derivative(step: Node, values: Mapping[str, Any], arrays: Arrays) -> Any:
    """The gradient of a step, or its central differences, with everything else held fixed that it depends on."""
    nodes, final, by = (step.parameters[key] for key in ("nodes", "final", "by"))

    def f(point: Any) -> Any:
        return after(nodes, {**values, by: point}, arrays)[final]

    if step.function == GRADIENT:
        return arrays.gradient(f, values[by])
    return differences(f, values[by], values[step.parameters["step"]], arrays)


def differences(f: Callable[[Any], Any], x: Any, h: Any, arrays: Arrays) -> Any:
    """``(f(x + h) - f(x - h)) / (2 h)`` by the engine's own ``f``, entry by entry."""
    points, step = arrays.to_numpy(x), arrays.to_numpy(h)
    quotients = np.zeros_like(points)
    for index in np.ndindex(points.shape):
        above, below = points.copy(), points.copy()
        above[index], below[index] = points[index] + step, points[index] - step
        ends = [arrays.to_numpy(f(arrays.from_numpy(point))) for point in (above, below)]
        quotients[index] = (ends[0] - ends[1]) / (2 * step)
    return arrays.from_numpy(quotients)


def after(nodes: Iterable[Node], values: Mapping[str, Any], arrays: Arrays) -> dict[str, Any]:
    """The values, and those of these nodes."""
    known = dict(values)
    for node in nodes:
        known[node.name] = value_of(node, known, arrays)
    return known

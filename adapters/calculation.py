"""A calculation on any engine: step by step through a table of the engine's own functions."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

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


def walk(
    example: CalculationExample,
    inputs: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
    track: Callable[[Any], Any] = untracked,
) -> tuple[dict[str, Any], dict[str, str]]:
    """The engine's own arrays of all inputs and steps, and the unsupported steps with their reasons.

    A function may return its operand itself (flattening a vector); the step gets a copy, so that either has its own gradient.
    ``track`` makes a value one that gradients are computed of, also where the function cuts them off (a step function).
    """
    values, unsupported = dict(inputs), dict[str, str]()
    for step in example.nodes:
        absent = [name for name in step.operands if name in unsupported]
        try:
            if absent:
                raise UnsupportedError(unsupported[absent[0]])
            if step.function not in functions:
                raise UnsupportedError(f"no function '{step.function}'")
            operands = [values[name] for name in step.operands]
            value = functions[step.function](step.parameters, *operands)
            values[step.name] = track(functions["identity"]({}, value) if any(value is array for array in operands) else value)
        except UnsupportedError as reason:
            unsupported[step.name] = str(reason)
    return values, unsupported

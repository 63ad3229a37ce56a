"""One pass through a calculation, in float64, when it is loaded: what cannot be computed is refused, with step and reason."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reference.graph import Node, backward, value_of
from worked_examples.number_types import Array
from worked_examples.schema.calculations.infinities import infinity_fault, is_finite, overflows
from worked_examples.schema.calculations.step_sizes import size_fault

NEAR = 1e-9  # relative; far more than the rounding of a few operations in float64, far less than any step of a range
ERRORS = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, MemoryError)  # what NumPy raises for bad operands


def reason(error: Exception) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def shapes(node: Node, values: Mapping[str, Array]) -> str:
    """The operands of a step with their shapes."""
    return ", ".join(f"{name} {values[name].shape}" for name in node.operands)


def count_fault(node: Node, values: Mapping[str, Array]) -> str:
    """What is wrong with a range whose last entry hangs on rounding: float64 or float32 may have it or not; empty for any other."""
    if node.function != "arange":
        return ""
    operands = [values[name].reshape(-1)[:1] for name in node.operands]
    with np.errstate(all="ignore"):
        rough, count = (float(ratio(*(array.astype(dtype) for array in operands))) for dtype in ("float32", "float64"))
    is_near = count != round(count) and abs(count - round(count)) <= NEAR * max(abs(count), 1.0)
    if not is_near and math.ceil(rough) == math.ceil(count):
        return ""
    return f"whether 'arange' ends before {operands[1].item():g} hangs on rounding; write a stop between two entries"


def ratio(start: Array, stop: Array, step: Array) -> Any:
    """How many steps lead from start to stop; 0 where that is not a finite number."""
    return np.nan_to_num((stop - start) / step, posinf=0.0, neginf=0.0)[0]


class UndefinedError(ValueError):
    """A step that is not a number for these finite operands, and may be one for others."""


def values_of(nodes: Sequence[Node], inputs: Mapping[str, Array], place: Callable[[str], str]) -> dict[str, Array]:
    """The values of all inputs and steps; ``place`` says where a step is written.

    Raises:
        ValueError: for the first step that cannot be computed; an UndefinedError where its finite operands do not make a number.

    """
    values, overflown = dict(inputs), set[str]()
    for node in nodes:
        where = place(node.name)
        if fault := size_fault(node, values) or count_fault(node, values):
            raise ValueError(f"{where}: {fault}")
        try:
            values[node.name] = value_of(node, values)
        except ERRORS as error:
            of_operands = f"'{node.function}' of {shapes(node, values)}"
            raise ValueError(f"{where} cannot be computed as {of_operands}: {reason(error)}") from None
        if overflows(node, values, overflown):
            overflown.add(node.name)
        elif fault := infinity_fault(node, values):
            are_finite = all(is_finite(values[name]) for name in node.operands)
            raise (UndefinedError if are_finite else ValueError)(f"{where}: {fault}")
        if not values[node.name].size:
            raise ValueError(f"{where} has no entries: shape {values[node.name].shape}; write operands that make some")
    return values


def gradients_of(nodes: Sequence[Node], values: Mapping[str, Array], final: str, upstream: str) -> dict[str, Array]:
    """The gradients of the step ``final`` with respect to all inputs and steps that have one; ``upstream`` names its own.

    Raises:
        ValueError: where the upstream gradient, or a gradient, does not have the shape of its value.

    """
    seed = values.get(upstream, np.ones_like(values[final]))
    if seed.shape != values[final].shape:
        raise ValueError(f"inputs.{upstream}: shape {seed.shape}, but '{final}' has shape {values[final].shape}")
    try:
        gradients = backward(nodes, values, final, seed)
    except ERRORS as error:
        raise ValueError(f"gradients_of: '{final}' cannot be differentiated: {reason(error)}") from None
    for name, gradient in gradients.items():
        if gradient.shape != values[name].shape:
            raise ValueError(
                f"gradients_of: the gradient of '{final}' with respect to '{name}' has shape {gradient.shape}, "
                f"the value {values[name].shape}; write '{name}' in the shape that its layer takes"
            )
    return gradients

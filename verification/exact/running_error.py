"""A running error analysis of a calculation: balls at the precision of a floating-point type, comparisons decided exactly.

Where two numbers are so near that rounding may turn a comparison, its outcome is the exact one, and what follows from it is *open*:
an engine that took the other side is right too.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import flint
import numpy as np

from adapters import Array
from adapters.calculation import Calculation
from reference.comparisons import UndecidedError
from reference.functions import Gradients
from reference.graph import Node, backward, forward, operand_gradients, value_of
from verification.exact import arithmetic
from verification.exact.enclosures import as_balls
from worked_examples import CalculationExample, numbers


class RunningError(NamedTuple):
    """Balls by name, whose radii bound the rounding errors of values and gradients, and the names of open ones."""

    values: dict[str, Array]
    gradients: dict[str, Array]
    open_values: frozenset[str]
    open_gradients: frozenset[str]


def dependents(nodes: Sequence[Node], names: set[str]) -> frozenset[str]:
    """These nodes and all that depend on them."""
    reached = set(names)
    for node in nodes:
        if reached.intersection(node.operands):
            reached.add(node.name)
    return frozenset(reached)


def near(exact: Array, operands: Sequence[Array]) -> Array:
    """An exact value as wide as its widest operand: what compares and selects entries does not amplify errors."""
    widest = max(float(np.max(arithmetic.radius(operand), initial=0)) for operand in operands)
    return np.asarray(as_balls(exact) + flint.arb(0, widest), dtype=object)


def running_error(example: CalculationExample, exact: Calculation, bits: int) -> RunningError:
    """The calculation in balls of a precision; ``exact`` decides the comparisons that are open there."""
    opened = set[str]()

    def value(node: Node, values: Mapping[str, Array]) -> Array:
        try:
            return value_of(node, values)
        except UndecidedError:
            opened.add(node.name)
            return near(exact.values[node.name], [values[name] for name in node.operands])

    def rule(node: Node, values: Mapping[str, Array], upstream: Array) -> Gradients:
        try:
            return operand_gradients(node, values, upstream)
        except UndecidedError:
            opened.add(node.name)
            return tuple(None if term is None else as_balls(term) for term in operand_gradients(node, exact.values, upstream))

    with flint.ctx.workprec(bits):
        inputs = {name: np.asarray(numbers(texts, "ball")) for name, texts in example.inputs.items()}
        values = forward(example.nodes, inputs, value=value)
        open_values = dependents(example.nodes, opened)
        gradients = dict[str, Array]()
        if final := example.gradients_of:
            upstream = values.get(f"d_{final}", np.asarray(values[final] * 0 + 1, dtype=object))
            gradients = backward(example.nodes, values, final, upstream, rule=rule)
    return RunningError(values, gradients, open_values, frozenset(gradients if opened else ()))

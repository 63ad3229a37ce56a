"""A running error analysis of a calculation: balls at the precision of a floating-point type, comparisons decided exactly.

Where two numbers are so near that rounding may turn a comparison, its outcome is the exact one, and what follows from it is *open*:
an engine that took the other side is right too.

A sum of n terms, taken in any order, is the exact sum of terms that are each wrong by n units of the type at most. A unit of the
balls, ``SAFETY_FACTOR`` times wider in the end, stands for that many units of the type: a function that adds more terms is computed
with bits fewer, and the terms of a plain sum are themselves made as wide, because those that are exact may be rounded in another
order.
"""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import flint
import numpy as np

from adapters import Array
from adapters.calculation import Calculation
from reference.comparisons import UndecidedError
from reference.functions import Gradients
from reference.graph import (
    DERIVATIVES,
    GRADIENT,
    NUMERICAL_GRADIENT,
    Node,
    Rule,
    backward,
    derivative,
    forward,
    ones_like,
    operand_gradients,
    value_of,
)
from verification.exact import arithmetic
from verification.exact.enclosures import as_balls
from worked_examples import CalculationExample, numbers

PLAIN_SUMS = frozenset(
    ("dot", "sum", "mean", "sum of products", "convolution", "average pooling", "average pooling, padding counted")
)
WITHOUT_SUMS = frozenset(
    (
        *("add", "subtract", "multiply", "divide", "power", "negative", "exp", "log", "sin", "cos", "identity", "relu", "sigmoid"),
        *(
            "tanh",
            "step",
            "step at zero",
            "greater or equal",
            "equal",
            "argmax",
            "maximum",
            "minimum",
            "max",
            "pick",
            "arange",
            "transpose",
        ),
        *("sqrt", "abs", "greater", "where", "min", "linspace", "split"),
        *("reshape", "flatten", "stack", "index", "assign", "flip", "crop", "concatenate", "rows", "max pooling", "dropout"),
    )
)
"""Functions whose values are no sums; any other may add as many terms as its largest operand has entries."""


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


def bits_lost(n_terms: int) -> int:
    """How many bits fewer make ``SAFETY_FACTOR`` units of a ball as wide as a sum of so many terms may be wrong."""
    return max(0, math.ceil(math.log2(max(n_terms, 1) / arithmetic.SAFETY_FACTOR)))


def n_terms(node: Node, values: Mapping[str, Array]) -> int:
    """How many terms a node may add."""
    operands = [values[name] for name in node.operands]
    if node.function == "dot":
        return max((length for operand in operands for length in np.shape(operand)), default=1)
    if node.function == "batch normalization":  # over the samples, rows and columns of a channel
        return int(np.size(operands[0]) // np.shape(operands[0])[1])
    return 1 if node.function in WITHOUT_SUMS else max(map(np.size, operands), default=1)


def n_terms_back(node: Node, values: Mapping[str, Array], upstream: Array) -> int:
    """How many terms a backward rule may add: as the value does, and the entries that an operand was broadcast to."""
    if node.function in ("sum", "mean", "sum of products"):  # every term has one gradient, which is summed where it was broadcast
        sizes = [np.size(values[name]) for name in node.operands]
        return int(max(sizes) // max(min(sizes), 1))
    broadcast = 1 if node.function == "dot" else np.size(upstream) // max(min(np.size(values[name]) for name in node.operands), 1)
    return max(n_terms(node, values), broadcast)


def widened(node: Node, values: Mapping[str, Array]) -> dict[str, Array]:
    """The operands of a node: in a plain sum each as wide as a unit of the precision that is set makes it."""
    operands = {name: np.asarray(values[name]) for name in node.operands}
    if node.function not in PLAIN_SUMS or n_terms(node, values) <= 2:
        return operands
    unit = flint.arb(1, 2.0**-flint.ctx.prec)
    return {name: np.asarray(array * unit, dtype=object) for name, array in operands.items()}


def enclosed(bits: int, rule: Rule, node: Node, values: Mapping[str, Array]) -> Array:
    """The value of a node in balls of a precision; ``rule`` computes the gradients inside of one that is a gradient itself.

    Differences are taken at other values, for which nothing decides a comparison that is open.

    Raises:
        UndecidedError: where a comparison is open.

    """
    if node.function == NUMERICAL_GRADIENT:
        strict = partial(enclosed_gradients, bits)
        return derivative(node, values, partial(enclosed, bits, strict), strict)
    if node.function == GRADIENT:
        return derivative(node, values, rule=rule)
    with flint.ctx.workprec(bits - bits_lost(n_terms(node, values))):
        return value_of(node, widened(node, values))


def enclosed_gradients(bits: int, node: Node, values: Mapping[str, Array], upstream: Array) -> Gradients:
    """The gradients of the operands of a node in balls of a precision.

    Raises:
        UndecidedError: where a comparison is open.

    """
    if node.function in DERIVATIVES:
        return operand_gradients(node, values, upstream)
    with flint.ctx.workprec(bits - bits_lost(n_terms_back(node, values, upstream))):
        return operand_gradients(node, {**values, **widened(node, values)}, upstream)


def rounded_value(bits: int, node: Node, values: Mapping[str, Array]) -> Array:
    """The value of one node in balls of a precision, as wide as rounding in any order may make it; raises as ``enclosed`` does."""
    return enclosed(bits, partial(enclosed_gradients, bits), node, values)


class Enclosed(NamedTuple):
    """The balls of inputs and nodes, and the nodes at which a comparison is open; ``rule`` is that of their gradients."""

    values: dict[str, Array]
    opened: set[str]
    rule: Rule


def enclosed_values(nodes: Sequence[Node], inputs: Mapping[str, Array], exact: Mapping[str, Array], bits: int) -> Enclosed:
    """Nodes in balls of a precision; ``exact`` decides the comparisons that are open there."""
    opened = set[str]()

    def value(node: Node, values: Mapping[str, Array]) -> Array:
        try:
            return enclosed(bits, rule, node, values)
        except UndecidedError:
            opened.add(node.name)
            return near(exact[node.name], [values[name] for name in node.operands])

    def rule(node: Node, values: Mapping[str, Array], upstream: Array) -> Gradients:
        try:
            return enclosed_gradients(bits, node, values, upstream)
        except UndecidedError:
            opened.add(node.name)
            return tuple(None if term is None else as_balls(term) for term in operand_gradients(node, exact, upstream))

    with flint.ctx.workprec(bits):
        return Enclosed(forward(nodes, inputs, value=value), opened, rule)


def running_error(example: CalculationExample, exact: Calculation, bits: int) -> RunningError:
    """The calculation in balls of a precision; ``exact`` decides the comparisons that are open there."""
    with flint.ctx.workprec(bits):
        inputs = {name: np.asarray(numbers(texts, "ball")) for name, texts in example.inputs.items()}
        values, opened, rule = enclosed_values(example.nodes, inputs, exact.values, bits)
        open_values = dependents(example.nodes, opened)
        gradients = dict[str, Array]()
        if final := example.final:
            upstream = values.get(example.upstream, ones_like(values[final]))
            gradients = backward(example.nodes, values, final, upstream, rule=rule)
    return RunningError(values, gradients, open_values, frozenset(gradients if opened else ()))

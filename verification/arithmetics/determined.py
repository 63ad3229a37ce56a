"""Numbers of a calculation of which a floating-point type leaves only open how programs square."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from adapters import Array
from reference.graph import NUMERICAL_GRADIENT, Node, derivative, forward, value_of
from verification.arithmetics.float_ranges import FloatRange
from verification.arithmetics.floating_point import UNKNOWN
from verification.certification.certified_value import ALL_DIGITS, CertifiedValue, certified_value
from worked_examples import CalculationExample, numbers
from worked_examples.schema.kinds.calculation import CalculationTarget

CORRECTLY_ROUNDED = frozenset(("add", "subtract", "multiply", "negative", "identity", "transpose", "reshape", "flatten", "stack"))
OF_VALUES = CORRECTLY_ROUNDED | {"divide"}  # its gradient may be written in more than one way


def is_determined(example: CalculationExample, target: CalculationTarget, values: Mapping[str, Array]) -> bool:
    """Whether a floating-point type leaves only open how a number squares: correctly rounded operations lead to it.

    A gradient must be no sum of more than two terms either. ``values`` are those of all steps, in any type.
    """
    nodes = example.nodes
    if not target.gradient:
        return all(is_correctly_rounded(step, values) for step in leading_to(target.name, nodes))
    uses = Counter(name for step in nodes for name in step.operands)
    return all(step.function in CORRECTLY_ROUNDED for step in nodes) and max(uses.values(), default=0) <= 2


def is_correctly_rounded(step: Node, values: Mapping[str, Array]) -> bool:
    """Whether programs may only differ by how they square: also of a sum of two numbers, and of differences of such functions."""
    if step.function == NUMERICAL_GRADIENT:
        return all(is_correctly_rounded(inner, values) for inner in step.parameters["nodes"])
    if step.function == "sum":
        return values[step.operands[0]].size <= 2
    if step.function == "power":
        return bool(np.all(values[step.operands[1]] == 2))
    return step.function in OF_VALUES


def possible(example: CalculationExample, target: CalculationTarget, dtype: str) -> Array:
    """What programs may get in a type for an array, which square by a product or by ``pow``: ranges."""

    def value(node: Node, values: Mapping[str, Array]) -> Array:
        if node.function == "power":
            return each(FloatRange.squared, values[node.operands[0]])
        return derivative(node, values, value) if node.function == NUMERICAL_GRADIENT else value_of(node, values)

    inputs = {name: each_number(numbers(texts, dtype)) for name, texts in example.inputs.items()}
    return forward([*reversed(leading_to(target.name, example.nodes))], inputs, value=value)[target.name]


def each_number(array: Array) -> Array:
    """An array of a floating-point type as ranges of one number each: NumPy's scalars, which ``frompyfunc`` turns to floats."""
    ranges = np.empty(array.size, dtype=object)
    ranges[:] = [FloatRange((number,)) for number in array.ravel()]
    return ranges.reshape(array.shape)


def each(function: Callable[[Any], Any], array: Array) -> Array:
    """A function of every entry of an array, as objects."""
    return np.asarray(np.frompyfunc(function, 1, 1)(array), dtype=object)


def leading_to(name: str, steps: Sequence[Node]) -> list[Node]:
    """The steps that a value depends on, its own among them."""
    needed, found = {name}, list[Node]()
    for step in reversed(steps):
        if step.name in needed:
            needed |= set(step.operands)
            found.append(step)
    return found


def one_of(known: FloatRange, dtype: str, program: float) -> CertifiedValue:
    """A range as a value, and what a program got that squares by products; unknown where an end is not finite."""
    low, high = float(known.low), float(known.high)
    if known.is_one_number:
        return certified_value(low, dtype)
    if not np.isfinite([low, high]).all():
        return UNKNOWN._replace(of=dtype, witnesses=(program,), is_proved=True)
    with localcontext() as context:
        context.prec = ALL_DIGITS
        middle = (Decimal(low) + Decimal(high)) / 2
        listed = tuple(map(float, known.numbers)) if known.is_listed else ()
        return CertifiedValue(middle, Decimal(high) - middle, (program,), dtype, is_proved=True, numbers=listed)

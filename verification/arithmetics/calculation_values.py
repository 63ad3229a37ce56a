"""The value of a calculation's number in each arithmetic that a printed block may state."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Calculation
from reference.graph import NUMERICAL_GRADIENT, Node, derivative, forward, value_of
from verification.arithmetics import rounded_chain
from verification.arithmetics.ends import open_end, rounded
from verification.arithmetics.floating_point import UNKNOWN, enclosed
from verification.case import Case
from verification.certification.certified_value import ALL_DIGITS, CertifiedValue, certified_value
from verification.exact.calculated_values import calculated
from verification.exact.calculations import BITS, as_printed, calculation_as_printed, exact_calculation, number
from verification.exact.enclosures import as_ball, as_balls
from verification.exact.overflow import overflowing_steps
from worked_examples import CalculationExample, numbers
from worked_examples.schema.calculations.unrolled import LAST
from worked_examples.schema.kinds.calculation import CalculationTarget

CORRECTLY_ROUNDED = frozenset(("add", "subtract", "multiply", "negative", "identity", "transpose", "reshape", "flatten", "stack"))
OF_VALUES = CORRECTLY_ROUNDED | {"divide"}  # its gradient may be written in more than one way
MIXED = (
    1000  # so many times the distance of two programs that square differently: as if most of the difference cancelled between them
)


def calculation_value(
    case: Case[CalculationExample], target: CalculationTarget, index: tuple[int, ...], arithmetic: str
) -> CertifiedValue:
    """What an arithmetic gives for a number. An input is what it is, also where others are known only as printed.

    Where it is open whether the iteration gets there, or goes on, or does so in another arithmetic, nothing is known.
    """
    if reason := open_end(case, target, arithmetic):
        return UNKNOWN._replace(of=reason)
    entry = partial(number, case.example, target=target, index=index)
    if target.attribute:
        return certified_value(entry(calculated(case.on("reference"))))
    if arithmetic == "rounded chain":
        return certified_value(entry(rounded_chain.calculation(case.session, case.example)), "by the rounded chain")
    if arithmetic == "exact":
        return exact_value(case, target, entry)
    return value_in_type(case, target, entry, arithmetic)


def exact_value(case: Case[CalculationExample], target: CalculationTarget, entry: Callable[[Calculation], Any]) -> CertifiedValue:
    """The exact value, or what is known of it where inputs are known only as printed."""
    of_input = target.name in case.example.inputs and not target.gradient
    if of_input or not case.example.rounded:
        return certified_value(entry(exact_calculation(case.session, case.example)))
    passes = as_printed(case.session, case.example).passes
    if target.passes > passes.made or (target.passes == LAST and passes != case.example.passes):
        return UNKNOWN._replace(of=f"from the inputs as printed, {passes.open or 'the iteration may end elsewhere'}")
    return certified_value(entry(calculation_as_printed(case.session, case.example)), "from the inputs as printed")


def value_in_type(
    case: Case[CalculationExample], target: CalculationTarget, entry: Callable[[Calculation], Any], dtype: str
) -> CertifiedValue:
    """What a floating-point type may give for the number that ``entry`` takes from a calculation."""
    known = calculated(case.on("reference").in_dtype(dtype))
    if is_determined(case.example, target, known.values):
        by_product, by_power = (float(entry(program)) for program in (known, by_pow(case, dtype)))
        return of_programs(by_product, by_power, dtype)
    if not target.gradient and not np.isfinite(overflown := float(entry(Calculation(overflowing(case, dtype), {}, {})))):
        return certified_value(overflown, dtype)
    engines = [calculated(one.in_dtype(dtype)) for one in (case, case.on("reference"))]
    witnesses = [float(entry(known)) for known in engines if target.name not in known.unsupported]
    rough = rounded(case, dtype)
    if target.name in (rough.open_gradients if target.gradient else rough.open_values):
        return UNKNOWN._replace(witnesses=tuple(witnesses), of=dtype)
    return enclosed(as_ball(entry(Calculation(rough.values, rough.gradients, {}))), dtype, witnesses)


def overflowing(case: Case[CalculationExample], dtype: str) -> dict[str, Array]:
    """What every input and step is in a floating-point type, decided by the exact values: inf and nan where it overflows."""

    def compute() -> dict[str, Array]:
        with flint.ctx.workprec(BITS):
            exact = exact_calculation(case.session, case.example).values
            return overflowing_steps(case.example.nodes, {name: as_balls(array) for name, array in exact.items()}, dtype)

    return case.session.once(("overflowing", case.example.id, dtype), compute)


def of_programs(by_product: float, by_power: float, dtype: str) -> CertifiedValue:
    """What programs give that square by a product or by ``pow``: one number where both do, else ``MIXED`` times as far as these.

    A program may do the one here and the other there; the two that are compared do the same everywhere.
    """
    if np.array_equal(by_product, by_power, equal_nan=True):
        return certified_value(by_product, dtype)
    if not np.isfinite([by_product, by_power]).all():
        return UNKNOWN._replace(of=dtype)
    with localcontext() as context:
        context.prec = ALL_DIGITS
        return CertifiedValue(Decimal(by_product), MIXED * abs(Decimal(by_product) - Decimal(by_power)), of=dtype)


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


def by_pow(case: Case[CalculationExample], dtype: str) -> Calculation:
    """The values in a type with squares by the C library's ``pow``, which need not round as a product does."""

    def value(node: Node, values: Mapping[str, Array]) -> Array:
        if node.function == "power":
            x, n = (values[name] for name in node.operands)
            return np.asarray(np.vectorize(c_pow, otypes=[float])(x, n)).astype(dtype)
        return derivative(node, values, value) if node.function == NUMERICAL_GRADIENT else value_of(node, values)

    def compute() -> Calculation:
        inputs = {name: np.asarray(numbers(texts, dtype)) for name, texts in case.example.inputs.items()}
        with np.errstate(all="ignore"):
            values = forward(case.example.nodes, inputs, value=value)
        return Calculation(values, calculated(case.on("reference").in_dtype(dtype)).gradients, {})

    return case.session.once(("by pow", case.example.id, dtype), compute)


def c_pow(x: float, n: float) -> float:
    """``x^n`` by the C library; nan where Python refuses it."""
    try:
        return math.pow(x, n)
    except (ValueError, OverflowError):
        return math.nan


def leading_to(name: str, steps: Sequence[Node]) -> list[Node]:
    """The steps that a value depends on, its own among them."""
    needed, found = {name}, list[Node]()
    for step in reversed(steps):
        if step.name in needed:
            needed |= set(step.operands)
            found.append(step)
    return found

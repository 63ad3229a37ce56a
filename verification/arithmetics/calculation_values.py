"""The value of a calculation's number in each arithmetic that a printed block may state."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Calculation
from reference.graph import Node
from verification.arithmetics import rounded_chain
from verification.arithmetics.floating_point import UNKNOWN, enclosed
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.exact.calculated_values import calculated
from verification.exact.calculations import BITS, calculation_as_printed, exact_calculation, number
from verification.exact.enclosures import as_ball, as_balls
from verification.exact.overflow import overflowing_steps
from verification.exact.running_bound import bits_of
from verification.exact.running_error import RunningError, running_error
from worked_examples import CalculationExample
from worked_examples.schema.kinds.calculation import CalculationTarget

CORRECTLY_ROUNDED = frozenset(("add", "subtract", "multiply", "negative", "identity", "transpose", "reshape", "flatten", "stack"))
OF_VALUES = CORRECTLY_ROUNDED | {"divide"}  # its gradient may be written in more than one way


def calculation_value(
    case: Case[CalculationExample], target: CalculationTarget, index: tuple[int, ...], arithmetic: str
) -> CertifiedValue:
    """What an arithmetic gives for a number. An input is what it is, also where others are known only as printed."""
    entry = partial(number, case.example, target=target, index=index)
    if target.attribute:
        return certified_value(entry(calculated(case.on("reference"))))
    if arithmetic == "rounded chain":
        return certified_value(entry(rounded_chain.calculation(case.session, case.example)), "by the rounded chain")
    if arithmetic == "exact":
        of_input = target.name in case.example.inputs and not target.gradient
        if of_input or not case.example.rounded:
            return certified_value(entry(exact_calculation(case.session, case.example)))
        return certified_value(entry(calculation_as_printed(case.session, case.example)), "from the inputs as printed")
    return value_in_type(case, target, entry, arithmetic)


def value_in_type(
    case: Case[CalculationExample], target: CalculationTarget, entry: Callable[[Calculation], Any], dtype: str
) -> CertifiedValue:
    """What a floating-point type may give for the number that ``entry`` takes from a calculation."""
    if is_determined(case.example, target):
        return certified_value(float(entry(calculated(case.on("reference").in_dtype(dtype)))), dtype)
    if not target.gradient and not np.isfinite(overflown := float(entry(Calculation(overflowing(case, dtype), {}, {})))):
        return certified_value(overflown, dtype)
    engines = [calculated(one.in_dtype(dtype)) for one in (case, case.on("reference"))]
    witnesses = [float(entry(known)) for known in engines if target.name not in known.unsupported]
    rough = case.session.once(("running error", case.example.id, dtype), lambda: rounded(case, dtype))
    if target.name in (rough.open_gradients if target.gradient else rough.open_values):
        return UNKNOWN._replace(witnesses=tuple(witnesses), of=dtype)
    return enclosed(as_ball(entry(Calculation(rough.values, rough.gradients, {}))), dtype, witnesses)


def overflowing(case: Case[CalculationExample], dtype: str) -> dict[str, Array]:
    """What every input and step is in a floating-point type, decided by the exact values: inf and nan where it overflows."""

    def compute() -> dict[str, Array]:
        with flint.ctx.workprec(BITS):
            exact = exact_calculation(case.session, case.example).values
            return overflowing_steps(case.example, {name: as_balls(array) for name, array in exact.items()}, dtype)

    return case.session.once(("overflowing", case.example.id, dtype), compute)


def rounded(case: Case[CalculationExample], dtype: str) -> RunningError:
    """The calculation with the errors that a floating-point type may make."""
    return running_error(case.example, exact_calculation(case.session, case.example), bits_of(dtype))


def is_determined(example: CalculationExample, target: CalculationTarget) -> bool:
    """Whether a floating-point type leaves nothing open in a number: only correctly rounded operations lead to it.

    A gradient must be no sum of more than two terms either.
    """
    if not target.gradient:
        return all(step.function in OF_VALUES for step in leading_to(target.name, example.nodes))
    uses = Counter(name for step in example.nodes for name in step.operands)
    return all(step.function in CORRECTLY_ROUNDED for step in example.nodes) and max(uses.values(), default=0) <= 2


def leading_to(name: str, steps: Sequence[Node]) -> list[Node]:
    """The steps that a value depends on, its own among them."""
    needed, found = {name}, list[Node]()
    for step in reversed(steps):
        if step.name in needed:
            needed |= set(step.operands)
            found.append(step)
    return found

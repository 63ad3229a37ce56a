"""The value of a calculation's number in each arithmetic that a printed block may state."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Calculation
from verification.arithmetics import rounded_chain
from verification.arithmetics.determined import is_determined, one_of, possible
from verification.arithmetics.ends import open_end, rounded
from verification.arithmetics.floating_point import UNKNOWN, enclosed
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.exact.calculated_values import calculated
from verification.exact.calculations import BITS, as_printed, calculation_as_printed, exact_calculation, number, place
from verification.exact.enclosures import as_ball, as_balls
from verification.rounding.overflow import overflowing_steps
from worked_examples import CalculationExample
from worked_examples.schema.calculations.unrolled import LAST
from worked_examples.schema.kinds.calculation import CalculationTarget


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
    return value_in_type(case, target, index, arithmetic)


def exact_value(case: Case[CalculationExample], target: CalculationTarget, entry: Callable[[Calculation], Any]) -> CertifiedValue:
    """The exact value, or what is known of it where inputs are known only as printed."""
    of_input = target.name in case.example.inputs and not target.gradient
    if of_input or not case.example.rounded:
        return certified_value(entry(exact_calculation(case.session, case.example)))
    passes = as_printed(case.session, case.example).passes
    if target.passes > passes.made or (target.passes == LAST and passes != case.example.passes):
        return UNKNOWN._replace(of=f"from the inputs as printed, {passes.open or 'the iteration may end elsewhere'}")
    return certified_value(entry(calculation_as_printed(case.session, case.example)), "from the inputs as printed")


def value_in_type(case: Case[CalculationExample], target: CalculationTarget, index: tuple[int, ...], dtype: str) -> CertifiedValue:
    """What a floating-point type may give for a number."""
    entry = partial(number, case.example, target=target, index=index)
    known = calculated(case.on("reference").in_dtype(dtype))
    if is_determined(case.example, target, known.values):
        program = float(entry(known))
        return certified_value(program, dtype) if target.gradient else determined_value(case, target, index, dtype, program)
    if not target.gradient and not np.isfinite(overflown := float(entry(Calculation(overflowing(case, dtype), {}, {})))):
        return certified_value(overflown, dtype)
    engines = [calculated(one.in_dtype(dtype)) for one in (case, case.on("reference"))]
    witnesses = [float(entry(one)) for one in engines if target.name not in one.unsupported]
    rough = rounded(case, dtype)
    if target.name in (rough.open_gradients if target.gradient else rough.open_values):
        return UNKNOWN._replace(witnesses=tuple(witnesses), of=dtype)
    return enclosed(as_ball(entry(Calculation(rough.values, rough.gradients, {}))), dtype, witnesses)


def determined_value(
    case: Case[CalculationExample], target: CalculationTarget, index: tuple[int, ...], dtype: str, program: float
) -> CertifiedValue:
    """What is left open of a number only by how programs square; ``program`` is what one got that squares by products."""
    example = case.example
    array = case.session.once(("possible", example.id, target.name, dtype), lambda: possible(example, target, dtype))
    return one_of(array[place(example, array.shape, target, index)], dtype, program)


def overflowing(case: Case[CalculationExample], dtype: str) -> dict[str, Array]:
    """What every input and step is in a floating-point type, decided by the exact values: inf and nan where it overflows."""

    def compute() -> dict[str, Array]:
        with flint.ctx.workprec(BITS):
            exact = exact_calculation(case.session, case.example).values
            return overflowing_steps(case.example.nodes, {name: as_balls(array) for name, array in exact.items()}, dtype)

    return case.session.once(("overflowing", case.example.id, dtype), compute)

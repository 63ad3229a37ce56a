"""Calculations: values and gradients against exact arithmetic, and printed numbers."""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.exact.calculated_values import calculated, wrong_values
from verification.exact.calculations import as_certified, calculation_as_printed, exact_calculation, number
from verification.records import Findings
from verification.verdicts.printed_number import Computed, settle
from worked_examples import CalculationExample
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.kinds.calculation import CalculationTarget


def check_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Every step's value and every gradient is the exact one, within the rounding bound of its own formula."""
    yield from wrong_values(case, findings)


def check_printed(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Every printed number of a calculation is the computed one, rounded; every erratum is one."""
    findings.printed_numbers = []
    for claim in claims(case.example):
        yield from judged_value(case, claim, findings)


def judged_value(case: Case[CalculationExample], claim: Claim, findings: Findings) -> Iterator[str]:
    """Judge one claim, record it, and yield a line where the fixture does not expect the verdict."""
    computed = calculated(case)
    name = claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name
    target = case.example.part(claim.block, name)
    if target.name in computed.unsupported:
        return
    value = number(computed, target, claim.at)
    exact = None if target.attribute or not np.isfinite(value) else exact_value(case, target, claim)
    of_label = number(computed, case.example.part(claim.block, claim.name), claim.at) if name != claim.name else None
    yield from settle(claim, f"{claim}, {claim.where}", findings, Computed(value, exact, of_label))


def exact_value(case: Case[CalculationExample], target: CalculationTarget, claim: Claim) -> CertifiedValue:
    """What a printed number is judged by: the exact value, or in a block of float64 the reference's own."""
    if case.example.printed[claim.block].arithmetic == "float64":
        return CertifiedValue(Decimal(number(calculated(case.on("reference")), target, claim.at)), Decimal(0))
    of_input = target.name in case.example.inputs
    source = (exact_calculation if of_input else calculation_as_printed)(case.session, case.example)
    return as_certified(number(source, target, claim.at))

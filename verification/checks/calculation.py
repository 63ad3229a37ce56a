"""Calculations: values and gradients against exact arithmetic, and printed numbers."""

from collections.abc import Iterator
from functools import partial

from verification.arithmetics.calculation_values import calculation_value
from verification.case import Case
from verification.exact.calculated_values import calculated, wrong_values
from verification.exact.calculations import number
from verification.records import Findings, Outcome
from verification.verdicts.printed_number import Computed, settle
from worked_examples import CalculationExample
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.page import ARITHMETICS


def check_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Every step's value and every gradient is the exact one, within the rounding bound of its own formula."""
    yield from wrong_values(case, findings)


def check_printed(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Every printed number of a calculation is the computed one, rounded; every erratum is one."""
    findings.printed_numbers = []
    for claim in claims(case.example):
        yield from judged_value(case, claim, findings)
    if not findings.printed_numbers:
        reasons = dict.fromkeys(calculated(case).unsupported.values())
        findings.outcome, findings.reason = (
            Outcome.NOT_APPLICABLE,
            f"no printed number is of a step that it has: {'; '.join(reasons)}",
        )


def judged_value(case: Case[CalculationExample], claim: Claim, findings: Findings) -> Iterator[str]:
    """Judge one claim, record it, and yield a line where the fixture does not expect the verdict."""
    computed, example = calculated(case), case.example
    name = claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name
    target, printed = (example.part(claim.block, text) for text in (name, claim.name))
    if target.name in computed.unsupported or (target.gradient and example.gradients_of in computed.unsupported):
        return
    stated = example.printed[claim.block].arithmetic
    value = partial(calculation_value, case, target, claim.at)
    others = {other: partial(value, other) for other in ARITHMETICS if other != stated}
    of_label = calculation_value(case, printed, claim.at, stated) if name != claim.name else None
    mine = float(number(example, computed, target, claim.at))
    judged_by = Computed(mine, value(stated), of_label, others, partial(value, "float64"))
    yield from settle(claim, f"{claim}, {claim.where}", findings, judged_by)

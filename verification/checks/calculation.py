"""Calculations: values and gradients against exact arithmetic, and printed numbers."""

from collections.abc import Iterator
from functools import partial

from verification.arithmetics.calculation_values import calculation_value
from verification.case import Case
from verification.exact.calculated_values import calculated, wrong_values
from verification.exact.calculations import exact_calculation, number
from verification.exact.stalled import stalled_states
from verification.records import Findings, Outcome
from verification.verdicts.printed_number import Computed, record_number, settle
from verification.verdicts.verdict import Verdict
from worked_examples import CalculationExample
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.calculations.unrolled import LAST
from worked_examples.schema.page import ARITHMETICS


def check_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Every step's value and every gradient is the exact one, within the rounding bound of its own formula."""
    yield from wrong_values(case, findings)
    if case.engine_name == "reference":
        exact = exact_calculation(case.session, case.example)
        findings.notes += stalled_states(case.example, calculated(case), exact, case.dtype)


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
    place = f"{claim}{when(example, claim)}, {claim.where}"
    if example.is_count(claim.block, claim.name):
        yield from judged_count(example, claim, findings, place)
        return
    name = claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name
    target, printed = (example.part(claim.block, text, claim.epoch) for text in (name, claim.name))
    if target.name in computed.unsupported or (target.gradient and example.final in computed.unsupported):
        return
    if example.passes.stopped and target.passes > example.passes.made:
        yield from beyond_the_end(example, claim, findings, place)
        return
    stated = example.printed[claim.block].arithmetic
    value = partial(calculation_value, case, target, claim.at)
    others = {other: partial(value, other) for other in ARITHMETICS if other != stated}
    of_label = calculation_value(case, printed, claim.at, stated) if name != claim.name else None
    is_made = target.passes <= example.passes.made
    mine = float(number(example, computed, target, claim.at)) if is_made else float("nan")
    judged_by = Computed(mine, value(stated), of_label, others, partial(value, "float64"))
    yield from settle(claim, place, findings, judged_by, numbered(example, claim))


def numbered(example: CalculationExample, claim: Claim) -> int | None:
    """The number of the iteration of a claim, as the book counts; None where it has none."""
    return claim.epoch - 1 + example.iteration.first if example.iteration and claim.epoch != LAST else None


def when(example: CalculationExample, claim: Claim) -> str:
    """The iteration of a claim in words."""
    number = numbered(example, claim)
    return "" if number is None else f" at iteration {number}"


def ended(example: CalculationExample) -> str:
    """Where the iteration ends, in words."""
    first = example.iteration.first if example.iteration else 1
    return f"the iteration ends with number {example.passes.made - 1 + first}"


def judged_count(example: CalculationExample, claim: Claim, findings: Findings, place: str) -> Iterator[str]:
    """The number of an iteration claims that the program gets there: undecided beyond what is decided."""
    passes, number = example.passes, numbered(example, claim)
    if claim.epoch <= passes.made:
        record_number(findings, claim, Verdict.CONFIRMED, "the iteration gets there", claim.text, number)
    elif passes.stopped:
        yield from beyond_the_end(example, claim, findings, place)
    else:
        record_number(findings, claim, Verdict.UNDECIDED, passes.open, "", number)


def beyond_the_end(example: CalculationExample, claim: Claim, findings: Findings, place: str) -> Iterator[str]:
    """A number of an iteration that the program does not get to is wrong, whatever it is."""
    record_number(findings, claim, Verdict.WRONG, ended(example), "", numbered(example, claim))
    yield f"{place}: printed {claim.text}, but {ended(example)}"

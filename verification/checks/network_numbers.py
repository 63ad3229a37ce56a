"""Every printed number of a network, judged."""

from collections.abc import Iterator
from decimal import Decimal

from verification.case import Case
from verification.certification.files import certified_run
from verification.records import Findings
from verification.runs.networks import run
from verification.runs.quantity_values import computed_value
from verification.verdicts.printed_number import Computed, record_number, settle
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.printed.claims import Claim, claims, quantity_of

NEXT_STEP = "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum, [[printed.errata]]"


def check_printed(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """Every printed number is the computed one, rounded; every erratum is one."""
    findings.printed_numbers = []
    for claim in claims(case.example):
        yield from judged_number(case, claim, findings)


def judged_number(case: Case[NetworkExample], claim: Claim, findings: Findings) -> Iterator[str]:
    """Judge one claim, record it, and yield a line where the fixture does not expect the verdict."""
    quantity = quantity_of(case.example, claim)
    trained = case.example.training
    epoch = claim.epoch + trained.first_epoch if trained else None
    when = f" at epoch {epoch}" if trained else ""
    place = f"{claim} ({quantity}){when}, {claim.where}"
    if quantity.part == "epoch":
        yield from judged_epoch(case, claim, findings, place)
        return
    value = computed_value(quantity, case, claim.epoch)
    if value is None:
        end = f"training ends at epoch {run(case).epochs}"
        record_number(findings, claim, Verdict.WRONG, end, "", epoch)
        yield f"{place}: printed {claim.text}, but {end}"
        return
    known = certified_run(case.example)
    exact = known.value(quantity, case.example, claim.epoch) if known else None
    yield from settle(claim, place, findings, Computed(value, exact, value_of_label(case, claim)), epoch)


def judged_epoch(case: Case[NetworkExample], claim: Claim, findings: Findings, place: str) -> Iterator[str]:
    """A printed epoch claims that training gets there."""
    reached = run(case).epochs
    verdict = Verdict.CONFIRMED if claim.epoch <= reached else Verdict.WRONG
    record_number(findings, claim, verdict, f"training ends at epoch {reached}", claim.text, int(claim.text))
    if verdict is Verdict.WRONG:
        yield f"{place}: training ends at epoch {reached}, before the printed {claim.text}"


def value_of_label(case: Case[NetworkExample], claim: Claim) -> float | Decimal | None:
    """The value of the quantity that the printed label names, where the label is an erratum."""
    if claim.erratum is None or not claim.erratum.of_label:
        return None
    return computed_value(quantity_of(case.example, claim._replace(erratum=None)), case, claim.epoch)

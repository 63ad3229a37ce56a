"""Every printed number of a network, judged."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from adapters.calculation import UnsupportedError
from verification.arithmetics.engine_rounding import expected_value
from verification.arithmetics.network_values import network_value
from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.certification.when_judged import certified
from verification.checks.sizes import judged_size
from verification.checks.stops import is_stop_by_rounding
from verification.exact.arithmetic import BITS
from verification.records import Findings
from verification.runs.engine_numbers import computed_value
from verification.runs.networks import run
from verification.verdicts.printed_number import Computed, record_number, settle
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.printed.claims import Claim, claims, quantity_of
from worked_examples.printed.notations import plain
from worked_examples.schema.page import ARITHMETICS

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
    stated = case.example.blocks[claim.block].arithmetic
    try:
        if quantity.is_size:
            yield from judged_size(case, claim, findings, f"{claim} ({quantity}), {claim.where}")
            return
        mine, exact = computed_value(quantity, of_arithmetic(case, stated), claim.epoch), value_in(case, claim, stated)
    except UnsupportedError as reason:
        findings.n_unsupported += 1
        findings.notes.append(f"{place} not judged: {reason}")
        return
    if exact is None:
        ended = f"training ends before epoch {claim.epoch + quantity.n_epochs}"
        record_number(findings, claim, Verdict.WRONG, ended, "", epoch)
        yield f"{place}: printed {claim.text}, but {ended}"
        return
    others = {name: partial(value_in, case, claim, name) for name in ARITHMETICS if name != stated}
    of_label = value_in(case, claim._replace(erratum=None), stated) if claim.erratum and claim.erratum.of_label else None
    expected = partial(expected_value, case, quantity, claim.epoch, "float64")
    # an engine that does not get there has no number: the exact one alone is judged
    yield from settle(
        claim, place, findings, Computed(exact.decimal if mine is None else mine, exact, of_label, others, expected), epoch
    )
    if mine is None:
        ended = f"{case.engine_name} ends its training at epoch {run(of_arithmetic(case, stated)).epochs}"
        if is_stop_by_rounding(of_arithmetic(case, stated)):
            findings.notes.append(f"{place} not compared: {ended}, and its stop hangs on rounding")
        else:
            yield f"{place}: {ended}"


def value_in(case: Case[NetworkExample], claim: Claim, arithmetic: str) -> CertifiedValue | None:
    """What an arithmetic gives for the quantity that a claim is about; None where training does not get there."""
    return network_value(case, quantity_of(case.example, claim), claim.epoch, arithmetic)


def of_arithmetic(case: Case[NetworkExample], arithmetic: str) -> Case[NetworkExample]:
    """The case in the floating-point type that a block states, if it states one."""
    return case.in_dtype(arithmetic) if arithmetic in BITS else case


def judged_epoch(case: Case[NetworkExample], claim: Claim, findings: Findings, place: str) -> Iterator[str]:
    """A printed epoch claims that training gets there: undecided beyond what is certified.

    In a log whose rows have their epochs by ``every``, it is also that of its row.
    """
    known, training = certified(case.session, case.example), case.example.training
    of_row = claim.epoch + (training.first_epoch if training else 0)
    if int(plain(claim.text)) != of_row:
        right = CertifiedValue(Decimal(of_row), Decimal(0), of="the epoch of its row,")
        yield from settle(claim, place, findings, Computed(float(of_row), right), of_row)
        return
    if claim.epoch <= known.last:
        verdict, value = Verdict.CONFIRMED, f"training gets at least to epoch {known.last}"
    else:
        verdict = Verdict.WRONG if known.complete else Verdict.UNDECIDED
        value = known.unproved or f"training ends at epoch {known.last}"
    record_number(findings, claim, verdict, value, claim.text, int(plain(claim.text)))
    if verdict is Verdict.WRONG:
        yield f"{place}: {value}, before the printed {claim.text}"

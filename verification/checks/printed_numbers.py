"""Every printed number of a network, judged."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import numpy as np

from verification.certification.certified_value import CertifiedValue
from verification.certification.files import certified_run
from verification.failure import Record, fail
from verification.quantity_values import computed
from verification.session import Case, run
from verification.verdicts import Judgement, Verdict, judge, unit
from worked_examples.printed.claims import Claim, claims, quantity_of


def check_printed(case: Case, record: Record) -> None:
    """Every printed number is the computed one, rounded; every erratum is one."""
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(case.example) for line in judged(case, claim, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum")


def judged(case: Case, claim: Claim, verdicts: Record) -> Iterator[str]:
    """Judge one claim of a network, count it, and yield a line where the fixture does not expect the verdict."""
    quantity = quantity_of(case.example, claim)
    place = f"{claim} ({quantity}) at epoch {claim.epoch}, {claim.where}"
    if quantity.part == "epoch":
        reached = run(case).epochs
        verdicts["total"] += 1
        verdicts["confirmed" if claim.epoch <= reached else "wrong"] += 1
        if claim.epoch > reached:
            yield f"{place}: training ends at epoch {reached}, before the printed {claim.text}"
        return
    value = computed(quantity, case, claim.epoch)
    if value is None:
        verdicts["total"] += 1
        verdicts["wrong"] += 1
        yield f"{place}: printed {claim.text}, but training ends at epoch {run(case).epochs}"
        return
    known = certified_run(case.example)
    exact = known.value(quantity, case.example, claim.epoch) if known else None
    of_label = claim.erratum is not None and claim.erratum.of_label
    other = computed(quantity_of(case.example, claim._replace(erratum=None)), case, claim.epoch) if of_label else None
    yield from settle(claim, place, verdicts, value, exact, other)


def settle(
    claim: Claim, place: str, verdicts: Record, own: float | Decimal, exact: CertifiedValue | None, other: float | Decimal | None
) -> Iterator[str]:
    """Judge a printed number by its exact value where that is known, else by the engine's ``own``.

    The engine's own number must round to the same text, unless print shows more digits than floating point keeps. ``other`` is
    what the printed label stands for, where the label is an erratum.
    """
    verdicts["total"] += 1
    mine = judge(own, claim.text)
    judgement, shown = (exact.judge(claim.text), exact.described(claim.text)) if exact else (mine, f"computed {own!r}")
    verdicts[judgement.verdict.value] += 1
    if claim.erratum:
        verdicts["labels" if claim.erratum.of_label else "errata"] += 1
    if judgement.verdict is Verdict.UNDECIDED and exact and exact.admits(claim.text):
        return
    confirmed = judgement.verdict is Verdict.CONFIRMED
    if confirmed and mine.corrected != judgement.corrected and coarse(claim.text, own):
        yield f"{place}: printed {claim.text}, computed {own!r}, {shown}: this engine would print {mine.corrected}"
    else:
        judged_again = exact.judge if exact else partial(judge, own)
        yield from unexpected(claim, judged_again, shown, place, other)


def coarse(text: str, value: float | Decimal) -> bool:
    """Whether the last printed digit is worth at least 1,000 times the spacing of float64 numbers at the value."""
    return float(unit(text)) >= 1000 * float(np.spacing(abs(float(value)))) if np.isfinite(float(value)) else True


def unexpected(
    claim: Claim, judged: Callable[[str], Judgement], value: str, place: str, other: float | Decimal | None
) -> Iterator[str]:
    """Lines for a verdict that the fixture does not announce, or an erratum that is none; ``judged`` judges a text."""
    erratum, judgement = claim.erratum, judged(claim.text)
    confirmed = judgement.verdict is Verdict.CONFIRMED
    if erratum is None:
        if not confirmed:
            yield f"{place}: printed {claim.text}, {value}, should read {judgement.corrected}"
    elif erratum.of_label:
        if not confirmed:
            yield f"{place}: under the corrected label too, printed {claim.text}, {value}"
        elif other is not None and judge(other, claim.text).verdict is Verdict.CONFIRMED:
            yield f"{place}: the erratum is none: the number also fits its printed label {claim.name}"
    elif confirmed:
        yield f"{place}: the erratum is none: the printed {claim.text} is confirmed, {value}"
    elif judged(erratum.correct).verdict is not Verdict.CONFIRMED:
        yield f"{place}: the erratum says {erratum.correct}, but {value} should read {judgement.corrected}"

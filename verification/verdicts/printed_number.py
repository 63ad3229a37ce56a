"""The verdict on one printed number, and what contradicts the fixture: an unlisted mistake, or an erratum that is none."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import numpy as np

from verification.certification.certified_value import CertifiedValue
from verification.records import Findings, PrintedNumber
from verification.verdicts.verdict import Verdict, judge, unit
from worked_examples.printed.claims import Claim


class Computed(NamedTuple):
    """What a printed number is judged by: its exact value where that is known, else the engine's ``value``.

    ``of_label`` is the value of the quantity that the printed label names, where the label is an erratum.
    """

    value: float | Decimal
    exact: CertifiedValue | None = None
    of_label: float | Decimal | None = None

    def judge(self, text: str) -> tuple[Verdict, str]:
        """Verdict and corrected text of a printed number."""
        return self.exact.judge(text) if self.exact else judge(self.value, text)

    def described(self, text: str) -> str:
        """The value in words."""
        return self.exact.described(text) if self.exact else f"computed {self.value!r}"


def settle(claim: Claim, place: str, findings: Findings, computed: Computed, epoch: int | None = None) -> Iterator[str]:
    """Record the verdict on a printed number, and yield a line where the fixture does not expect it.

    The engine's own number must round to the same text, unless print shows more digits than floating point keeps.
    """
    verdict, corrected = computed.judge(claim.text)
    record_number(findings, claim, verdict, computed.described(claim.text), corrected, epoch)
    if verdict is Verdict.UNDECIDED and computed.exact and computed.exact.admits(claim.text):
        return
    mine = judge(computed.value, claim.text)
    if verdict is Verdict.CONFIRMED and mine.corrected != corrected and is_coarse(claim.text, computed.value):
        value = f"computed {computed.value!r}, {computed.described(claim.text)}"
        yield f"{place}: printed {claim.text}, {value}: this engine would print {mine.corrected}"
    else:
        yield from unexpected(claim, computed, place)


def record_number(findings: Findings, claim: Claim, verdict: Verdict, value: str, corrected: str, epoch: int | None) -> None:
    """Add one printed number to the findings."""
    erratum = ("label" if claim.erratum.of_label else "number") if claim.erratum else ""
    number = PrintedNumber(
        where=claim.where,
        name=claim.name,
        index=claim.at,
        epoch=epoch,
        printed=claim.text,
        verdict=verdict,
        value=value,
        corrected=corrected,
        erratum=erratum,
    )
    findings.printed_numbers = [*(findings.printed_numbers or []), number]


def is_coarse(text: str, value: float | Decimal) -> bool:
    """Whether the last printed digit is worth at least 1,000 times the spacing of float64 numbers at the value."""
    return float(unit(text)) >= 1000 * float(np.spacing(abs(float(value)))) if np.isfinite(float(value)) else True


def unexpected(claim: Claim, computed: Computed, place: str) -> Iterator[str]:
    """Lines for a verdict that the fixture does not announce, or an erratum that is none."""
    verdict, corrected = computed.judge(claim.text)
    described, erratum, confirmed = partial(computed.described, claim.text), claim.erratum, verdict is Verdict.CONFIRMED
    if erratum is None:
        if not confirmed:
            yield f"{place}: printed {claim.text}, {described()}, should read {corrected}"
    elif erratum.of_label:
        yield from wrong_label(claim, computed, place, confirmed)
    elif confirmed:
        yield f"{place}: the erratum is none: the printed {claim.text} is confirmed, {described()}"
    elif computed.judge(erratum.correct)[0] is not Verdict.CONFIRMED:
        yield f"{place}: the erratum says {erratum.correct}, but {described()} should read {corrected}"


def wrong_label(claim: Claim, computed: Computed, place: str, confirmed: bool) -> Iterator[str]:
    """Lines for an erratum of a label: the number must be confirmed under the corrected label, and not under the printed one."""
    if not confirmed:
        yield f"{place}: under the corrected label too, printed {claim.text}, {computed.described(claim.text)}"
    elif computed.of_label is not None and judge(computed.of_label, claim.text).verdict is Verdict.CONFIRMED:
        yield f"{place}: the erratum is none: the number also fits its printed label {claim.name}"

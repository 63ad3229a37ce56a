"""The verdict on one printed number, and what contradicts the fixture: an unlisted mistake, or an erratum that is none."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from verification.certification.certified_value import CertifiedValue
from verification.records import Findings, PrintedNumber
from verification.verdicts.verdict import Judgement, Verdict, judge, unit
from worked_examples.printed.claims import Claim
from worked_examples.printed.notations import plain, rewritten

NEAR = 1000  # an engine's value is at the exact one for a print whose last digit is worth this many times their distance


class Computed(NamedTuple):
    """What a printed number is judged by: ``exact``, what the page's arithmetic gives; without it ``value``, which is exact then.

    ``value`` is the engine's own. ``of_label`` is what the quantity that the printed label names gives, where the label is an
    erratum. ``others`` are what other arithmetics give, by their names, and ``expected`` is the exact value as wide as an engine in
    float64 is expected to be off; they are computed when they are needed.
    """

    value: float | Decimal
    exact: CertifiedValue | None = None
    of_label: CertifiedValue | None = None
    others: Mapping[str, Callable[[], CertifiedValue | None]] = MappingProxyType({})
    expected: Callable[[], CertifiedValue | None] = lambda: None

    def judge(self, text: str) -> Judgement:
        """Verdict and corrected text of a printed number, in its own notation."""
        judgement = self.exact.judge(plain(text)) if self.exact else judge(self.value, plain(text))
        return judgement._replace(corrected=rewritten(judgement.corrected, text))

    def described(self, text: str) -> str:
        """The value in words."""
        return self.exact.described(plain(text)) if self.exact else f"computed {self.value!r}"

    def hint(self, text: str) -> str:
        """That the print is the other text of a tie, or the other arithmetic that confirms it, if there is one."""
        if self.exact and self.exact.is_tie(plain(text)):
            return "; the value lies half-way, and halves go to the even digit as in Python and NumPy"
        for name, compute in self.others.items():
            other = compute()
            if other and other.judge(plain(text)).verdict is Verdict.CONFIRMED:
                return f'; confirmed in {name} arithmetic: state arithmetic = "{name}"'
        return ""

    def would_print(self, text: str) -> str:
        """What the engine would print, where that is not what is exact, and rounding in float64 does not excuse it."""
        decimal = plain(text)
        if self.exact is None or self.exact.witnesses or not is_coarse(decimal, self.value):
            return ""
        mine = judge(self.value, decimal).corrected
        return "" if mine == self.exact.judge(decimal).corrected or self.is_rounding(decimal) else rewritten(mine, text)

    def is_rounding(self, text: str) -> bool:
        """Whether the engine's value is as near as a thousandth of the last printed digit, or as rounding in float64 allows."""
        value, known = Decimal(self.value), self.exact
        if known is None or not value.is_finite():
            return False
        distance = abs(value - known.decimal)
        if distance <= known.radius + unit(text) / NEAR:
            return True
        expected = self.expected()
        return expected is not None and abs(value - expected.decimal) <= expected.radius


def settle(claim: Claim, place: str, findings: Findings, computed: Computed, epoch: int | None = None) -> Iterator[str]:
    """Record the verdict on a printed number, and yield a line where the fixture does not expect it.

    The engine's own number must round to the same text, unless print shows more digits than floating point keeps.
    """
    verdict, corrected = computed.judge(claim.text)
    record_number(findings, claim, verdict, computed.described(claim.text), corrected, epoch)
    if verdict is Verdict.UNDECIDED:
        return
    if verdict is Verdict.CONFIRMED and (mine := computed.would_print(claim.text)):
        value = f"computed {computed.value!r}, {computed.described(claim.text)}"
        yield f"{place}: printed {claim.text}, {value}: this engine would print {mine}"
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
        taken_from=claim.taken_from,
    )
    findings.printed_numbers = [*(findings.printed_numbers or []), number]


def is_coarse(text: str, value: float | Decimal) -> bool:
    """Whether the last printed digit is worth at least 1,000 times the spacing of float64 numbers at the value."""
    return float(unit(text)) >= NEAR * float(np.spacing(abs(float(value)))) if np.isfinite(float(value)) else True


def unexpected(claim: Claim, computed: Computed, place: str) -> Iterator[str]:
    """Lines for a verdict that the fixture does not announce, or an erratum that is none."""
    verdict, corrected = computed.judge(claim.text)
    described, erratum, confirmed = partial(computed.described, claim.text), claim.erratum, verdict is Verdict.CONFIRMED
    if erratum is None:
        if not confirmed and not (claim.may_be_cut and verdict is Verdict.TRUNCATED):
            yield f"{place}: printed {claim.text}, {described()}, should read {corrected}{computed.hint(claim.text)}"
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
    elif computed.of_label is not None and computed.of_label.judge(plain(claim.text)).verdict is Verdict.CONFIRMED:
        yield f"{place}: the erratum is none: the number also fits its printed label {claim.name}"

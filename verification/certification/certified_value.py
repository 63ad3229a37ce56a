"""A certified value and its verdict on a printed number.

A certified string of 25 significant digits is the exact value, correctly rounded; a shorter one is the exact value itself; one with
``+/-`` is an enclosure: the exact value is at most so far away.
"""

from decimal import Decimal
from typing import NamedTuple

import flint

from verification.verdicts.verdict import Judgement, Verdict, judge, normalized, unit

DIGITS = 25
ENCLOSURE_BITS = 200
ERROR = " +/- "
MILDEST = (Verdict.TRUNCATED, Verdict.OFF, Verdict.WRONG)


class CertifiedValue(NamedTuple):
    """A decimal and a radius: the value that the page's arithmetic gives is at most so far from it.

    ``witnesses`` are values that programs in a floating-point type gave: where the order of a sum is free, each is as right as any
    other, so that a print which shows one of them is confirmed. ``of`` names the arithmetic.
    """

    decimal: Decimal
    radius: Decimal
    witnesses: tuple[float, ...] = ()
    of: str = "certified"

    def judge(self, text: str) -> Judgement:
        """The verdict on a printed number: never one that only a part of the enclosure gives.

        UNDECIDED: some value within the radius rounds to the text, and some does not. Where none does, and the ends of the
        enclosure disagree on how far off the print is, the milder verdict stands, and both corrected texts.
        """
        if any(judge(value, text).verdict is Verdict.CONFIRMED for value in self.witnesses):
            return Judgement(Verdict.CONFIRMED, text)
        if not self.radius.is_finite():
            return Judgement(Verdict.UNDECIDED, "no digit is certain")
        if not Decimal(normalized(text)).is_finite():
            return Judgement(Verdict.WRONG, self.certain)
        low, high = judge(self.decimal - self.radius, text), judge(self.decimal + self.radius, text)
        if low == high:
            return low
        corrected = either(low.corrected, high.corrected)
        if self.admits(text):
            return Judgement(Verdict.UNDECIDED, corrected)
        return Judgement(min(low.verdict, high.verdict, key=MILDEST.index), corrected)

    def described(self, text: str) -> str:
        """The value with the digits that are certain, and how many digits after the last one of the printed ``text`` are."""
        if not self.radius:
            return f"{self.of} {self.decimal:.25g} (exact)"
        if not self.radius.is_finite():
            return f"{self.of}: no digit is certain"
        further = unit(text).adjusted() - self.radius.adjusted() - 1
        if further < 0:
            return f"{self.of} {self.certain} (up to {self.radius:.1e} away)"
        return f"{self.of} {self.certain} ({further} further digits guaranteed)"

    @property
    def certain(self) -> str:
        """The decimal with as many digits as the radius leaves, at most 25."""
        left = self.decimal.adjusted() - self.radius.adjusted() if self.decimal else 1
        return f"{self.decimal:.{min(max(left, 1), DIGITS)}g}"

    def admits(self, text: str) -> bool:
        """Whether some number within the radius rounds to the text."""
        printed = Decimal(normalized(text))
        return printed.is_finite() and abs(printed - self.decimal) <= self.radius + unit(text) / 2


def either(low: str, high: str) -> str:
    """Both texts, or one where they are the same number (a zero of undecided sign)."""
    return high if Decimal(low) == Decimal(high) else f"{low} or {high}"


def certified_value(known: str | flint.arb) -> CertifiedValue:
    """A certified string, or a ball, as a value."""
    if not isinstance(known, str):
        return of_ball(known)
    middle, enclosed, radius = known.partition(ERROR)
    decimal = Decimal(middle)
    if enclosed:
        return CertifiedValue(decimal, Decimal(radius))
    digits, exponent = decimal.as_tuple().digits, decimal.as_tuple().exponent
    exact = len(digits) < DIGITS or not decimal
    return CertifiedValue(decimal, Decimal(0) if exact else Decimal(5).scaleb(int(exponent) - 1))


def enclosure(known: str | flint.arb) -> flint.arb:
    """A certified string, or a ball, as a ball."""
    if not isinstance(known, str):
        return known
    value = certified_value(known)
    with flint.ctx.workprec(ENCLOSURE_BITS):
        middle, radius = flint.arb(str(value.decimal)), flint.arb("inf" if value.radius.is_infinite() else str(value.radius))
        return flint.arb(middle, radius.upper()) if value.radius else middle


def of_ball(ball: flint.arb, of: str = "certified") -> CertifiedValue:
    """The ball as a value, a little wider; without a finite radius where the ball has none."""
    if not ball.is_finite():
        return CertifiedValue(Decimal(0), Decimal("Infinity"), of=of)
    with flint.ctx.workprec(ENCLOSURE_BITS):
        middle, error = Decimal(ball.mid().str(40, radius=False)), Decimal(ball.rad().str(5, radius=False))
    return CertifiedValue(middle, 2 * error + abs(middle).scaleb(-38), of=of)

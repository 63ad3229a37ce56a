"""A certified value and its verdict on a printed number.

A certified string of 25 significant digits is the exact value, correctly rounded; a shorter one is the exact value itself; one with
``+/-`` is an enclosure: the exact value is at most so far away.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

import flint
import numpy as np

from verification.verdicts.verdict import Judgement, Verdict, judge, normalized, unit, written
from worked_examples.exact_numbers import Exact

DIGITS = 25
ENCLOSURE_BITS = 200
GREATEST = flint.arb(2) ** 10**15  # beyond all that is judged: only an infinity is greater with certainty
ALL_DIGITS = 1000  # Python's own 28 would round what has more
RATIONAL_DIGITS = 60  # of a fraction
ERROR = " +/- "
EXACT_EXPONENT = 200  # beyond 2^-200 to 2^200 the exact digits of a number are more than any print has
MILDEST = (Verdict.TRUNCATED, Verdict.OFF, Verdict.WRONG)


class CertifiedValue(NamedTuple):
    """A decimal and a radius: the value that the page's arithmetic gives is at most so far from it.

    ``witnesses`` are values that programs in a floating-point type gave: where the order of a sum is free, each that lies within
    the radius is as right as any other, so that a print which shows one of them is confirmed. ``of`` names the arithmetic.

    ``is_proved``: the witnesses need not lie within the radius, for nothing is open in the programs that gave them. ``numbers`` are
    all that the value may be, where they are few.
    """

    decimal: Decimal
    radius: Decimal
    witnesses: tuple[float, ...] = ()
    of: str = "certified"
    is_proved: bool = False
    numbers: tuple[float, ...] = ()

    def judge(self, text: str) -> Judgement:
        """The verdict on a printed number: never one that only a part of the enclosure gives.

        UNDECIDED: some value within the radius rounds to the text, and some does not. Where none does, and the ends of the
        enclosure disagree on how far off the print is, the milder verdict is given, with both corrected texts.
        """
        if any(
            judge(value, text).verdict is Verdict.CONFIRMED for value in self.witnesses if self.is_proved or self.encloses(value)
        ):
            return Judgement(Verdict.CONFIRMED, text)
        if not self.radius.is_finite():
            return Judgement(Verdict.UNDECIDED, "no digit is certain")
        if self.decimal.is_finite() and not Decimal(normalized(text)).is_finite():
            return Judgement(Verdict.WRONG, self.certain)
        low, high = (judge(end, text) for end in self.ends)
        if low == high:
            return low
        corrected = self.near_zero(text) if self.radius > abs(self.decimal) else either(low.corrected, high.corrected)
        if self.admits(text):
            return Judgement(Verdict.UNDECIDED, corrected)
        return Judgement(min(low.verdict, high.verdict, key=MILDEST.index), corrected)

    def encloses(self, value: float) -> bool:
        """Whether a floating-point number lies within a finite radius."""
        return self.radius.is_finite() and bool(np.isfinite(value)) and self.ends[0] <= Decimal(value) <= self.ends[1]

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The ends of the enclosure, with all their digits."""
        with localcontext() as context:
            context.prec = ALL_DIGITS
            return self.decimal - self.radius, self.decimal + self.radius

    def near_zero(self, text: str) -> str:
        """The corrected text of a number whose sign is not certain: that of 0, and how large it may be where it shows."""
        zero, size = judge(Decimal(0), text).corrected, abs(self.decimal) + self.radius
        texts = {judge(end, text).corrected for end in (size, -size)}
        return zero if all(Decimal(other) == Decimal(zero) for other in texts) else f"{zero} or at most {size:.1e} in size"

    def described(self, text: str) -> str:
        """The value with the digits that are certain, and how many digits after the last one of the printed ``text`` are."""
        if not self.radius:
            return f"{self.of} {written(self.decimal) if self.decimal.is_infinite() else f'{self.decimal:.25g}'} (exact)"
        if not self.radius.is_finite():
            return f"{self.of}: no digit is certain"
        further = unit(text).adjusted() - self.radius.adjusted() - 1
        certain = f"up to {self.radius:.1e} away" if further < 0 else f"{further} further digits guaranteed"
        given = f"; given by engines: {', '.join(map(repr, dict.fromkeys(self.witnesses)))}" if self.witnesses else ""
        return f"{self.of} {self.certain} ({certain}{given})"

    def is_tie(self, text: str) -> bool:
        """Whether the value is exact and lies half a unit of the last place from the printed number."""
        printed = Decimal(normalized(text))
        return not self.radius and printed.is_finite() and 2 * abs(printed - self.decimal) == unit(text)

    @property
    def certain(self) -> str:
        """The decimal with as many digits as the radius leaves, at most 25."""
        left = self.decimal.adjusted() - self.radius.adjusted() if self.decimal else 1
        return f"{self.decimal:.{min(max(left, 1), DIGITS)}g}"

    def admits(self, text: str) -> bool:
        """Whether some number within the radius, or one of the few that the value may be, rounds to the text."""
        if self.numbers:
            return any(judge(value, text).verdict is Verdict.CONFIRMED for value in self.numbers)
        printed, (low, high) = Decimal(normalized(text)), self.ends
        if not printed.is_finite():
            return False
        with localcontext() as context:
            context.prec = ALL_DIGITS
            return low - unit(text) / 2 <= printed <= high + unit(text) / 2


def either(low: str, high: str) -> str:
    """Both texts where they are neighbours, else what lies between; one where they are the same number (a zero of either sign)."""
    distance = Decimal(high) - Decimal(low)
    if not distance:
        return high
    return f"{low} or {high}" if distance <= max(unit(low), unit(high)) else f"a number from {low} to {high}"


def certified_value(known: Any, of: str = "certified") -> CertifiedValue:
    """What is known of a number as a value: a certified string, a ball, an exact number, or a float or fraction without error."""
    if isinstance(known, Exact):
        known = known.ball() if known.rational is None else known.rational
    if isinstance(known, float):
        return CertifiedValue(Decimal(known), Decimal(0), of=of)
    if isinstance(known, Fraction):
        return of_fraction(known, of)
    return of_ball(known, of) if isinstance(known, flint.arb) else of_text(str(known), of)


def of_text(text: str, of: str) -> CertifiedValue:
    """A certified string as a value."""
    middle, enclosed, radius = text.partition(ERROR)
    decimal = Decimal(middle)
    if enclosed:
        return CertifiedValue(decimal, Decimal(radius), of=of)
    digits, exponent = decimal.as_tuple().digits, decimal.as_tuple().exponent
    exact = len(digits) < DIGITS or not decimal
    return CertifiedValue(decimal, Decimal(0) if exact else Decimal(5).scaleb(int(exponent) - 1), of=of)


def of_fraction(fraction: Fraction, of: str) -> CertifiedValue:
    """A fraction as a value; one that is not a short decimal is off by less than a unit in the last of its digits."""
    with localcontext() as context:
        context.prec = RATIONAL_DIGITS
        decimal = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    exact = Fraction(decimal) == fraction
    return CertifiedValue(decimal, Decimal(0) if exact else abs(decimal).scaleb(1 - RATIONAL_DIGITS), of=of)


def enclosure(known: Any) -> flint.arb:
    """What is known of a number as a ball."""
    if isinstance(known, flint.arb):
        return known
    with flint.ctx.workprec(ENCLOSURE_BITS):
        if isinstance(known, Exact):
            return known.ball()
        value = certified_value(known)
        middle, radius = flint.arb(str(value.decimal)), flint.arb("inf" if value.radius.is_infinite() else str(value.radius))
        return flint.arb(middle, radius.upper()) if value.radius else middle


def exact_decimal(ball: flint.arb) -> Decimal | None:
    """The decimal of an exact ball, a whole number over a power of two; None where it has very many digits."""
    mantissa, exponent = (int(number) for number in ball.mid().man_exp())
    if abs(exponent) > EXACT_EXPONENT:
        return None
    with localcontext() as context:
        context.prec = 1000
        return (mantissa * Decimal(2) ** exponent).normalize() + 0


def of_ball(ball: flint.arb, of: str) -> CertifiedValue:
    """The ball as a value, a little wider; without a finite radius where the ball has none."""
    if ball > GREATEST or ball < -GREATEST:
        return CertifiedValue(Decimal("Infinity") if ball > 0 else Decimal("-Infinity"), Decimal(0), of=of)
    if not ball.is_finite():
        return CertifiedValue(Decimal(0), Decimal("Infinity"), of=of)
    if ball.is_exact() and (exact := exact_decimal(ball)) is not None:
        return CertifiedValue(exact, Decimal(0), of=of)
    with flint.ctx.workprec(ENCLOSURE_BITS):
        middle, error = Decimal(ball.mid().str(40, radius=False)), Decimal(ball.rad().str(5, radius=False))
    return CertifiedValue(middle, 2 * error + abs(middle).scaleb(-38), of=of)

"""A certified value and its verdict on a printed number.

A certified string of 25 significant digits is the exact value, correctly rounded; a shorter one is the exact value itself.
"""

from decimal import Decimal
from typing import NamedTuple

import flint

from verification.verdicts.verdict import Judgement, Verdict, judge, unit

DIGITS = 25
ENCLOSURE_BITS = 200


class CertifiedValue(NamedTuple):
    """A certified decimal and its radius: the exact value is at most so far from it."""

    decimal: Decimal
    radius: Decimal

    def judge(self, text: str) -> Judgement:
        """The verdict on a printed number: UNDECIDED where the exact value may lie on either side of a rounding boundary."""
        low, high = judge(self.decimal - self.radius, text), judge(self.decimal + self.radius, text)
        return low if low == high else Judgement(Verdict.UNDECIDED, f"{low.corrected} or {high.corrected}")

    def described(self, text: str) -> str:
        """The certified value, and how many digits after the last one of the printed ``text`` are guaranteed."""
        if not self.radius:
            return f"certified {self.decimal:.25g} (exact)"
        further = max(unit(text).adjusted() - self.radius.adjusted() - 1, 0)
        return f"certified {self.decimal:.25g} ({further} further digits guaranteed)"

    def admits(self, text: str) -> bool:
        """Whether some number within the radius rounds to the text."""
        return abs(Decimal(text) - self.decimal) <= self.radius + unit(text) / 2


def certified_value(text: str) -> CertifiedValue:
    """A certified string as a value."""
    decimal = Decimal(text)
    digits, exponent = decimal.as_tuple().digits, decimal.as_tuple().exponent
    exact = len(digits) < DIGITS or not decimal
    return CertifiedValue(decimal, Decimal(0) if exact else Decimal(5).scaleb(int(exponent) - 1))


def enclosure(text: str) -> flint.arb:
    """The ball that a certified string stands for."""
    radius = certified_value(text).radius
    with flint.ctx.workprec(ENCLOSURE_BITS):
        return flint.arb(text, flint.arb(str(radius)).upper()) if radius else flint.arb(text)

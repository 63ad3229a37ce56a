"""Printed numbers as intervals: every number that rounds to the print."""

from decimal import Decimal
from typing import NamedTuple

from verification.verdicts.verdict import unit


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether both have a number in common."""
        return self.low <= other.high and other.low <= self.high


def interval(text: str) -> Interval:
    """All numbers that round to a printed one."""
    return Interval(Decimal(text) - unit(text) / 2, Decimal(text) + unit(text) / 2)


def half_square(output: Interval, target: Decimal) -> Interval:
    """All values of ``(o - t)^2 / 2``."""
    ends = sorted(abs(end - target) for end in output)
    low = Decimal(0) if output.low <= target <= output.high else ends[0]
    return Interval(low**2 / 2, ends[1] ** 2 / 2)


def half_squared_error(outputs: list[str], targets: list[str]) -> Interval:
    """All losses, half the sum of squares, that printed outputs admit."""
    terms = [half_square(interval(output), Decimal(target)) for output, target in zip(outputs, targets, strict=True)]
    return Interval(sum((term.low for term in terms), Decimal(0)), sum((term.high for term in terms), Decimal(0)))

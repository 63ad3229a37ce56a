"""Printed texts of a number of the oracle: the right one, and the same changed by one unit in the last place."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import written
from verification.random_examples.truth.numbers import sign

NEARLY = mpmath.mpf(10) ** -60
UNSURE = mpmath.mpf(10) ** -80
"""Between this and ``ZERO`` a number may be what differences of decimals leave of 0: it is not printed."""
MOST_DIGITS = 40


class Format(NamedTuple):
    """``fixed`` decimals, ``scientific`` with decimals, or ``significant`` digits, so many; ``mark`` writes the exponent."""

    how: str
    digits: int
    mark: str = "e+"
    point: bool = False


@st.composite
def formats(draw: st.DrawFn) -> Format:
    """What a program's format may be; three decimals most often."""
    how = draw(st.sampled_from(("fixed", "fixed", "significant", "scientific")))
    count = draw(st.sampled_from((3, 4, 8, 2, 6, *range(1, 21)))) if how != "fixed" or draw(st.integers(0, 9)) else 0
    return Format(how, count, draw(st.sampled_from(("e+", "e", "E"))), draw(st.booleans()))


@dataclass(frozen=True)
class Printed:
    """A printed number: whole units of its last place, the places after its point, its exponent, how that is written.

    An epoch is ``fixed``: it says of what other numbers are, and is never changed.
    """

    units: int
    places: int
    negative: bool
    exponent: str = ""
    point: bool = False
    fixed: bool = False

    @property
    def text(self) -> str:
        """As it is printed; a negative number that rounds to 0 keeps its sign."""
        digits = written(abs(self.units), self.places)
        return ("-" if self.negative else "") + digits + ("." if self.point and not self.places else "") + self.exponent

    def changed(self, units: int) -> "Printed":
        """So many units in the last place more, the other way where a mantissa would lose or gain a digit; the sign of 0 stays.

        With an exponent, 0 has no last place: it becomes a one.
        """
        changed = self.units + (0 if self.fixed else units)
        if self.exponent and units and not self.units:
            changed = units * 10**self.places
        elif self.exponent and len(str(abs(changed))) != len(str(abs(self.units))):
            changed = self.units - units
        return replace(self, units=changed, negative=changed < 0 if changed else self.negative)


def rounded(value: Any, places: int) -> int | None:
    """The nearest whole number of units; of a half the even one; None where it is nearly a half, and not certainly one."""
    scaled = abs(value) * mpmath.mpf(10) ** places
    low = int(mpmath.floor(scaled))
    above_half = scaled - low - mpmath.mpf(1) / 2
    if abs(above_half) < UNSURE:
        return low + low % 2
    return None if abs(above_half) < NEARLY else low + int(above_half > 0)


def printed(value: Any, form: Format) -> Printed | None:
    """A number in a format; None where its digits are not certain, or too many.

    What differences take for 0 may be any number that is nearer to 0 than they see: with an exponent, its digits are unknown.
    """
    if not mpmath.isfinite(value) or (abs(value) < UNSURE and (sign(value) or form.how == "scientific")):
        return None
    value = value if sign(value) else mpmath.mpf(0)
    magnitude = int(mpmath.floor(mpmath.log10(abs(value)) + UNSURE)) if value else 0
    if form.how == "fixed":
        return (
            None
            if magnitude + form.digits > MOST_DIGITS
            else of_units(value, rounded(value, form.digits), form.digits, "", form.point)
        )
    decimals = form.digits - 1 if form.how == "significant" else form.digits
    if form.how == "significant" and 0 <= decimals - magnitude <= MOST_DIGITS and magnitude >= -5:
        return of_units(value, rounded(value, decimals - magnitude), decimals - magnitude, "", form.point)
    units = rounded(value, decimals - magnitude)
    if units == 10 ** (decimals + 1):
        magnitude, units = magnitude + 1, 10**decimals
    return of_units(value, units, decimals, written_exponent(form.mark, magnitude), point=False)


def of_units(value: Any, units: int | None, places: int, exponent: str, point: bool) -> Printed | None:
    """The printed number of so many units, with the sign of ``value``."""
    return None if units is None else Printed(units if value >= 0 else -units, places, value < 0, exponent, point)


def written_exponent(mark: str, exponent: int) -> str:
    """``e+05``, ``e5`` or ``E5``."""
    return f"e{exponent:+03d}" if mark == "e+" else f"{mark}{exponent}"

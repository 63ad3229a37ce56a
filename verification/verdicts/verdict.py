"""Does the value round to the printed text?"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from enum import Enum
from typing import NamedTuple


class Verdict(Enum):
    """The judgement of one printed number."""

    CONFIRMED = "confirmed"
    TRUNCATED = "truncated"
    OFF = "off"
    WRONG = "wrong"
    UNDECIDED = "undecided"


WORDS = {"True": "1", "False": "0"}  # what NumPy prints for truth values


LONGEST = 10_000  # digits of a corrected text: a value that has more is written with an exponent


class Judgement(NamedTuple):
    """A verdict and the text that should have been printed."""

    verdict: Verdict
    corrected: str


def rounded_like(value: Decimal, like: str, rounding: str) -> str:
    """``value`` written with the decimals (and the exponent) of the text ``like``; a negative zero keeps its sign."""
    mantissa, mark, exponent = like.partition("e" if "e" in like else "E")
    scale = int(exponent) if mark else 0
    places = len(mantissa.partition(".")[2])
    with localcontext() as context:
        context.prec = max(1000, value.adjusted() - scale + places + 10)
        rounded = value.scaleb(-scale).quantize(Decimal(1).scaleb(-places), rounding)
    point = "." if mantissa.endswith(".") else ""
    return f"{rounded:f}{point}{mark}{exponent}"


def corrected_text(value: Decimal, printed: str) -> str:
    """The value as the program that printed ``printed`` would write it.

    That is rounded to the same place; but in scientific notation, where its magnitude is another than the printed one, normalised,
    with as many significant digits as are printed: ``5.00e-01`` in place of ``49968525.90e-08``.
    """
    mantissa, mark, exponent = printed.partition("e" if "e" in printed else "E")
    n_digits = max(len(re.sub(r"[^0-9]", "", mantissa).lstrip("0")), 1)
    digits, _, power = f"{value:.{n_digits - 1}e}".partition("e")
    if not mark or not value or int(power) == Decimal(printed).adjusted():
        return rounded_like(value, printed, ROUND_HALF_EVEN)
    width = len(exponent.lstrip("+-"))
    plus = "+" if exponent.startswith("+") or width > 1 else ""
    return f"{digits}{mark}{'-' if int(power) < 0 else plus}{abs(int(power)):0{width}d}"


def normalized(text: str) -> str:
    """A printed number without what carries no meaning: a plus sign, a missing zero before the point; truth values as numbers."""
    text = WORDS.get(text, text)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.removeprefix("+"))
    return sign + ("0" + digits if digits.startswith(".") else digits)


def unit(text: str) -> Decimal:
    """One unit in the last place of a printed number."""
    exponent = Decimal(normalized(text)).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def written(value: float | Decimal) -> str:
    """The number as a program prints it, an infinity as ``inf``."""
    return str(value).replace("Infinity", "inf")


def judge(value: float | Decimal, text: str) -> Judgement:
    """Judge a printed number against the value that was computed for it.

    CONFIRMED: the value rounds to this text, sign and trailing zeros included (``-0.000`` is a negative number that rounds to
    zero). TRUNCATED: the value cut off, not rounded, is this text. OFF: one unit in the last place away. WRONG: further away, or of
    the other sign. A float means its exact binary value; a value halfway between two texts rounds to the even digit, as in
    Python and NumPy.
    """
    exact, printed = Decimal(value), normalized(text)
    if not exact and not (printed.startswith("-") and exact.is_signed()):
        exact = abs(exact)  # an exact zero has no sign, but a program prints that of a negative one
    if not exact.is_finite() or not Decimal(printed).is_finite():
        same = str(exact).lower() == str(Decimal(printed)).lower()
        return Judgement(Verdict.CONFIRMED if same else Verdict.WRONG, text if same else written(value))
    if exact and exact.adjusted() - Decimal(printed).adjusted() > LONGEST:
        return Judgement(Verdict.WRONG, f"{exact:.25e}")
    corrected = rounded_like(exact, printed, ROUND_HALF_EVEN)
    if corrected == printed:
        return Judgement(Verdict.CONFIRMED, corrected)
    if rounded_like(exact, printed, ROUND_DOWN) == printed:
        return Judgement(Verdict.TRUNCATED, corrected_text(exact, printed))
    off = abs(Decimal(corrected) - Decimal(printed)) == unit(printed)
    return Judgement(Verdict.OFF if off else Verdict.WRONG, corrected_text(exact, printed))

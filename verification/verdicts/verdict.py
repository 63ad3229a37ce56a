"""Does the value round to the printed text?"""

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
        context.prec = 1000
        rounded = value.scaleb(-scale).quantize(Decimal(1).scaleb(-places), rounding)
    point = "." if mantissa.endswith(".") else ""
    return f"{rounded:f}{point}{mark}{exponent}"


def normalized(text: str) -> str:
    """A printed number without what carries no meaning: a plus sign, a missing zero before the point; truth values as numbers."""
    text = WORDS.get(text, text)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.removeprefix("+"))
    return sign + ("0" + digits if digits.startswith(".") else digits)


def unit(text: str) -> Decimal:
    """One unit in the last place of a printed number."""
    exponent = Decimal(normalized(text)).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


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
        return Judgement(Verdict.CONFIRMED if same else Verdict.WRONG, text if same else str(value))
    corrected = rounded_like(exact, printed, ROUND_HALF_EVEN)
    if corrected == printed:
        return Judgement(Verdict.CONFIRMED, corrected)
    if rounded_like(exact, printed, ROUND_DOWN) == printed:
        return Judgement(Verdict.TRUNCATED, corrected)
    off = abs(Decimal(corrected) - Decimal(printed)) == unit(printed)
    return Judgement(Verdict.OFF if off else Verdict.WRONG, corrected)

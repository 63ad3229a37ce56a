"""How one number is printed, and the plain decimal that it stands for: percent, thousands separators, fractions, leading zeros.

A plain decimal has the same last place as the print: ``12.5%`` is 0.125, known to 0.001. A fraction stands for all its digits: it
counts as printed with 20 significant ones.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from worked_examples.limits import LONGEST_NUMBER, number_fault

DIGITS = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
NUMBER = rf"[-+]?{DIGITS}(?:[eE][-+]?[0-9]+)?|[+]?nan|[-+]?inf|True|False"  # linear: no digit fits two places
PERCENT = rf"[-+]?{DIGITS}[ ]?%"
FRACTION = r"[-+]?[0-9]+/0*[1-9][0-9]*"
THOUSANDS = r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,66}(?:\.[0-9]*)?(?!,?[0-9])"
WORDS = ("nan", "+nan", "inf", "-inf", "+inf", "True", "False")  # numbers without digits
PADDED = re.compile(r"^([-+]?)0+(?=[0-9])")
SIGNIFICANT = 20  # of a fraction
DENOMINATOR = 1_000_000  # the greatest that a corrected fraction has
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "percent": re.compile(PERCENT),
    "fraction": re.compile(FRACTION),
    "thousands": re.compile(THOUSANDS),
    "decimal": re.compile(NUMBER),
}


def notation(text: str) -> str:
    """``percent``, ``fraction``, ``thousands`` or ``decimal``; empty for what is not a number."""
    return next((name for name, pattern in PATTERNS.items() if pattern.fullmatch(text)), "")


def is_number(text: str) -> bool:
    """Whether a text is one printed number within the limits."""
    return len(text) <= LONGEST_NUMBER and bool(notation(text)) and not fault(text)


def fault(text: str) -> str:
    """What is wrong with the size of a printed number; empty where nothing is."""
    if text in WORDS:
        return ""
    if len(text) > LONGEST_NUMBER:
        return number_fault(text)
    return next((wrong for part in text.rstrip(" %").split("/") if (wrong := number_fault(part.replace(",", "")))), "")


def plain(text: str) -> str:
    """The plain decimal that a printed number stands for, with the same last place."""
    match notation(text):
        case "percent":
            return shifted(text.rstrip(" %"), -2)
        case "fraction":
            return decimal_of(Fraction(text))
        case _:
            return PADDED.sub(r"\1", text.replace(",", ""), count=1) if "e" not in text.lower() else text


def exact(text: str) -> Fraction | None:
    """The number that is printed, as a fraction; None for a word such as nan."""
    if text in WORDS:
        return None
    return Fraction(text if notation(text) == "fraction" else plain(text))


def like(decimal: str, printed: str) -> str:
    """A plain decimal in the notation of a printed number."""
    if notation(decimal) != "decimal" or decimal in WORDS:
        return decimal
    match notation(printed):
        case "percent":
            return f"{shifted(decimal, 2)}%"
        case "fraction":
            return fraction_of(decimal)
        case "thousands":
            return f"{Decimal(decimal):,f}"
        case _:
            return decimal.zfill(len(printed)) if plain(printed) != printed else decimal


def rewritten(words: str, printed: str) -> str:
    """Words with every plain decimal in them in the notation of a printed number."""
    if plain(printed) == printed:
        return words
    return re.sub(rf"(?<![\w.]){NUMBER}(?![\w.])", lambda match: like(match[0], printed), words)


def shifted(decimal: str, places: int) -> str:
    """A decimal times a power of ten, with all its digits."""
    sign, digits, exponent = Decimal(decimal).as_tuple()
    value = Decimal((sign, digits, int(exponent) + places))
    return f"{value:f}" if int(exponent) + places <= 0 else f"{'-' if sign else ''}{abs(int(value))}"


def decimal_of(fraction: Fraction) -> str:
    """A fraction, rounded to at least 20 significant digits."""
    with localcontext() as context:
        context.prec = SIGNIFICANT
        leading = (Decimal(fraction.numerator) / Decimal(fraction.denominator)).adjusted()
    places = max(SIGNIFICANT - 1 - leading, 0)
    units = round(abs(fraction) * 10**places)
    return f"{Decimal((int(fraction < 0), tuple(map(int, str(units))), -places)):f}"


def fraction_of(decimal: str) -> str:
    """The simple fraction that rounds to these digits; the decimal itself where there is none."""
    fraction = Fraction(decimal).limit_denominator(DENOMINATOR)
    with localcontext() as context:
        context.prec = LONGEST_NUMBER + SIGNIFICANT
        same = Decimal(decimal_of(fraction)).quantize(Decimal(decimal), ROUND_HALF_EVEN) == Decimal(decimal)
    return str(fraction) if same else decimal

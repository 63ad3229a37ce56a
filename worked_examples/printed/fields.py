"""The fields of a format: where its numbers stand, what they are called and what they look like."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

from worked_examples.limits import LONGEST_WORD
from worked_examples.printed.notations import NUMBER

SPEC = re.compile(
    r"(?:.?[<>=^])?[-+ ]?#?0?(?P<width>[0-9]{1,3})?(?P<grouping>,)?(?:\.(?P<precision>[0-9]{1,3}))?(?P<type>[dfFeEgGs%])?"
)
PRINTF = re.compile(
    r"%(?:\((?P<name>[^()]*)\))?[-+ #0]*(?P<width>[0-9]{1,3})?(?:\.(?P<precision>[0-9]{1,3}))?(?P<type>[diufFeEgGs])|%%"
)
BRACKETS = r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]"
ANY = rf"{NUMBER}|{BRACKETS}|[\w.]{{1,30}}\((?:{NUMBER}|{BRACKETS})[^()]*\)"
THOUSAND = "(?:,[0-9]{3})"


class Field(NamedTuple):
    """A field: its name (empty where a column names it), what its number looks like, whether blanks may stand in front."""

    name: str
    pattern: str
    padded: bool


def braces(text: str) -> Iterator[str | Field]:
    """The literals and fields of ``str.format`` or of an f-string."""
    try:
        pieces = [*Formatter().parse(text)]
    except ValueError as error:
        raise ValueError(f"'{text}' is not a format ({error}); write {{{{ for a brace that is printed") from None
    for literal, name, spec, _ in pieces:
        yield literal + (name if name and name.endswith("=") else "")
        if name is not None:
            match = SPEC.fullmatch(spec or "")
            if not match or len(name) > LONGEST_WORD:
                raise ValueError(
                    f"'{{{name}:{spec}}}' is not a field; accepted: {{name}}, {{name:d}}, {{name:8.3f}} and their like"
                )
            yield Field("" if name.isdigit() else name.removesuffix("="), pattern(**match.groupdict()), bool(match["width"]))


def percents(text: str) -> Iterator[str | Field]:
    """The literals and fields of a format of C, as ``%`` takes it in Python."""
    at = 0
    for match in PRINTF.finditer(text):
        yield text[at : match.start()] + ("%" if match[0] == "%%" else "")
        at = match.end()
        if match[0] != "%%":
            found = match.groupdict()
            name = found.pop("name") or ""
            yield Field(name, pattern(**found), bool(match["width"]))
    yield text[at:]


def pattern(width: str | None = None, grouping: str | None = None, precision: str | None = None, type: str | None = None) -> str:  # noqa: A002, ARG001 -- as the groups are called
    """What the number of a field looks like."""
    whole = f"[0-9]{{1,3}}{THOUSAND}{{0,66}}" if grouping else "[0-9]+"
    places = 6 if precision is None else int(precision)
    decimals = rf"\.[0-9]{{{places}}}" if places else ""
    words = "|nan|[-+]?inf"
    match type or "":
        case "d" | "i" | "u":
            return f"[-+]?{whole}"
        case "f" | "F":
            return f"[-+]?{whole}{decimals}{words}"
        case "e" | "E":
            return f"[-+]?[0-9]{decimals}[eE][-+][0-9]{{2,3}}{words}"
        case "%":
            return f"[-+]?{whole}{decimals}%"
        case _:
            return f"[-+]?{whole}(?:\\.[0-9]*)?" if grouping else ANY

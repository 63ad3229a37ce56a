"""Rows in the format of a program's own print: ``">epoch={epoch}, error={error:.3f}"`` or ``"%d %.6f"``.

Fields of ``str.format`` and f-strings have the text in their braces as name; ``%(epoch)d`` has one too, ``{}`` and ``%d`` take
theirs from the columns. A number must be printed as its field says: ``.3f`` has three decimals.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from worked_examples.limits import LONGEST_LINE, PRINTED_NUMBERS
from worked_examples.printed.console import PrintedError, visible
from worked_examples.printed.fields import THOUSAND, Field, braces, percents
from worked_examples.printed.items import PrintedItem, flatten
from worked_examples.printed.parser import parse

BLANKS = re.compile(r"[ \t]+")
IN_NUMBERS = tuple("0123456789.eE")  # what a field may not be followed by: it might belong to the number


class Format(NamedTuple):
    """A compiled format: the names of its fields, and the pattern of a line."""

    names: list[str]
    line: re.Pattern[str]


def compiled(text: str, columns: Sequence[str] = ()) -> Format:
    """A format string with the names of its fields.

    Raises:
        ValueError: for a format that is none, or that does not tell where a number ends.

    """
    if len(text) > LONGEST_LINE or "\n" in text.rstrip("\n"):
        raise ValueError(f"a format of several lines, or of more than {LONGEST_LINE:,} characters; accepted: one line")
    pieces = list(braces(text) if "{" in text else percents(text))
    fields = [piece for piece in pieces if isinstance(piece, Field)]
    unnamed = sum(not field.name for field in fields)
    if not fields:
        raise ValueError(f"'{text}' has no field; accepted: fields such as {{epoch}}, {{loss:.4f}}, %(epoch)d, %.4f")
    if unnamed != len(columns):
        raise ValueError(f"{unnamed} fields without a name, but {len(columns)} columns; write columns = [...], a name for each")
    rest = iter(columns)
    return Format([field.name or next(rest) for field in fields], re.compile(pattern_of(pieces)))


def pattern_of(pieces: Sequence[str | Field]) -> str:
    """The pattern of a line whose runs of blanks are single ones."""
    merged = joined(pieces)
    parts = []
    for position, piece in enumerate(merged):
        if isinstance(piece, str):
            parts.append(re.escape(BLANKS.sub(" ", piece)))
            continue
        before, after = merged[position - 1], merged[position + 1]
        if position + 2 < len(merged):
            check_end(piece, str(after), merged[position + 2])
        own = "%" if str(after).startswith("%") else ""
        blank = " " if not before and position > 1 else " ?" if piece.padded else ""
        parts.append(f"{blank}((?:{piece.pattern}){own})")
        merged[position + 1] = str(after).removeprefix("%")
    return "".join(parts)


def joined(pieces: Sequence[str | Field]) -> list[str | Field]:
    """Literals and fields in turn, a literal first and last, no blanks at either end."""
    merged: list[str | Field] = [""]
    for piece in pieces:
        last = merged[-1]
        if isinstance(last, str) and isinstance(piece, str):
            merged[-1] = last + piece
        elif isinstance(last, str) or isinstance(piece, str):
            merged.append(piece)
        else:
            merged += ["", piece]
    merged += [] if isinstance(merged[-1], str) else [""]
    return [str(merged[0]).lstrip(), *merged[1:-1], str(merged[-1]).rstrip()]


def check_end(field: Field, after: str, following: str | Field) -> None:
    """Refuse a field whose number might go on in the literal behind it, or in the next field."""
    touches = not after and not (isinstance(following, Field) and following.padded)
    if touches or after.startswith(IN_NUMBERS) or (after.startswith(",") and THOUSAND in field.pattern):
        raise ValueError(f"'{field.name}' and the next field may run into each other; accepted: fields with a blank between them")


def rows(text: str, form: Format) -> list[PrintedItem]:
    """Every number of lines in a format, under the names of its fields.

    Raises:
        PrintedError: for a line in another format, and beyond a limit.

    """
    items: list[PrintedItem] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = BLANKS.sub(" ", visible(raw)).strip()
        match = form.line.fullmatch(line) if len(line) <= LONGEST_LINE else None
        if line and not match:
            raise PrintedError(f"line {number}: '{line}' is not in the format; remove the line, or write another format")
        if match:
            items += [value_of(name, value, number) for name, value in zip(form.names, match.groups(), strict=True)]
    if (count := sum(1 for item in items for _ in flatten(item.values))) > PRINTED_NUMBERS:
        raise PrintedError(f"{count:,} numbers in one block; accepted: at most {PRINTED_NUMBERS:,}, split the block")
    return items


def value_of(name: str, value: str, line: int) -> PrintedItem:
    """The number, or the array, of a field."""
    try:
        (item,) = parse(f"field = {value}")
    except PrintedError as error:
        raise PrintedError(f"line {line}: field '{name}': {str(error).removeprefix('line 1: ')}") from None
    return PrintedItem(name, item.values, line)

"""Values of the results as a reader sees them; a missing one is a dash, never a guess."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from verification.records import Digits, EpochResult, ErratumResult, ExampleResult

DASH = "–"
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML, and better not in HTML
LONGEST = 120  # characters in a cell of the verdict table: a few lines


class Grid(NamedTuple):
    """A table: its caption, its columns' names, and its rows, whose first cell names the row."""

    caption: str
    head: list[str]
    rows: list[list[str]]


def anchor(name: str) -> str:
    """An example's id as the name of a link target or a file: no slash, no space."""
    return re.sub(r"[^\w.-]+", "-", name)


def legal(text: str) -> str:
    """The text with U+FFFD for every character that XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)


def bounded(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut off where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def whole(number: int | None) -> str:
    """A whole number with thousands separated."""
    return DASH if number is None else f"{number:,}"


def decimal(number: float | None) -> str:
    """A number to six significant digits."""
    return DASH if number is None else f"{number:.6g}"


def seed_value(number: float | None) -> str:
    """The result of a seed; ``never`` for one that never stops."""
    return "never" if number is None else decimal(number)


def scientific(number: float) -> str:
    """A small number to two significant digits; 0 is not rounded."""
    return f"{number:.1e}" if number else "0"


def digits(value: Digits | None) -> str:
    """Correct digits, or a margin, to two decimals; ``exact`` where there is no error."""
    return DASH if value is None else value if isinstance(value, str) else f"{value:,.2f}"


def fewest(values: Iterable[Digits]) -> Digits | None:
    """The fewest of some correct digits: ``exact`` where all are, None where there are none."""
    known = list(values)
    numbers = [value for value in known if not isinstance(value, str)]
    return min(numbers) if numbers else "exact" if known else None


def stop_epoch(epochs: EpochResult | None, engine: str) -> str:
    """The epoch where an engine's training stops; ``never`` where it runs and does not stop."""
    if epochs is None or engine not in epochs.engines:
        return DASH
    reached = epochs.engines[engine]
    return "never" if reached is None else whole(reached)


def source(name: str, example: ExampleResult) -> str:
    """Where an example is printed; a variant, which has its example's title and source, tells its size."""
    size = name.partition("@")[2]
    places = [place for place in (example.source.document, example.source.section, example.source.listing) if place]
    return ", ".join([*places, *([f"at size {size}"] if size else [])])


def place(erratum: ErratumResult) -> str:
    """Where an erratum is: section, listing and line, the block or the quote, and the lines of the document's text."""
    words = f"\u201c{erratum.quote}\u201d" if erratum.quote else erratum.where
    lines = f"line{'s' if erratum.lines[1:] else ''} {', '.join(map(str, erratum.lines))} of the text" if erratum.lines else ""
    return "; ".join(part for part in (erratum.location, words, lines) if part)


def indexed(name: str, index: tuple[int, ...]) -> str:
    """The name of a printed number with its index: ``W[0, 1]``."""
    return name + (str(list(index)) if index else "")

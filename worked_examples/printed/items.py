"""What a printed block holds: names with nested lists of numbers, as printed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from worked_examples.printed.notations import plain


class PrintedItem(NamedTuple):
    """One name of a printed block with its number or (nested lists of) numbers, as printed."""

    name: str
    values: Any
    line: int


def flatten(values: Any, index: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], str]]:
    """Every number of nested lists with its index."""
    if isinstance(values, str):
        yield index, values
    else:
        for position, value in enumerate(values):
            yield from flatten(value, (*index, position))


def shape_of(values: Any) -> list[str]:
    """The shape of nested lists, as it is printed."""
    shape = []
    while isinstance(values, list):
        shape.append(str(len(values)))
        values = values[0] if values else ""
    return shape


def numbered(
    items: Iterable[PrintedItem], is_count: Callable[[str], bool]
) -> Iterator[tuple[PrintedItem, tuple[int, ...], str, int | None]]:
    """Every number of some items with its item, its index, and the count of its line or of a line above; None where there is none.

    ``is_count`` says of a printed name whether its numbers are counts: of epochs, or of iterations.
    """
    printed, of_line = list(items), dict[int, list[int]]()
    for item in printed:
        counts = [whole(text) for _, text in flatten(item.values)] if is_count(item.name) else []
        of_line.setdefault(item.line, []).extend(count for count in counts if count is not None)
    count: int | None = None
    for item in printed:
        for index, text in flatten(item.values):
            if len(of_line[item.line]) == 1:
                count = of_line[item.line][0]
            elif is_count(item.name):
                count = whole(text)
            yield item, index, text, count


def whole(text: str) -> int | None:
    """The whole number that is printed; None for any other print."""
    digits = plain(text)
    return int(digits) if digits.isascii() and digits.isdigit() else None

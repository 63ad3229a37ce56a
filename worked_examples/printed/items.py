"""What a printed block holds: names with nested lists of numbers, as printed."""

from collections.abc import Iterator
from typing import Any, NamedTuple


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

"""Other contents than a given one: numbers moved, words changed, lists shortened, reversed, and with other entries."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any


def alternatives(value: Any) -> Iterator[Any]:
    """A few values like a given one that differ from it; none of a value of another sort than numbers, texts and collections."""
    yield from (other for other in candidates(value) if other != value)


def candidates(value: Any) -> Iterator[Any]:
    """Values like a given one; some may be the value itself."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Fraction | float | int):
        yield from (value + 1, value - 1, 2 * value + 3, -value - 2, value / 2 + 7)
    elif isinstance(value, str):
        yield from (f"{value} other", value[::-1] + value, "another", "")
    elif isinstance(value, dict):
        yield from (dict(zip(value, entries, strict=True)) for entries in of_entries([*value.values()]))
        yield {}
    elif isinstance(value, list):
        yield from of_entries(value)
        yield from ([], [*value, *value[-1:]], value[:-1], value[::-1])


def of_entries(entries: list[Any]) -> Iterator[list[Any]]:
    """Lists of the same length: every entry changed alike, in as many ways as all of them can be."""
    changed = [list(alternatives(entry)) for entry in entries]
    for number in range(min((len(of_entry) for of_entry in changed), default=0)):
        yield [of_entry[number] for of_entry in changed]

"""The verdict table: its columns, and one row per example."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from report.judging import verdict
from report.values import Entry, anchor, engines, errata_count, least, outcome, ratio, shown, source


class Column(NamedTuple):
    """A column: the group it stands under ("" for none), its name, and its text for an example's results."""

    group: str
    name: str
    cell: Callable[[Entry], str]


class Row(NamedTuple):
    """An example: where to read more, its title and source, one text per column, and whether the last has any."""

    anchor: str
    title: str
    source: str
    cells: list[str]
    has_notes: bool


class Table(NamedTuple):
    """The columns, and the rows in the order of the results."""

    columns: list[Column]
    rows: list[Row]

    @property
    def groups(self) -> list[tuple[str, list[Column]]]:
        """Neighbouring columns of one group."""
        return [(group, list(columns)) for group, columns in groupby(self.columns, key=lambda column: column.group)]


def table(results: Entry) -> Table:
    """The verdict table of a run; ``certified`` and ``float32`` have columns only where some example has them."""
    chosen = list(columns(results))
    return Table(chosen, [row(name, entry, chosen) for name, entry in results["examples"].items()])


def row(name: str, entry: Entry, chosen: list[Column]) -> Row:
    """The row of one example."""
    cells = [column.cell(entry) for column in chosen]
    return Row(anchor(name), entry.get("title") or name, source(name, entry), cells, bool(entry.get("notes")))


def columns(results: Entry) -> Iterator[Column]:
    """The columns of a run's table: what is in print, epochs and digits by engine, notes."""
    names, entries = engines(results), results["examples"].values()
    yield Column("", "Verdict", partial(verdict, engines=names))
    yield Column("Printed", "numbers", lambda entry: ratio(entry.get("printed")))
    yield Column("Printed", "statements", lambda entry: ratio(entry.get("statements")))
    yield Column("Printed", "errata", lambda entry: shown(errata_count(entry)))
    yield Column("Epochs", "book", partial(epochs, who="book"))
    if any("certified" in part(entry, "epochs") for entry in entries):
        yield Column("Epochs", "certified", partial(epochs, who="certified"))
    yield from (Column("Epochs", name, partial(epoch, engine=name)) for name in names)
    yield from (Column("Digits", name, partial(digits, engine=name)) for name in names)
    if any(entry.get("float32") for entry in entries):
        yield from (Column("In float32", name, partial(single, engine=name)) for name in names)
    yield Column("", "Notes", lambda entry: shown(entry.get("notes")))


def part(entry: Entry, name: str) -> Entry:
    """A table of an example's results, empty where it has none."""
    found: dict[str, Any] = entry.get(name) or {}
    return found


def epochs(entry: Entry, who: str) -> str:
    """The epoch that the book prints or that is certified."""
    return shown(part(entry, "epochs").get(who))


def epoch(entry: Entry, engine: str) -> str:
    """The epoch where an engine stops."""
    return outcome(part(entry, "epochs"), engine)


def digits(entry: Entry, engine: str) -> str:
    """The least of an engine's correct digits."""
    return least(part(entry, "digits").get(engine))


def single(entry: Entry, engine: str) -> str:
    """What a reader gets in float32."""
    return outcome(part(entry, "float32"), engine)

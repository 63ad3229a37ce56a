"""The verdict table: its columns, and one row of bounded height for each example."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from report.formatting import DASH, anchor, bounded, digits, fewest, source, stop_epoch, whole
from verification.records import EpochResult, ExampleResult, Results, in_words

Cell = Callable[[ExampleResult], str]


class Column(NamedTuple):
    """A column: its group ("" for none), its name, its text for an example, and the part of the page that it links to."""

    group: str
    name: str
    cell: Cell
    target: str = ""


class Row(NamedTuple):
    """An example: its link target, its title and source, and one text per column."""

    anchor: str
    title: str
    source: str
    cells: list[str]


class Table(NamedTuple):
    """The columns, and the rows in the order of the results."""

    columns: list[Column]
    rows: list[Row]

    @property
    def groups(self) -> list[tuple[str, list[Column]]]:
        """Neighbouring columns of one group."""
        return [(group, list(columns)) for group, columns in groupby(self.columns, key=lambda column: column.group)]


def verdict_table(results: Results) -> Table:
    """The verdict table of a run; certified epochs and smaller types have columns only where some example has them."""
    chosen = [*printed_columns(), *epoch_columns(results), *engine_columns(results), Column("", "Notes", notes, "notes")]
    return Table(chosen, [row(name, example, chosen) for name, example in results.examples.items()])


def row(name: str, example: ExampleResult, chosen: list[Column]) -> Row:
    """The row of one example."""
    cells = [bounded(column.cell(example)) for column in chosen]
    return Row(anchor(name), bounded(example.title), bounded(source(name, example)), cells)


def printed_columns() -> Iterator[Column]:
    """The verdict, and what is printed."""
    yield Column("", "Verdict", lambda example: in_words(example.verdict))
    yield Column("Printed", "numbers", numbers)
    yield Column("Printed", "statements", statements)
    yield Column("Printed", "errata", lambda example: whole(len(example.errata) or None), "errata")


def epoch_columns(results: Results) -> Iterator[Column]:
    """The epochs where a training stops: in print, certified, by engine."""
    yield Column("Stop epoch", "printed", lambda example: whole((example.epochs or EpochResult()).printed))
    if any(example.epochs and example.epochs.certified is not None for example in results.examples.values()):
        yield Column("Stop epoch", "certified", lambda example: whole((example.epochs or EpochResult()).certified))
    yield from (Column("Stop epoch", engine, partial(reached, engine=engine)) for engine in results.engines)


def engine_columns(results: Results) -> Iterator[Column]:
    """The measured correct digits of every engine, and how its trainings in smaller types end."""
    yield from (Column("Correct digits", engine, partial(least_digits, engine=engine)) for engine in results.engines)
    examples = results.examples.values()
    if any(example.float32 for example in examples):
        yield from (Column("Ends in float32", engine, partial(float32, engine=engine)) for engine in results.engines)
    if any(example.float16 for example in examples):
        yield from (Column("Ends in float16", engine, partial(float16, engine=engine)) for engine in results.engines)


def numbers(example: ExampleResult) -> str:
    """How many of the printed numbers are confirmed."""
    return f"{example.printed.confirmed:,}/{example.printed.total:,}" if example.printed.total else DASH


def statements(example: ExampleResult) -> str:
    """How many of the statements hold."""
    return f"{sum(statement.holds for statement in example.statements)}/{len(example.statements)}" if example.statements else DASH


def notes(example: ExampleResult) -> str:
    """The number of notes."""
    return whole(len(example.notes) or None)


def reached(example: ExampleResult, engine: str) -> str:
    """The epoch where an engine stops."""
    return stop_epoch(example.epochs, engine)


def least_digits(example: ExampleResult, engine: str) -> str:
    """The fewest correct digits of any quantity that were measured on an engine."""
    return digits(fewest(example.correct_digits.get(engine, {}).values()))


def float32(example: ExampleResult, engine: str) -> str:
    """How the training ends in float32."""
    return str(example.float32.get(engine, DASH))


def float16(example: ExampleResult, engine: str) -> str:
    """How the training ends in float16."""
    return str(example.float16.get(engine, DASH))

"""The log of a training: rows that its program prints, and when: every so many epochs, or after so many updates."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator
from typing_extensions import Self

from worked_examples.printed.moments import TAKEN
from worked_examples.printed.notations import notation, plain
from worked_examples.schema.base import Size, Word
from worked_examples.schema.page import PrintedBlock
from worked_examples.schema.trainings.optimizer import named_or_table

Taken = Annotated[str, Word("a moment of a training", TAKEN)]
TakenByName = Annotated[
    Annotated[Taken, Tag("a name")] | Annotated[dict[str, Taken], Tag("a table")],
    Discriminator(named_or_table),
]


class Table(PrintedBlock):
    """A printed table: a row begins where its first name is printed again."""

    formulas: dict[str, str] = Field(
        {}, description="formulas for numbers, by the others of the row or the last ones of earlier tables"
    )

    @property
    def keyed_formulas(self) -> dict[str, str]:
        """Every formula by its key."""
        return {f"formulas.{name}": text for name, text in self.formulas.items()}

    @property
    def lines(self) -> list[dict[str, str]]:
        """The scalar numbers of every row, by name, as plain decimals; a fraction stays one."""
        rows: list[dict[str, str]] = []
        items = [item for item in self.items if isinstance(item.values, str)]
        for item in items:
            if item.name == items[0].name:
                rows.append({})
            rows[-1][item.name] = item.values if notation(item.values) == "fraction" else plain(item.values)
        return rows


class RunLog(Table):
    """The log of a run that nobody can repeat: how its rows hang together is judged, its results get percentiles among seeds."""

    updates: Annotated[str, Field(min_length=1)] = Field(
        description="the updates made when a row is printed, a formula of its numbers and of 'line', its position from 0"
    )

    @property
    def keyed_formulas(self) -> dict[str, str]:
        """With the formula of the updates."""
        return {"updates": self.updates, **super().keyed_formulas}


class LogBlock(PrintedBlock):
    """Rows of a log, one a line: each is of the last printed epoch, or of the one that follows from ``every``."""

    taken: TakenByName = Field(description="when the program takes the numbers; or a table with one moment for each printed name")
    every: Size | None = Field(
        None,
        description="rows are printed at the epochs that so many divide; epoch is that of the first row, where it is another. "
        "An epoch that is printed too is then a claim like any other number",
    )

    @model_validator(mode="after")
    def rows_known(self) -> Self:
        """The first row's epoch is counted on from only by every."""
        if self.epoch is not None and self.every is None:
            raise ValueError("epoch: that of the first row; write every = N too, the epochs from row to row")
        return self

    @model_validator(mode="after")
    def taken_are_printed(self) -> Self:
        """Every moment is that of a printed name."""
        printed = {item.name for item in self.items}
        for name in self.taken if isinstance(self.taken, dict) else ():
            if name not in printed:
                raise ValueError(f"taken: '{name}' is not printed here; printed: {', '.join(sorted(printed))}")
        return self

    def moment_of(self, name: str) -> str:
        """When the number of a printed name is taken; empty where the table does not say it."""
        return self.taken.get(name, "") if isinstance(self.taken, dict) else self.taken

    def lines(self) -> Iterator[int]:
        """The lines that are rows."""
        yield from dict.fromkeys(item.line for item in self.items)

    def epochs(self, first: int) -> dict[int, int]:
        """The epoch of every row by its line, where they follow from ``every``; ``first`` is the number of the first epoch."""
        if self.every is None:
            return {}
        start = -(-first // self.every) * self.every if self.epoch is None else self.epoch
        return {line: start + row * self.every for row, line in enumerate(self.lines())}

"""The log of a training: rows that its program prints, one every so many epochs, and when it takes their numbers."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator
from typing_extensions import Self

from worked_examples.printed.moments import TAKEN
from worked_examples.schema.base import Size, Word
from worked_examples.schema.page import PrintedBlock
from worked_examples.schema.trainings.optimizer import named_or_table

Taken = Annotated[str, Word("a moment of a training", TAKEN)]
TakenByName = Annotated[
    Annotated[Taken, Tag("a name")] | Annotated[dict[str, Taken], Tag("a table")],
    Discriminator(named_or_table),
]


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

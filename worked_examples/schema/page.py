"""What is printed: blocks of numbers, statements about a training, and the errata of both."""

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import Self

from worked_examples.identifiers import DocumentName, ExampleId
from worked_examples.limits import EPOCHS, PRINTED_IN_ALL
from worked_examples.printed.console import PrintedError
from worked_examples.printed.formats import Format, compiled, rows
from worked_examples.printed.items import PrintedItem, flatten
from worked_examples.printed.parser import parse
from worked_examples.printed.quantities import Quantity, quantity
from worked_examples.printed.tokens import UNIT
from worked_examples.schema.base import Epoch, Line, Matching, Model, Number, Size, Word
from worked_examples.schema.errata import Erratum, NumberErratum, WordErratum

TAKEN_FROM = ("page", "literature", "count")
ARITHMETICS = ("exact", "float64", "float32", "rounded chain")


class Source(Model):
    """Where the example is found: document, section, listing."""

    document: DocumentName = Field(description="the folder of the fixture; what the document is, its book.toml says")
    section: Line
    listing: Line = ""


class PrintedBlock(Model):
    """A printed block: the console's text, where it is printed, and the epoch of its numbers unless the text says the epoch."""

    where: Line
    text: str
    format: str = Field(
        "", description='of the program\'s own print, one row a line: ">epoch={epoch}, error={error:.3f}" or "%d %.6f"'
    )
    columns: list[Line] = Field([], description="the names of the fields of the format that have none: {} and %d")
    units: list[Annotated[str, Matching(UNIT, "a word such as ms or px")]] = Field(
        [], description="words that stand behind numbers and change nothing: 3 ms, 12 px"
    )
    taken_from: Annotated[str, Word("a source of numbers", TAKEN_FROM)] = Field(
        "page", description="page: printed in the document; literature or count: what is verified beside it, counted apart"
    )
    epoch: Epoch | None = Field(None, description="as the book counts")
    iteration: Epoch | None = Field(None, description="of an iterated calculation, as the book counts; 0 is its start")
    names: dict[str, str] = Field({}, description="names of this block only; also whole lines of words, without a colon at the end")
    arithmetic: Annotated[str, Word("an arithmetic", ARITHMETICS)] = Field(
        "exact",
        description=(
            "float64 or float32 where the block shows the rounding errors of the type itself; "
            "rounded chain where the page carries its own rounded numbers on"
        ),
    )
    undecided: list[str] = Field(
        [], description="printed names of which some number cannot be decided by what the page says; decided after all, they fail"
    )
    truncated: list[str] = Field(
        [],
        description="printed names of which a number is cut off instead of rounded, as abbreviations may be; if none is, they fail",
    )
    errata: list[NumberErratum] = []

    @model_validator(mode="after")
    def read_in_one_way(self) -> Self:
        """A format can be compiled, and names its columns and units itself."""
        if self.columns and not self.format:
            raise ValueError("columns: they name the fields of a format; write format, or remove columns")
        if self.units and self.format:
            raise ValueError("units: a format has them in its own words; remove units")
        try:
            self.compiled  # noqa: B018 -- computed once
        except ValueError as error:
            raise ValueError(f"format: {error}") from None
        return self

    @model_validator(mode="after")
    def readable(self) -> Self:
        """Refuse a text that the parser of printed blocks cannot read, or one without a number."""
        try:
            empty = self.n_numbers == 0
        except PrintedError as error:
            raise ValueError(f"text: {error}") from None
        if empty:
            raise ValueError("text: there is no number in this block")
        return self

    @model_validator(mode="after")
    def announced_are_printed(self) -> "PrintedBlock":
        """What is announced as undecided or cut off is printed in this block, and named once."""
        printed = {item.name for item in self.items} if self.undecided or self.truncated else set[str]()
        for key, announced in (("undecided", self.undecided), ("truncated", self.truncated)):
            for position, name in enumerate(announced):
                if name not in printed or name in announced[:position]:
                    raise ValueError(f"{key}: '{name}' is not printed here, or named twice; printed: {', '.join(sorted(printed))}")
        return self

    @cached_property
    def items(self) -> Sequence[PrintedItem]:
        """The names of the block with their numbers, read once."""
        return tuple(rows(self.text, self.compiled) if self.compiled else parse(self.text, self.names, self.units))

    @cached_property
    def compiled(self) -> Format | None:
        """The format, if there is one."""
        return compiled(self.format, self.columns) if self.format else None

    @cached_property
    def n_numbers(self) -> int:
        """How many numbers the block prints."""
        return sum(1 for item in self.items for _ in flatten(item.values))


class Repair(Model):
    """What text recognition made of some words or numbers of the page, and what stands there."""

    recognised: Line
    restored: Line


class TrainingInType(Model):
    """A training of this suite, and whether it stops at the printed epoch in a smaller type too."""

    example: str
    reaches_printed_epoch: bool


class Statement(Model):
    """A sentence in our words, and its claim: one of updates, passes, loss_above, fewer_epochs_than and trainings.

    All but the last are about the example's own training.
    """

    where: Line
    says: str
    updates: Annotated[int, Field(strict=True, ge=1, le=EPOCHS)] | None = Field(
        None, description="epochs that are complete when training stops"
    )
    passes: Annotated[int, Field(strict=True, ge=1, le=EPOCHS)] | None = Field(
        None, description="epochs that are begun when training stops: one more, where the criterion is tested before the update"
    )
    loss_above: Number | None = Field(None, description="the loss at `epoch` is above this")
    epoch: Epoch | None = Field(None, description="as the book counts; for loss_above")
    fewer_epochs_than: str | None = Field(None, description="the id of another example that takes more epochs")
    trainings: list[TrainingInType] = Field([], description="those that confirm or refute what is said of dtype")
    dtype: Annotated[str, Word("a smaller type", ("float32", "float16"))] | None = Field(
        None, description="for trainings, whose ends in it are recorded in fixtures/precision.json"
    )
    at_least_times: Size = Field(1, description="and how many times more, in our reading of the sentence")
    errata: list[Erratum] = Field([], max_length=1)

    @model_validator(mode="after")
    def one_claim(self) -> "Statement":
        """A statement makes exactly one claim, a loss is claimed at an epoch, and trainings are those in a type."""
        claims = (self.updates, self.passes, self.loss_above, self.fewer_epochs_than, self.trainings or None)
        if sum(claim is not None for claim in claims) != 1:
            raise ValueError("exactly one of updates, passes, loss_above, fewer_epochs_than, trainings must be given")
        if bool(self.trainings) != (self.dtype is not None):
            raise ValueError("trainings and dtype belong together")
        if (self.epoch is None) != (self.loss_above is None):
            raise ValueError("loss_above and epoch belong together")
        return self


class ExampleBase(Model):
    """What examples of every kind share: where they come from, and what is printed.

    ``judged`` are the tables of print that are judged in examples of the kind, ``arithmetics`` those that their blocks may state.
    """

    judged: ClassVar[tuple[str, ...]] = ("printed",)
    arithmetics: ClassVar[tuple[str, ...]] = ARITHMETICS
    id: ExampleId
    title: Line
    source: Source
    provenance: Annotated[str, Word("a provenance", ("printed", "recovered", "random", "ours"))] = Field(
        description="of the inputs: printed, recovered from what is printed, random by a seed of ours, or an example of ours"
    )
    remarks: list[str] = Field([], description="what a reader must know: conventions, corrected text recognition, recovered inputs")
    printed: Sequence[PrintedBlock] = []
    repairs: list[Repair] = Field([], description="of the copy of the page that was read, where it is not what is printed")
    statements: list[Statement] = []
    errata: list[WordErratum] = Field([], description="errata in words, code or labels, outside every block")
    file: SkipJsonSchema[Path] = Field(Path(), description="the file that the example was read from; the loader sets it")

    @classmethod
    def written_keys(cls) -> list[str]:
        """The keys that a fixture may write: all but the file."""
        return [name for name in super().written_keys() if name != "file"]

    @model_validator(mode="after")
    def in_its_document(self) -> "ExampleBase":
        """The document is the folder that the id names."""
        if self.source.document != (folder := self.id.partition("/")[0]):
            raise ValueError(f"source.document: '{self.source.document}' is not the folder of the id; expected '{folder}'")
        return self

    @model_validator(mode="after")
    def nothing_unjudged(self) -> Self:
        """Nothing is written that no check would judge, and no arithmetic that would be ignored."""
        for name in ("printed", "statements"):
            if getattr(self, name) and name not in self.judged:
                raise ValueError(f"{name}: not judged in an example of this kind; write an example of a kind that computes it")
        for position, block in enumerate(self.blocks):
            if block.arithmetic not in self.arithmetics:
                accepted = f"accepted in an example of this kind: {', '.join(self.arithmetics)}"
                raise ValueError(f"{self.key_of(position)}.arithmetic: '{block.arithmetic}'; {accepted}")
        return self

    @property
    def blocks(self) -> Sequence[PrintedBlock]:
        """All blocks of printed numbers."""
        return self.printed

    def key_of(self, position: int) -> str:
        """The key of a block."""
        return f"printed[{position}]"

    @model_validator(mode="after")
    def of_no_iteration(self) -> Self:
        """Only a calculation has iterations."""
        for position, block in enumerate(self.printed):
            if block.iteration is not None and "iteration" not in type(self).model_fields:
                raise ValueError(f"printed[{position}].iteration: only a calculation has iterations; write epoch, or remove it")
        return self

    @model_validator(mode="after")
    def small_enough(self) -> Self:
        """All printed blocks together are within the limits."""
        if (count := sum(block.n_numbers for block in self.blocks)) > PRINTED_IN_ALL:
            raise ValueError(f"printed: {count:,} numbers; accepted: at most {PRINTED_IN_ALL:,} in one fixture")
        return self


def lookup(names: dict[str, str], block: PrintedBlock, name: str, formulas: Collection[str] = ()) -> Quantity:
    """The quantity that a printed name means; the names of the block come before those of the example.

    A formula of ``[quantities]`` means itself.

    Raises:
        ValueError: where nothing has the name.

    """
    itself = name if name in formulas else "epoch" if name.lower() == "epoch" else ""
    words = block.names.get(name) or names.get(name) or itself
    if not words:
        known = {"epoch": "", **names, **dict.fromkeys(formulas), **block.names}
        raise ValueError(f"'{name}' has no entry in [names]; known: {', '.join(known)}")
    return quantity(words, formulas)

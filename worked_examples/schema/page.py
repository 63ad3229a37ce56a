"""What is printed: blocks of numbers, statements about a training, and the errata of both."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema

from worked_examples.identifiers import DocumentName, ExampleId
from worked_examples.printed.parser import PrintedItem, flatten, parse
from worked_examples.printed.quantities import Quantity, quantity
from worked_examples.schema.base import Model, Number, Word
from worked_examples.schema.errata import Erratum, NumberErratum, WordErratum

ARITHMETICS = ("exact", "float64", "float32", "rounded chain")


class Source(Model):
    """Where the example is found: document, section, listing."""

    document: DocumentName = Field(description="the folder of the fixture; what the document is, its book.toml says")
    section: str
    listing: str = ""


class PrintedBlock(Model):
    """A printed block: the console's text, where it is printed, and the epoch of its numbers unless the text says the epoch."""

    where: str
    text: str
    epoch: int | None = Field(None, ge=0, description="as the book counts")
    names: dict[str, str] = Field({}, description="names of this block only")
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
    errata: list[NumberErratum] = []

    @field_validator("text")
    @classmethod
    def readable(cls, text: str) -> str:
        """Refuse a text that the parser of printed blocks cannot read, or one without a number."""
        if not any(True for item in parse(text) for _ in flatten(item.values)):
            raise ValueError("there is no number in this block")
        return text

    @model_validator(mode="after")
    def undecided_are_printed(self) -> "PrintedBlock":
        """What is announced as undecided is printed in this block, and named once."""
        printed = {item.name for item in self.items} if self.undecided else set[str]()
        for position, name in enumerate(self.undecided):
            if name not in printed or name in self.undecided[:position]:
                raise ValueError(f"undecided: '{name}' is not printed here, or named twice; printed: {', '.join(sorted(printed))}")
        return self

    @property
    def items(self) -> list[PrintedItem]:
        """The names of the block with their numbers."""
        return parse(self.text)


class Statement(Model):
    """A sentence about the training, in our words, and its claim: exactly one of passes, loss_above and fewer_epochs_than."""

    where: str
    says: str
    passes: int | None = Field(None, ge=1, description="passes (updates + 1) until training stops")
    loss_above: Number | None = Field(None, description="the loss at `epoch` is above this")
    epoch: int | None = Field(None, ge=0, description="as the book counts; for loss_above")
    fewer_epochs_than: str | None = Field(None, description="the id of another example that takes more epochs")
    at_least_times: int = Field(1, ge=1, description="and how many times more, in our reading of the sentence")
    errata: list[Erratum] = Field([], max_length=1)

    @model_validator(mode="after")
    def one_claim(self) -> "Statement":
        """A statement makes exactly one claim, and a loss is claimed at an epoch."""
        if sum(claim is not None for claim in (self.passes, self.loss_above, self.fewer_epochs_than)) != 1:
            raise ValueError("exactly one of passes, loss_above, fewer_epochs_than must be given")
        if (self.epoch is None) != (self.loss_above is None):
            raise ValueError("loss_above and epoch belong together")
        return self


def check_names(names: dict[str, str]) -> dict[str, str]:
    """Every name means a quantity."""
    for name, words_ in names.items():
        try:
            quantity(words_)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return names


class ExampleBase(Model):
    """What examples of every kind share: where they come from, and what is printed."""

    id: ExampleId
    title: str
    source: Source
    provenance: Annotated[str, Word("a provenance", ("printed", "recovered", "random", "ours"))] = Field(
        description="of the inputs: printed, recovered from what is printed, random by a seed of ours, or an example of ours"
    )
    remarks: list[str] = Field([], description="what a reader must know: conventions, corrected text recognition, recovered inputs")
    printed: Sequence[PrintedBlock] = []
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


Names = Annotated[dict[str, str], AfterValidator(check_names)]


def lookup(names: dict[str, str], block: PrintedBlock, name: str) -> Quantity:
    """The quantity that a printed name means; the names of the block come before those of the example.

    Raises:
        ValueError: where neither has the name.

    """
    known: dict[str, Any] = {"epoch": "epoch", **names, **block.names}
    if name not in known:
        raise ValueError(f"'{name}' has no entry in [names]; known: {', '.join(known)}")
    return quantity(known[name])

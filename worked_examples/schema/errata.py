"""Errata: what is printed, what it should be, why, by whose fault; and for words, code and labels the proof."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from worked_examples.schema.base import Index, Line, Matching, Model, Size, Word

CAUSES: Mapping[str, str] = {
    "author": "a mistake of the document",
    "recognition": "a defect of the copy that was read, such as text recognition makes",
    "edition": "right in another edition",
    "unknown": "one of these; nothing says which",
}
WEIGHTS: Mapping[str, str] = {
    "result": "a number that a reader would compute differently",
    "code": "a listing that does not run, or computes something else",
    "statement": "a sentence that is wrong",
    "notation": "a name, a symbol, a number of a line",
}
RUN = ("result", "code")  # the weights of what a reader may run
EVIDENCE = ("computation", "page", "literature")
READING = "reading"  # the evidence of an erratum without a proof
CONTENT = "content"  # the name of the content in a proof's test
QUOTED_WORDS = 12  # at most: a quote finds the place, and copies no sentence


def short(quote: str) -> str:
    """Check a quote: as many words of the page as it takes to find the place."""
    if not quote.strip():
        raise ValueError("empty; write a few words of the page, as they are printed there")
    if (count := len(quote.split())) > QUOTED_WORDS:
        raise ValueError(f"{count} words; accepted: at most {QUOTED_WORDS}, enough to find the place")
    return quote


Quote = Annotated[Line, AfterValidator(short)]


def said(text: str) -> str:
    """Check a text: something is said."""
    if not text.strip():
        raise ValueError("empty; write it, or leave the key out")
    return text


Said = Annotated[Line, AfterValidator(said)]
LINES = Matching(r"[0-9]+(-[0-9]+)?(, ?[0-9]+(-[0-9]+)?)*", 'numbers of lines such as "44" or "27, 41-44"')


class Location(Model):
    """Where in the document an erratum is, as far as the ``[source]`` of its example does not say it."""

    section: Said | None = Field(None, description="a section, a page, a slide; in place of the example's section and listing")
    listing: Said | None = None
    line: Annotated[str, LINES] | None = Field(None, description='of the listing, as the page counts: "44" or "27, 41-44"')

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """One of them is written."""
        if not (self.section or self.listing or self.line):
            raise ValueError("empty; write section, listing or line")
        return self


class Erratum(Model):
    """What is printed, what it should be, and why."""

    printed: str
    correct: str
    why: Annotated[str, AfterValidator(said)]
    cause: Annotated[str, Word("a cause", tuple(CAUSES))] = Field(description="whose fault it is")
    weight: Annotated[str, Word("a weight", tuple(WEIGHTS))] = Field(description="what it means for a reader")
    slip: Line = Field("", description="a name that all errata of one slip share, in all fixtures of the document: they count once")
    location: Location | None = None


class NumberErratum(Erratum):
    """An erratum of the number in a block that ``number``, ``at`` and ``occurrence`` point to.

    Where ``printed`` repeats the name, it is the label that is wrong, not the number.
    """

    number: str = Field("", description="the printed name of the number")
    at: tuple[Index, ...] = Field((), description="the number's index under that name")
    occurrence: Size = Field(1, description="which of the name's occurrences in the block, from 1")

    @property
    def of_label(self) -> bool:
        """Whether the printed name is wrong, not the number."""
        return bool(self.number) and self.printed == self.number


class Proof(Model):
    """A test of a statement's content, which fails for what is printed, however read, and holds for what is correct.

    All are expressions (``worked_examples/expression``). The test calls the content ``content`` and uses evidence: facts that are
    ``given``, quantities of the example (``worked_examples/proofs.py``), functions. Nothing repeats the correction. In every
    combination of the ``settings`` it comes out the same.
    """

    by: Annotated[str, Word("a kind of evidence", EVIDENCE)]
    source: str = Field("", description="where the given facts are found: on the page, or in which publication")
    quotes: list[Quote] = Field([], description="the words of the page on which facts rest; looked for as every quote is")
    test: str = Field(description="the test, which calls the content 'content'")
    printed: str = Field(description="the content as printed")
    correct: str = Field(description="the content as it should be")
    readings: list[str] = Field([], description="what else the print may mean to a fair reader; the test fails for each of them")
    given: dict[str, str] = Field({}, description="facts by name, in order: each may use those before it")
    settings: dict[str, list[str]] = Field(
        {}, description="what the print leaves open, by name: all values that are tried, the field's usual ones among them"
    )


class WordErratum(Erratum):
    """An erratum in words, code or labels, outside every block; without a proof it rests on reading alone."""

    quote: Quote = Field(description="a few words of the page, as they are printed there")
    location: Location
    outcome: Said | None = Field(
        None,
        description=(
            "what a reader gets by running what is printed: {expression} or {expression:.8f} is its value; "
            "required where the weight is result or code"
        ),
    )
    proof: Proof | None = None

    @model_validator(mode="after")
    def says_what_happens(self) -> Self:
        """Where a result or code is wrong, the reader is told what it gives."""
        if self.weight in RUN and not self.outcome:
            raise ValueError(f"outcome: missing; write what a reader gets by running what is printed, for the weight {self.weight}")
        return self

    @property
    def evidence(self) -> str:
        """What it rests on."""
        return self.proof.by if self.proof else READING

"""Errata: what is printed, what it should be, why, by whose fault; and for words, code and labels the proof."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from worked_examples.schema.base import Index, Line, Model, Size, Word

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


class Erratum(Model):
    """What is printed, what it should be, and why."""

    printed: str
    correct: str
    why: str
    cause: Annotated[str, Word("a cause", tuple(CAUSES))] = Field(description="whose fault it is")
    weight: Annotated[str, Word("a weight", tuple(WEIGHTS))] = Field(description="what it means for a reader")
    slip: Line = Field("", description="a name that all errata of one slip share, in all fixtures of the document: they count once")


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
    """A test of a statement's content, which fails for what is printed and holds for what is correct.

    All are expressions (``worked_examples/expression``). The test calls the content ``content`` and uses evidence: facts that are
    ``given``, quantities of the example (``worked_examples/proofs.py``), functions. Nothing repeats the correction.
    """

    by: Annotated[str, Word("a kind of evidence", EVIDENCE)]
    source: str = Field("", description="where the given facts are found: on the page, or in which publication")
    quotes: list[Quote] = Field([], description="the words of the page on which facts rest; looked for as every quote is")
    test: str = Field(description="the test, which calls the content 'content'")
    printed: str = Field(description="the content as printed")
    correct: str = Field(description="the content as it should be")
    given: dict[str, str] = Field({}, description="facts by name, in order: each may use those before it")


class WordErratum(Erratum):
    """An erratum in words, code or labels, outside every block; without a proof it rests on reading alone."""

    quote: Quote = Field(description="a few words of the page, as they are printed there")
    proof: Proof | None = None

    @property
    def evidence(self) -> str:
        """What it rests on."""
        return self.proof.by if self.proof else READING

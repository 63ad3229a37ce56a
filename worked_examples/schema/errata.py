"""Errata: what is printed, what it should be, why; and for words, code and labels the proof."""

from typing import Annotated

from pydantic import Field

from worked_examples.schema.base import Index, Model, Size, Word

EVIDENCE = ("computation", "page", "literature")
CONTENT = "content"  # the name of the content in a proof's test


class Erratum(Model):
    """What is printed, what it should be, and why."""

    printed: str
    correct: str
    why: str


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
    test: str = Field(description="the test, which calls the content 'content'")
    printed: str = Field(description="the content as printed")
    correct: str = Field(description="the content as it should be")
    given: dict[str, str] = Field({}, description="facts by name, in order: each may use those before it")


class WordErratum(Erratum):
    """An erratum in words, code or labels, outside every block."""

    proof: Proof

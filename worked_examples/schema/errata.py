"""What is wrong in print: what stands there, what should, why; and where it is in words or code, the proof that it is so."""

from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import Field

from worked_examples.expression.evaluation import check, names
from worked_examples.schema.base import Model, Word

EVIDENCE = ("computation", "page", "literature")
CONTENT = "content"


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
    at: tuple[int, ...] = Field((), description="the number's index under that name")
    occurrence: int = Field(1, ge=1, description="which of the name's occurrences in the block, from 1")

    @property
    def of_label(self) -> bool:
        """Whether the printed name is wrong, not the number."""
        return bool(self.number) and self.printed == self.number


class Proof(Model):
    """A test of a statement's content, which fails for what is printed and holds for what is correct.

    All are expressions (``worked_examples/expression``). The test calls the content ``content`` and uses evidence: facts that are
    ``given``, quantities of the example (``worked_examples/expression/fact_names.py``), functions. Nothing repeats the correction.
    """

    by: Annotated[str, Word("a kind of evidence", EVIDENCE)]
    source: str = Field("", description="where the given facts stand: on the page, or in which publication")
    test: str = Field(description="the test, which calls the content 'content'")
    printed: str = Field(description="the content as printed")
    correct: str = Field(description="the content as it should be")
    given: dict[str, str] = Field({}, description="facts by name, in order: each may use those before it")


class WordErratum(Erratum):
    """An erratum in words, code or labels, outside every block."""

    proof: Proof


def faults(proof: Proof, known: Collection[str]) -> Iterator[str]:
    """What keeps a proof from being one, as far as can be seen without computing: key and message."""
    facts: list[str] = []
    if taken := [name for name in proof.given if name in known or name == CONTENT or not name.isidentifier()]:
        yield f"given.{taken[0]}: not a name of its own; the example has {', '.join(sorted(known))}"
    for key, text in {**{f"given.{name}": text for name, text in proof.given.items()}, **contents(proof)}.items():
        try:
            check(text, {*known, *facts, *([CONTENT] if key == "test" else [])})
        except ValueError as error:
            yield f"{key}: {error}"
            return
        facts += [key.removeprefix("given.")] if key.startswith("given.") else []
    yield from without_evidence(proof)


def contents(proof: Proof) -> dict[str, str]:
    """The three expressions that every proof has."""
    return {"printed": proof.printed, "correct": proof.correct, "test": proof.test}


def without_evidence(proof: Proof) -> Iterator[str]:
    """What makes a proof empty: it ignores the content, or compares it with nothing but itself."""
    used = {name for text in (*contents(proof).values(), *proof.given.values()) for name in names(text)}
    if CONTENT not in names(proof.test):
        yield f"test: '{proof.test}' does not ask about '{CONTENT}'"
    if names(proof.test) == {CONTENT}:
        yield f"test: '{proof.test}' uses no evidence: neither a fact that is given nor a quantity of the example"
    if unused := [name for name in proof.given if name not in used]:
        yield f"given.{unused[0]}: not used"
    if repeated := [name for name, text in proof.given.items() if text.strip() == proof.correct.strip()]:
        yield f"given.{repeated[0]}: repeats the correction, and so proves nothing"
    if proof.by != "computation" and not proof.source:
        yield f"source: missing; say where the evidence stands, for a proof by {proof.by}"

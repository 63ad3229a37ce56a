"""Every erratum of a fixture, wherever in it: of a number or label in a block, of a statement, of words or code."""

from collections.abc import Iterator
from typing import NamedTuple

from worked_examples import Example
from worked_examples.schema.errata import Erratum, NumberErratum, WordErratum

COMPUTED = "computation"


class Correction(NamedTuple):
    """An erratum with its place on the page, and by what it is shown to be one."""

    where: str
    printed: str
    correct: str
    why: str
    shown: str


def corrections(example: Example) -> Iterator[Correction]:
    """The errata of an example, in the order of the fixture."""
    for block in example.printed:
        yield from (correction(f"{block.where}: {place(erratum)}", erratum, COMPUTED) for erratum in block.errata)
    for statement in example.statements:
        yield from (correction(f"{statement.where}: {statement.says}", erratum, COMPUTED) for erratum in statement.errata)
    yield from (correction("in words or code", erratum, evidence(erratum)) for erratum in example.errata)


def correction(where: str, erratum: Erratum, shown: str) -> Correction:
    """An erratum at a place."""
    return Correction(where, erratum.printed, erratum.correct, erratum.why, shown)


def evidence(erratum: WordErratum) -> str:
    """By what an erratum in words is proved, and where that stands."""
    proof = erratum.proof
    return f"{proof.by}: {proof.source}" if proof.source else proof.by


def place(erratum: NumberErratum) -> str:
    """The number that an erratum in a block points to: ``W[0, 1]``, ``x2b, occurrence 2``."""
    index = str(list(erratum.at)) if erratum.at else ""
    return f"{erratum.number}{index}" + (f", occurrence {erratum.occurrence}" if erratum.occurrence > 1 else "")

"""What is printed, judged: numbers, statements, errata."""

from typing import Any, Literal

from pydantic import Field

from verification.records.base import Record
from verification.verdicts.verdict import Verdict
from worked_examples.schema.errata import CAUSES, WEIGHTS

__all__ = ["CAUSES", "WEIGHTS", "Counts", "ErratumResult", "OnPage", "PrintedNumber", "StatementResult"]


class PrintedNumber(Record):
    """A printed number, its verdict, and the text that should have been printed."""

    where: str
    name: str
    index: tuple[int, ...] = ()
    epoch: int | None = Field(None, description="as the book counts; absent where nothing is trained")
    printed: str
    verdict: Verdict
    value: str = Field(description="the value that the print is judged by, and how far it is guaranteed")
    corrected: str = Field(description="what should have been printed; where undecided, the candidates")
    erratum: Literal["", "number", "label"] = Field("", description="what of it a listed erratum says is wrong")
    taken_from: str = Field("page", description="page, literature or count")
    engines: list[str] = Field(
        [], description="those that judged it so; where engines differ, the number is listed for each verdict"
    )
    announced: bool = Field(default=False, description="undecided, as the fixture announces")

    @property
    def judgement(self) -> tuple[Any, ...]:
        """Everything but the engines: equal for engines that judge the same number alike."""
        return tuple(value for name, value in self if name != "engines")


class StatementResult(Record):
    """A sentence of the book, whether it holds, and whether it is a listed erratum."""

    where: str
    says: str
    holds: bool
    is_erratum: bool


class Counts(Record):
    """How many printed numbers have which verdict; ``errata`` and ``labels`` count listed errata among them."""

    confirmed: int = 0
    truncated: int = 0
    off: int = 0
    wrong: int = 0
    undecided: int = 0
    errata: int = 0
    labels: int = 0
    total: int = 0


class OnPage(Record):
    """How many numbers of the page, and of them how many are found in its text; how many quotes were looked for."""

    numbers: int = 0
    found: int = 0
    quotes: int = 0


class ErratumResult(Record):
    """A listed erratum: its place, what is printed, what is correct, why, by whose fault, how grave, and the evidence.

    Errata of a document with the same ``slip`` are places of one.
    """

    kind: Literal["number", "label", "statement", "words"]
    where: str
    printed: str
    correct: str
    why: str
    cause: str
    weight: str
    slip: str = ""
    quote: str = ""
    location: str = Field("", description="section, listing, line")
    lines: list[int] = Field([], description="of the document's text: where the quote is found, if the text is at hand")
    outcome: str = Field("", description="what a reader gets by running what is printed")
    evidence: str

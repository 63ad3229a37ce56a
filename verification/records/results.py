"""``results.json``: everything that a run says, by example, by document and in total."""

from typing import Annotated, Any, Literal

from pydantic import Field

from verification.records.base import Digits, Outcome, Record
from verification.records.findings import Ending
from verification.records.images import ImageResult
from verification.records.printed import Counts, ErratumResult, OnPage, PrintedNumber, StatementResult
from verification.seeds.records import SeedClaim, SeedQuantity


class CheckResult(Record):
    """The outcome of one check on one engine."""

    engine: str
    check: str
    dtype: str
    outcome: Outcome
    reason: str = ""
    problems: list[str] = []
    next_step: str = ""


class SourceResult(Record):
    """Where an example is printed."""

    document: str
    section: str
    listing: str = ""


class EpochResult(Record):
    """Stop epochs of one training, as the book counts."""

    printed: int | None = None
    certified: int | None = None
    engines: dict[str, int | None] = {}
    margins: dict[str, Digits] = {}


class Histogram(Record):
    """A sample of initial weights: counts between equally distant edges."""

    title: str
    counts: list[int]
    low: float
    high: float


ExampleVerdict = Literal["failed", "undecided", "not_judged", "errata", "confirmed", "nothing_printed", "not_verified"]


class ExampleResult(Record):
    """Everything that a run says about one example."""

    title: str
    kind: str
    source: SourceResult
    provenance: str
    remarks: list[str] = []
    verdict: ExampleVerdict = "not_verified"
    checks: list[CheckResult] = []
    printed: Counts = Field(Counts(), description="of the first engine that judges")
    elsewhere: Counts = Field(Counts(), description="the same of numbers that are taken from literature, or counted")
    on_page: OnPage | None = Field(None, description="absent where the text of the document is not at hand")
    printed_numbers: list[PrintedNumber] = Field([], description="every number of every engine that judged it")
    n_not_judged: int = 0
    statements: list[StatementResult] = []
    epochs: EpochResult | None = None
    correct_digits: dict[str, dict[str, Digits]] = Field({}, description="by engine, then kind of quantity")
    guaranteed_digits: dict[str, float] = Field({}, description="by engine")
    float32: dict[str, Ending] = Field({}, description="by engine")
    float16: dict[str, Ending] = Field({}, description="by engine")
    errata: list[ErratumResult] = []
    proofs: dict[str, int] = {}
    notes: list[str] = []
    percentiles: list[SeedQuantity] = Field([], description="unreproducible results among those of many seeds")
    seed_claims: list[SeedClaim] = []
    histograms: list[Histogram] = []
    images: ImageResult | None = None

    @property
    def problems(self) -> list[str]:
        """Every problem of every failed check, with engine and check."""
        failed = [check for check in self.checks if check.outcome is Outcome.FAILED]
        return [f"{check.engine}, {check.check}: {problem}" for check in failed for problem in check.problems or ["failed"]]


class UnreadableFile(Record):
    """A fixture or ``book.toml`` that cannot be used, and what is wrong with it in one line."""

    file: str
    error: str


class Totals(Record):
    """The sums over the examples of a document, or of a run."""

    examples: int = 0
    verdicts: dict[str, int] = {}
    printed: Counts = Counts()
    elsewhere: Counts = Counts()
    on_page: OnPage | None = None
    statements: int = 0
    errata: dict[str, dict[str, int]] = Field({}, description="different slips, by cause, then weight")
    proofs: dict[str, int] = {}
    percentiles: int = 0

    @property
    def mistakes(self) -> int:
        """The different mistakes of the author."""
        return sum(self.errata.get("author", {}).values())


class Results(Record):
    """``results.json``."""

    format: Annotated[Literal[2], Field(description="the version of this schema")] = 2
    versions: dict[str, str]
    engines: list[str]
    dtype: str
    examples: dict[str, ExampleResult]
    unreadable: list[UnreadableFile] = Field([], description="files that cannot be used; the run has failed if there is one")
    documents: dict[str, Totals]
    totals: Totals
    tightness: dict[str, float] = Field(
        {}, description="by name of a bound: the largest error over bound, over all examples and engines"
    )

    def as_json(self) -> str:
        """The text of ``results.json``."""
        return self.model_dump_json(indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of ``results.json``."""
    return Results.model_json_schema()

"""What there is to say about each example beyond its row in the verdict table."""

from collections.abc import Iterator
from typing import NamedTuple

from report.formatting import DASH, Grid, anchor, digits, scientific, source, stop_epoch, whole
from report.image_tables import image_tables
from report.percentiles import PercentileRow, claim_texts, percentile_rows
from report.pictures.histograms import histogram_picture
from report.pictures.image_pictures import image_pictures
from report.pictures.svg import Picture
from verification.records import ExampleResult, Outcome, PrintedNumber, Results, StatementResult, in_words

REASONS = {
    "undecided": Outcome.UNDECIDED,
    "not_judged": Outcome.NOT_JUDGED,
    "not_verified": Outcome.NOT_APPLICABLE,
}
"""The verdicts that are neither a success nor a failure, and the outcome of the checks that say why."""


class UnconfirmedNumber(NamedTuple):
    """A printed number that is not confirmed, and the engines that judged it so: ``all``, or their names."""

    number: PrintedNumber
    engines: str

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return self.number.verdict.value + (" (announced)" if self.number.announced else "")


class Section(NamedTuple):
    """An example at length: its result, and what a reader sees of it."""

    name: str
    source: str
    result: ExampleResult
    facts: list[tuple[str, str]]
    by_engine: Grid
    endings: list[str]
    percentiles: list[PercentileRow]
    claims: list[str]
    tables: list[Grid]
    pictures: list[Picture]

    @property
    def anchor(self) -> str:
        """The name of the section's link target."""
        return anchor(self.name)

    @property
    def document(self) -> str:
        """The document that the example is from: the first part of its id."""
        return self.name.partition("/")[0]

    @property
    def unconfirmed(self) -> list[UnconfirmedNumber]:
        """The printed numbers that are not confirmed, every one that any engine judged so."""
        numbers = self.result.printed_numbers
        judging = {engine for number in numbers for engine in number.engines}
        return [
            UnconfirmedNumber(number, "all" if set(number.engines) == judging else ", ".join(number.engines))
            for number in numbers
            if number.verdict.value != "confirmed"
        ]

    @property
    def false_statements(self) -> list[StatementResult]:
        """The statements that do not hold."""
        return [statement for statement in self.result.statements if not statement.holds]

    @property
    def skipped(self) -> str:
        """Why the example is neither a success nor a failure; empty where it is either."""
        if self.result.verdict not in REASONS:
            return ""
        verdicts = ("undecided", "not_judged") if self.result.verdict == "undecided" else (self.result.verdict,)
        return "; ".join(filter(None, map(self.reason, verdicts))) or in_words(self.result.verdict)

    def reason(self, verdict: str) -> str:
        """A verdict in words with the reasons of its checks, each once; empty where no check has the outcome."""
        chosen = [check for check in self.result.checks if check.outcome is REASONS[verdict]]
        text = "; ".join(dict.fromkeys(check.reason for check in chosen if check.reason))
        return f"{in_words(verdict)}: {text}" if text else in_words(verdict) if chosen else ""

    @property
    def open_checks(self) -> list[str]:
        """The checks that were not decided, not judged or not applicable: a line for each reason, with its checks."""
        lines: dict[tuple[str, str], list[str]] = {}
        for check in self.result.checks:
            if check.outcome in REASONS.values():
                lines.setdefault((in_words(check.outcome.value), check.reason), []).append(f"{check.engine}, {check.check}")
        return [f"{outcome}{f': {reason}' if reason else ''} ({'; '.join(checks)})" for (outcome, reason), checks in lines.items()]


def sections(results: Results) -> list[Section]:
    """One section per example of the results."""
    return [section(name, example, results.engines) for name, example in results.examples.items()]


def section(name: str, example: ExampleResult, engines: list[str]) -> Section:
    """The section of one example. The percentiles of a network on images are columns of its own table."""
    return Section(
        name=name,
        source=source(name, example),
        result=example,
        facts=list(facts(example)),
        by_engine=Grid("By engine", ["By engine", *engines], list(rows_by_engine(example, engines))),
        endings=list(endings(example)),
        percentiles=[] if example.images and example.images.printed else list(percentile_rows(example.percentiles)),
        claims=claim_texts(example.seed_claims),
        tables=list(image_tables(example, engines)),
        pictures=list(pictures(name, example, engines)),
    )


def facts(example: ExampleResult) -> Iterator[tuple[str, str]]:
    """Names and values of what the results hold for an example."""
    yield "Kind", example.kind
    yield "Provenance", example.provenance
    verdicts = ("confirmed", "truncated", "off", "wrong", "undecided")
    counts = [f"{getattr(example.printed, name):,} {name}" for name in verdicts if getattr(example.printed, name)]
    if example.printed.total:
        yield "Printed numbers", f"{example.printed.total:,}: {', '.join(counts)}"
    if example.n_not_judged:
        reasons = dict.fromkeys(check.reason for check in example.checks if check.outcome is Outcome.NOT_JUDGED)
        yield "Not judged", f"{example.n_not_judged:,} printed numbers: {'; '.join(reasons)}"
    if example.statements:
        yield "Statements", f"{sum(statement.holds for statement in example.statements)} of {len(example.statements)} hold"
    if example.epochs:
        yield "Stop epoch", f"printed {whole(example.epochs.printed)}, certified {whole(example.epochs.certified)}"


def rows_by_engine(example: ExampleResult, engines: list[str]) -> Iterator[list[str]]:
    """Rows with a cell for every engine: stop epoch, margin, measured digits, guaranteed digits, endings."""
    if example.epochs:
        yield ["stop epoch", *(stop_epoch(example.epochs, engine) for engine in engines)]
        if example.epochs.margins:
            yield ["distance from the threshold, in errors of the loss", *(digits(example.epochs.margins.get(e)) for e in engines)]
    for kind in dict.fromkeys(kind for measured in example.correct_digits.values() for kind in measured):
        measured = [example.correct_digits.get(engine, {}).get(kind) for engine in engines]
        yield [f"correct digits: {kind}", *map(digits, measured)]
    if example.guaranteed_digits:
        yield ["digits that the divergence bound guarantees", *(digits(example.guaranteed_digits.get(e)) for e in engines)]
    for dtype, endings in (("float32", example.float32), ("float16", example.float16)):
        if endings:
            yield [f"ends in {dtype}", *(str(endings.get(engine, DASH)) for engine in engines)]


def endings(example: ExampleResult) -> Iterator[str]:
    """A sentence for every training in a smaller type that does not reach its stop, with loss and reason."""
    for dtype, by_engine in (("float32", example.float32), ("float16", example.float16)):
        for engine, ending in by_engine.items():
            if ending.how != "stopped":
                loss = "" if ending.loss is None else f", loss {scientific(ending.loss)}"
                yield f"{dtype}, {engine}: {ending}{loss}{f': {ending.reason}' if ending.reason else ''}"


def pictures(name: str, example: ExampleResult, engines: list[str]) -> Iterator[Picture]:
    """The pictures of an example; none of what its results do not hold."""
    if example.histograms:
        yield histogram_picture(name, example.histograms)
    yield from image_pictures(name, example, engines)

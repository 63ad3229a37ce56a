"""From the findings of a run to ``results.json``."""

import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import flint

from verification.records import (
    CAUSES,
    WEIGHTS,
    CheckResult,
    Counts,
    Ending,
    EpochResult,
    ErratumResult,
    ExampleResult,
    ExampleVerdict,
    Findings,
    OnPage,
    Outcome,
    PrintedNumber,
    Results,
    Totals,
    UnreadableFile,
)
from verification.results.from_fixture import from_fixture
from verification.session import Session
from worked_examples import FixtureError
from worked_examples.errors import in_line
from worked_examples.files.atomic_files import write_text

R = TypeVar("R", Counts, OnPage)


def collect(session: Session, findings: Iterable[Findings], dtype: str = "float64") -> Results:
    """The results of a run: the findings by example, in the order of the fixtures."""
    merged: dict[str, ExampleResult] = {}
    versions: dict[str, str] = {"python": sys.version.split()[0], "machine": platform.machine(), "python-flint": flint.__version__}
    by_example: dict[str, list[Findings]] = {}
    for of_check in findings:
        by_example.setdefault(of_check.example, []).append(of_check)
        versions |= of_check.versions

    def position(of_check: Findings) -> tuple[int, str, str]:
        return order.get(of_check.engine, len(order)), of_check.check, of_check.dtype

    order = {name: number for number, name in enumerate(session.engine_names)}
    for name, example in session.examples.items():
        if name in by_example:
            merged[name] = from_fixture(example)
            for of_check in sorted(by_example[name], key=position):
                merge(merged[name], of_check)
            merged[name].verdict = verdict(merged[name])
    return Results(
        versions=versions,
        engines=list(session.engine_names),
        dtype=dtype,
        examples=merged,
        unreadable=[unreadable_file(file, error) for file, error in session.unreadable.items()],
        documents={document: totals(entries) for document, entries in sorted(by_document(merged).items())},
        totals=totals(merged.values()),
        tightness=tightness_of(record for records in by_example.values() for record in records),
    )


def tightness_of(findings: Iterable[Findings]) -> dict[str, float]:
    """The largest error over bound, by the name of the bound, over all examples and engines."""
    largest: dict[str, float] = {}
    for of_check in findings:
        for name, ratio in of_check.tightness.items():
            largest[name] = max(largest.get(name, 0.0), ratio)
    return dict(sorted(largest.items()))


def unreadable_file(file: Path, error: FixtureError) -> UnreadableFile:
    """A file that cannot be used, and what is wrong with it, without the file's name."""
    return UnreadableFile(file=in_line(file), error=str(error).removeprefix(f"{in_line(file)}: "))


def by_document(examples: Mapping[str, ExampleResult]) -> dict[str, list[ExampleResult]]:
    """The results by the document that they are from."""
    documents: dict[str, list[ExampleResult]] = {}
    for name, entry in examples.items():
        documents.setdefault(name.partition("/")[0], []).append(entry)
    return documents


def merge(entry: ExampleResult, findings: Findings) -> None:
    """Add what one check found on one engine. Statements, and the counts of printed numbers, are those of the first that judges."""
    entry.checks.append(CheckResult.model_validate(findings.model_dump(include=set(CheckResult.model_fields))))
    if findings.printed_numbers is not None:
        if not entry.printed_numbers:
            entry.printed, entry.elsewhere = counts_by_source(findings.printed_numbers)
        merge_printed(entry.printed_numbers, findings.printed_numbers, findings.engine)
    if findings.statements is not None and not entry.statements:
        entry.statements = findings.statements
    if findings.proofs is not None:
        entry.proofs = findings.proofs
    if findings.on_page is not None:
        entry.on_page = findings.on_page
    merge_errata(entry, findings)
    if findings.outcome is Outcome.NOT_JUDGED:
        entry.n_not_judged = max(entry.n_not_judged, findings.n_not_judged)
    prefix = "" if findings.engine == "reference" else f"{findings.engine}: "
    entry.notes += [note for note in (f"{prefix}{text}" for text in findings.notes) if note not in entry.notes]
    merge_numbers(entry, findings)
    merge_images(entry, findings)


def merge_errata(entry: ExampleResult, findings: Findings) -> None:
    """Add to errata what a reader gets by running them, and the lines of the document's text that they stand in."""
    for position, erratum in enumerate(erratum for erratum in entry.errata if erratum.kind == "words"):
        erratum.outcome = findings.outcomes[position] if findings.outcomes else erratum.outcome
        erratum.lines = findings.places.get(f"errata[{position}].quote", erratum.lines)
    wrong = [number for number in findings.printed_numbers or [] if number.erratum == "number"]
    for erratum in (erratum for erratum in entry.errata if erratum.kind == "number" and not erratum.outcome):
        erratum.outcome = next((number.value for number in wrong if is_of(erratum, number)), "")


def is_of(erratum: ErratumResult, number: PrintedNumber) -> bool:
    """Whether an erratum is the one of a printed number: of its place, and of its text."""
    place = f"{number.where}: {number.name}{list(number.index) or ''}"
    return erratum.printed == number.printed and erratum.where.partition(", occurrence ")[0] == place


def merge_printed(known: list[PrintedNumber], numbers: Iterable[PrintedNumber], engine: str) -> None:
    """Add an engine to every number that it judges as others do, and its own record of every number that it judges otherwise."""
    alike: dict[tuple[Any, ...], list[PrintedNumber]] = {}
    for other in reversed(known):
        alike.setdefault(other.judgement, []).append(other)
    for number in numbers:
        if same := alike.get(number.judgement):
            same.pop().engines.append(engine)
        else:
            known.append(number.model_copy(update={"engines": [engine]}))


def merge_numbers(entry: ExampleResult, findings: Findings) -> None:
    """Add epochs, digits and endings."""
    if findings.epochs is not None:
        entry.epochs = entry.epochs or EpochResult(printed=findings.epochs.printed, certified=findings.epochs.certified)
        entry.epochs.engines[findings.engine] = findings.epochs.reached
        if findings.epochs.margin is not None:
            entry.epochs.margins[findings.engine] = findings.epochs.margin
    if findings.correct_digits:
        entry.correct_digits.setdefault(findings.engine, {}).update(findings.correct_digits)
    if findings.guaranteed_digits is not None:
        entry.guaranteed_digits[findings.engine] = findings.guaranteed_digits
    if findings.ending is not None:
        endings: dict[str, Ending] = {"float32": entry.float32, "float16": entry.float16}[findings.dtype]
        endings[findings.engine] = findings.ending


def merge_images(entry: ExampleResult, findings: Findings) -> None:
    """Add what is found about a network on images."""
    if entry.images is None:
        return
    if findings.images.log_rows is not None:
        entry.images.log_rows[findings.engine] = findings.images.log_rows
    if findings.images.run_time is not None:
        entry.images.run_times[findings.engine] = findings.images.run_time
    if findings.images.predictions is not None:
        entry.images.predictions[findings.engine] = findings.images.predictions
    entry.images.pictures = findings.images.pictures or entry.images.pictures


def counts_by_source(numbers: Iterable[PrintedNumber]) -> tuple[Counts, Counts]:
    """The counts of what is printed on the page, and of what is taken from elsewhere."""
    of_page, others = list[PrintedNumber](), list[PrintedNumber]()
    for number in numbers:
        (of_page if number.taken_from == "page" else others).append(number)
    return verdict_counts(of_page), verdict_counts(others)


def verdict_counts(numbers: Iterable[PrintedNumber]) -> Counts:
    """How many printed numbers have which verdict."""
    counted = Counts()
    for number in numbers:
        counted.total += 1
        setattr(counted, number.verdict.value, getattr(counted, number.verdict.value) + 1)
        counted.errata += number.erratum == "number"
        counted.labels += number.erratum == "label"
    return counted


def verdict(entry: ExampleResult) -> ExampleVerdict:
    """The one word for an example, which summary, report and exit status share."""
    outcomes = {check.outcome for check in entry.checks}
    if Outcome.FAILED in outcomes:
        return "failed"
    if outcomes <= {Outcome.NOT_APPLICABLE}:
        return "not_verified"
    if Outcome.UNDECIDED in outcomes:
        return "undecided"
    if Outcome.NOT_JUDGED in outcomes:
        return "not_judged"
    if entry.errata:
        return "errata"
    claims = entry.printed.total or entry.elsewhere.total or entry.statements or (entry.epochs and entry.epochs.printed is not None)
    return "confirmed" if claims else "nothing_printed"


def totals(entries: Iterable[ExampleResult]) -> Totals:
    """The sums over some examples."""
    entries = list(entries)
    sums = Totals(errata=slips(entries))
    for entry in entries:
        sums.examples += 1
        sums.verdicts[entry.verdict] = sums.verdicts.get(entry.verdict, 0) + 1
        sums.printed, sums.elsewhere = added(sums.printed, entry.printed), added(sums.elsewhere, entry.elsewhere)
        if entry.on_page is not None:
            sums.on_page = added(sums.on_page or OnPage(), entry.on_page)
        for evidence, count in entry.proofs.items():
            sums.proofs[evidence] = sums.proofs.get(evidence, 0) + count
        sums.statements += len(entry.statements)
        sums.percentiles += sum(not quantity.derived for quantity in entry.percentiles)
    return sums


def added(first: R, second: R) -> R:
    """The sums of two records of counts."""
    return first.model_copy(update={name: getattr(first, name) + getattr(second, name) for name in type(first).model_fields})


def slips(entries: Iterable[ExampleResult]) -> dict[str, dict[str, int]]:
    """How many different slips there are, by cause, then weight; errata of one slip in a document count once."""
    numbered = [(entry.source.document, erratum) for entry in entries for erratum in entry.errata]
    different = {
        (document, erratum.slip or position, erratum.cause, erratum.weight) for position, (document, erratum) in enumerate(numbered)
    }
    counts = Counter((cause, weight) for _, _, cause, weight in different)
    found = {cause: {weight: counts[cause, weight] for weight in WEIGHTS if counts[cause, weight]} for cause in CAUSES}
    return {cause: by_weight for cause, by_weight in found.items() if by_weight}


def write(results: Results, file: Path) -> Path:
    """The path of ``results.json``, written whole or not at all."""
    return write_text(file, results.as_json())


def read(file: Path) -> Results:
    """The results in a file.

    Raises:
        ValueError: where the file does not hold results of this version.

    """
    return Results.model_validate_json(file.read_text(encoding="utf-8"))

"""From the findings of a run to ``results.json``."""

import platform
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from verification.records import (
    CheckResult,
    Counts,
    Ending,
    EpochResult,
    ExampleResult,
    ExampleVerdict,
    Findings,
    Outcome,
    PrintedNumber,
    Results,
    Totals,
)
from verification.results.from_fixture import from_fixture
from verification.session import Session
from worked_examples.atomic_files import write_text


def collect(session: Session, findings: Iterable[Findings], dtype: str = "float64") -> Results:
    """The results of a run: the findings by example, in the order of the fixtures."""
    merged: dict[str, ExampleResult] = {}
    versions: dict[str, str] = {"python": sys.version.split()[0], "machine": platform.machine()}
    by_example: dict[str, list[Findings]] = {}
    for one in findings:
        by_example.setdefault(one.example, []).append(one)
        versions |= one.versions
    order = {name: position for position, name in enumerate(session.engine_names)}
    for name, example in session.examples.items():
        if name in by_example:
            merged[name] = from_fixture(example)
            for one in sorted(by_example[name], key=lambda one: (order.get(one.engine, len(order)), one.check, one.dtype)):
                merge(merged[name], one)
            merged[name].verdict = verdict(merged[name])
    return Results(
        versions=versions,
        engines=list(session.engine_names),
        dtype=dtype,
        examples=merged,
        documents={document: totals(entries) for document, entries in sorted(by_document(merged).items())},
        totals=totals(merged.values()),
    )


def by_document(examples: Mapping[str, ExampleResult]) -> dict[str, list[ExampleResult]]:
    """The results by the document that they are from."""
    found: dict[str, list[ExampleResult]] = {}
    for name, entry in examples.items():
        found.setdefault(name.partition("/")[0], []).append(entry)
    return found


def merge(entry: ExampleResult, one: Findings) -> None:
    """Add what one check found on one engine. Printed numbers and statements are those of the first engine that judges them."""
    entry.checks.append(CheckResult.model_validate(one.model_dump(include=set(CheckResult.model_fields))))
    if one.printed_numbers is not None and not entry.printed_numbers:
        entry.printed_numbers, entry.printed = one.printed_numbers, counts(one.printed_numbers)
    if one.statements is not None and not entry.statements:
        entry.statements = one.statements
    if one.proofs is not None:
        entry.proofs = one.proofs
    if one.outcome is Outcome.NOT_JUDGED:
        entry.not_judged_because = one.reason
        entry.n_not_judged = max(entry.n_not_judged, one.n_not_judged)
    prefix = "" if one.engine == "reference" else f"{one.engine}: "
    entry.notes += [note for note in (f"{prefix}{text}" for text in one.notes) if note not in entry.notes]
    merge_numbers(entry, one)
    merge_images(entry, one)


def merge_numbers(entry: ExampleResult, one: Findings) -> None:
    """Add epochs, digits and endings."""
    if one.epochs is not None:
        entry.epochs = entry.epochs or EpochResult(printed=one.epochs.printed, certified=one.epochs.certified)
        entry.epochs.engines[one.engine] = one.epochs.reached
        if one.epochs.margin is not None:
            entry.epochs.margins[one.engine] = one.epochs.margin
    if one.correct_digits:
        entry.correct_digits.setdefault(one.engine, {}).update(one.correct_digits)
    if one.guaranteed_digits is not None:
        entry.guaranteed_digits[one.engine] = one.guaranteed_digits
    if one.ending is not None:
        endings: dict[str, Ending] = {"float32": entry.float32, "float16": entry.float16}[one.dtype]
        endings[one.engine] = one.ending


def merge_images(entry: ExampleResult, one: Findings) -> None:
    """Add what is found about a network on images."""
    if entry.images is None:
        return
    if one.images.log_rows is not None:
        entry.images.log_rows[one.engine] = one.images.log_rows
    if one.images.run_time is not None:
        entry.images.run_times[one.engine] = one.images.run_time
    if one.images.predictions is not None:
        entry.images.predictions[one.engine] = one.images.predictions
    entry.images.pictures = one.images.pictures or entry.images.pictures


def counts(numbers: Iterable[PrintedNumber]) -> Counts:
    """How many printed numbers have which verdict."""
    found = Counts()
    for number in numbers:
        found.total += 1
        setattr(found, number.verdict.value, getattr(found, number.verdict.value) + 1)
        found.errata += number.erratum == "number"
        found.labels += number.erratum == "label"
    return found


def verdict(entry: ExampleResult) -> ExampleVerdict:
    """The one word for an example, which summary, report and exit status share."""
    outcomes = {check.outcome for check in entry.checks}
    if Outcome.FAILED in outcomes:
        return "failed"
    if outcomes <= {Outcome.NOT_APPLICABLE}:
        return "not verified"
    if Outcome.UNDECIDED in outcomes:
        return "undecided"
    if Outcome.NOT_JUDGED in outcomes:
        return "not judged"
    if entry.errata:
        return "errata"
    claims = entry.printed.total or entry.statements or (entry.epochs and entry.epochs.printed is not None)
    return "confirmed" if claims else "nothing printed"


def totals(entries: Iterable[ExampleResult]) -> Totals:
    """The sums over some examples."""
    found = Totals()
    for entry in entries:
        found.examples += 1
        found.verdicts[entry.verdict] = found.verdicts.get(entry.verdict, 0) + 1
        for name in Counts.model_fields:
            setattr(found.printed, name, getattr(found.printed, name) + getattr(entry.printed, name))
        for evidence, count in entry.proofs.items():
            found.proofs[evidence] = found.proofs.get(evidence, 0) + count
        found.statements += len(entry.statements)
        found.errata += len(entry.errata)
        found.percentiles += sum(not one.derived for one in entry.percentiles)
    return found


def write(results: Results, file: Path) -> Path:
    """The path of ``results.json``, written whole or not at all."""
    return write_text(file, results.as_json())


def read(file: Path) -> Results:
    """The results in a file.

    Raises:
        ValueError: where the file does not hold results of this version.

    """
    return Results.model_validate_json(file.read_text(encoding="utf-8"))

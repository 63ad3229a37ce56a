"""Trainings and predictions on the page's own images: judged where these are there, reported as not judged where they are not."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from adapters.log_rows import LogRow
from verification.case import Case
from verification.images.data import available
from verification.images.inference import predictions
from verification.images.pictures import pictures_after_training, pictures_of_pretrained
from verification.images.printed_rows import printed_results
from verification.images.training_runs import TrainingRun, differently_classified, trained
from verification.records import Findings, PredictionCount, RunTime
from verification.seeds import seed_files
from verification.verdicts.printed_number import is_coarse
from verification.verdicts.verdict import shown
from worked_examples import ImageExample

ImageCase = Case[ImageExample]
OTHER_ROWS = "engines share weights and order: find where they part; the seeds: python -m verification seeds"
OTHER_PREDICTIONS = "compare the outputs of the first image on which they differ, and its margin"


def check_log_rows(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the page's images every engine prints the same log rows, to the last digit of the page's numbers."""
    example = case.example
    available(case.session, example)
    own, right = (trained(one, example.images.data_set) for one in (case, case.on("reference")))
    record(case, own, right, findings)
    yield from (f"{line} by the reference" for line in differently_classified(own, right))
    yield from unlike(example, own.rows, results(example, right.rows), "by the reference")
    first_seed = {quantity.name: quantity.values[0] for quantity in seed_files.quantities(example.id)}
    yield from unlike(example, own.rows, first_seed, f"in {seed_files.path(example.id)}")


def record(case: ImageCase, own: TrainingRun, right: TrainingRun, findings: Findings) -> None:
    """Record log rows, times and pictures of a training."""
    found, printed = results(case.example, own.rows), list(printed_results(case.example))
    findings.images.log_rows = {one.title: like(found[one.title], one.text) for one in printed if one.title in found}
    findings.images.run_time = RunTime(
        path=own.path,
        seconds=round(own.seconds, 1),
        peak_memory=round(own.peak_memory),
        distance=own.distance(right),
        min_margin=min(row.min_margin for row in own.rows),
    )
    if case.engine_name == "reference":
        findings.images.pictures = pictures_after_training(case, own)


def results(example: ImageExample, rows: list[LogRow]) -> dict[str, float]:
    """The results in every log row, by title."""
    known = {row.updates: row.values for row in rows}
    return {one.title: known[one.updates][one.quantity] for one in printed_results(example) if one.updates in known}


def unlike(example: ImageExample, rows: list[LogRow], right: Mapping[str, float], where: str) -> Iterator[str]:
    """Lines for results that other digits are known for; digits that rounding reaches (see ``is_coarse``) are left out."""
    text, found = {one.title: one.text for one in printed_results(example)}, results(example, rows)
    for title in found.keys() & right.keys():
        digits = text[title]
        while "." in digits and not is_coarse(digits, right[title]):
            digits = digits[:-1]
        if like(found[title], digits) != like(right[title], digits):
            yield f"{title}: {found[title]!r}, but {right[title]!r} {where}"


def like(value: float, text: str) -> str:
    """A number in the decimals of a printed one."""
    return shown(Decimal(value), text, ROUND_HALF_EVEN)


def check_predictions(case: ImageCase, findings: Findings) -> Iterator[str]:
    """Every engine classifies as many images correctly as the reference under every setting, one by one and in batches."""
    available(case.session, case.example)
    own, right = predictions(case), predictions(case.on("reference"))
    findings.images.predictions = own
    if case.engine_name == "reference":
        findings.images.pictures = pictures_of_pretrained(case)
    for name, count in own.items():
        if count.n_correct != right[name].n_correct:
            numbers = f"{count.n_correct} classified correctly, {right[name].n_correct} by the reference"
            yield f"{name}: {numbers} (smallest margin {count.min_margin:.1e})"
    for one, other in in_batches(case.example, own):
        yield f"{one} and {other}: {own[one].n_correct} and {own[other].n_correct} classified correctly"


def in_batches(example: ImageExample, found: Mapping[str, PredictionCount]) -> Iterator[tuple[str, str]]:
    """Pairs of settings that differ in the batch size only, but not in what is classified correctly."""
    for one in example.inference_settings:
        for other in example.inference_settings:
            alike = (one.images, one.divisor) == (other.images, other.divisor) and one.batch_size < other.batch_size
            if alike and found[one.name].n_correct != found[other.name].n_correct:
                yield one.name, other.name

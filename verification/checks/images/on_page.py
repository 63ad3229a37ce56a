"""Trainings and predictions on the page's own images: judged where these are there, reported as not judged where they are not."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import permutations

import numpy as np

from adapters.log_rows import LogRow
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.images.data import available
from verification.images.inference import predictions
from verification.images.one_image import engine_outputs, outputs_in_balls
from verification.images.pictures import pictures_after_training, pictures_of_pretrained
from verification.images.printed_rows import is_repeatable, printed_results
from verification.images.training_runs import TrainingRun, differently_classified, trained
from verification.records import Findings, LoggedValue, PredictionCount, RunTime
from verification.seeds import seed_files
from verification.verdicts.printed_number import is_coarse
from verification.verdicts.verdict import rounded_like
from worked_examples import ImageExample
from worked_examples.schema.kinds.image_network import with_batch_statistics
from worked_examples.schema.kinds.images import InferenceSetting

ImageCase = Case[ImageExample]
OTHER_ROWS = "engines share weights and order: find where they part; the seeds: python -m verification seeds"
OTHER_PREDICTIONS = "compare the outputs of the first image on which they differ, and its margin"


def check_log_rows(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the page's images every engine prints the same log rows, to the last digit of the page's numbers."""
    example = case.example
    available(case.session, example)
    run, reference = trained(case, example.data.images), trained(case.on("reference"), example.data.images)
    if unknown := not_finite(run, reference):
        yield unknown
        return
    record_training(case, run, reference, findings)
    yield from (f"{line} by the reference" for line in differently_classified(run, reference))
    yield from other_digits(example, run.rows, results_by_title(example, reference.rows), "by the reference")
    if is_repeatable(example):
        printed = {result.title: float(result.text) for result in printed_results(example)}
        yield from other_digits(example, run.rows, printed, "is printed")
    first_seed = {quantity.name: quantity.values[0] for quantity in seed_files.quantities(example)}
    if first_seed:
        yield from other_digits(example, run.rows, first_seed, f"in {seed_files.path(example.id, seed_files.folder_of(example))}")


def not_finite(run: TrainingRun, reference: TrainingRun) -> str:
    """What of a training is not a finite number, or has another shape than the reference's, so that there is nothing to record."""
    if not np.isfinite(run.distance(reference)):
        return "the weights at the end are not finite, or not of the reference's shapes"
    rows = [row.updates for row in run.rows if not np.isfinite([*row.values.values(), row.min_margin]).all()]
    return f"not finite after {rows[0]} updates: a quantity of the log row, or a margin" if rows else ""


def record_training(case: ImageCase, run: TrainingRun, reference: TrainingRun, findings: Findings) -> None:
    """Record log rows, times and pictures of a training."""
    computed, printed = results_by_title(case.example, run.rows), list(printed_results(case.example))
    findings.images.log_rows = [
        LoggedValue(title=result.title, value=as_printed(computed[result.title], result.text))
        for result in printed
        if result.title in computed
    ]
    findings.images.run_time = RunTime(
        path=run.path,
        seconds=round(run.seconds, 1),
        peak_memory=round(run.peak_memory),
        distance=run.distance(reference),
        min_margin=min(row.min_margin for row in run.rows),
    )
    if case.engine_name == "reference" and not with_batch_statistics(case.example.network):
        findings.images.pictures = pictures_after_training(case, run)


def results_by_title(example: ImageExample, rows: list[LogRow]) -> dict[str, float]:
    """The results in every log row, by title."""
    logged = {row.updates: row.values for row in rows}
    printed = [result for result in printed_results(example) if result.updates in logged]
    return {result.title: logged[result.updates][result.quantity] for result in printed}


def other_digits(example: ImageExample, rows: list[LogRow], expected: Mapping[str, float], where: str) -> Iterator[str]:
    """Lines for results with other digits than the expected ones; digits that rounding reaches (see ``is_coarse``) do not count."""
    printed = {result.title: result.text for result in printed_results(example)}
    computed = results_by_title(example, rows)
    if not computed.keys() & expected.keys():
        yield f"no log row of the page is computed {where}"
    for title in computed.keys() & expected.keys():
        text = printed[title]
        while "." in text and not is_coarse(text, expected[title]):
            text = text[:-1]
        if as_printed(computed[title], text) != as_printed(expected[title], text):
            yield f"{title}: {computed[title]!r}, but {expected[title]!r} {where}"


def as_printed(value: float, text: str) -> str:
    """A number with as many decimals as a printed one."""
    return rounded_like(Decimal(value), text, ROUND_HALF_EVEN)


def check_predictions(case: ImageCase, findings: Findings) -> Iterator[str]:
    """Every engine classifies as many images correctly as the reference under every setting, whatever the batch size."""
    available(case.session, case.example)
    computed, expected = predictions(case), predictions(case.on("reference"))
    if unknown := [name for name, count in computed.items() if not np.isfinite(count.min_margin)]:
        yield from (f"{name}: an output is not finite" for name in unknown)
        return
    findings.images.predictions = list(computed.values())
    if case.engine_name == "reference":
        findings.images.pictures = pictures_of_pretrained(case)
    for name, count in computed.items():
        if count.n_correct != expected[name].n_correct:
            numbers = f"{count.n_correct} classified correctly, {expected[name].n_correct} by the reference"
            yield f"{name}: {numbers} (smallest margin {count.min_margin:.1e})"
    for setting in case.example.inference_settings:
        yield from other_outputs(case, setting) if setting.image is not None else ()
    for small, large in contradicting_settings(case.example, computed):
        yield f"{small} and {large}: {computed[small].n_correct} and {computed[large].n_correct} classified correctly"


def other_outputs(case: ImageCase, setting: InferenceSetting) -> list[str]:
    """A line where the engine's outputs of the setting's image are further from the exact ones than rounding allows."""
    exact, rough = (outputs_in_balls(case, setting, bits) for bits in (arithmetic.EXACT, arithmetic.BITS[case.dtype]))
    bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(rough), dtype=float)
    return differences(f"{setting.name}: outputs of image {setting.image}", engine_outputs(case, setting), exact, bound)


def contradicting_settings(example: ImageExample, counts: Mapping[str, PredictionCount]) -> Iterator[tuple[str, str]]:
    """The names of two settings that differ in the batch size only, and yet in the number of correctly classified images."""
    for small, large in permutations(example.inference_settings, 2):
        alike = (small.images, small.divisor) == (large.images, large.divisor) and small.batch_size < large.batch_size
        if alike and counts[small.name].n_correct != counts[large.name].n_correct:
            yield small.name, large.name

"""Questions that need the page's own images: asked where these are there, reported as not judged where they are not."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from adapters.log_rows import LogRow
from verification.checks.printed_numbers import coarse
from verification.failure import Record, fail
from verification.images.image_data import printed_results, scaled
from verification.images.inference import Predictions, predictions
from verification.images.pictures import pictured_answers, pictured_course
from verification.images.training_runs import differently_classified, example_of, trained
from verification.seeds import seed_files
from verification.session import Case
from verification.verdicts import shown
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError


def available(example: ImageExample, record: Record) -> None:
    """Go on only where the page's images are; what is then not judged is recorded, and reported at the end."""
    try:
        scaled(example.images.data_set, "test", example.images.divisor)
        if example.network.pretrained:
            predictions(example, "reference")
    except MissingDataError as error:
        record["not judged"] = str(error)
        pytest.skip(f"data not available: {error}")


def check_lines(case: Case, record: Record) -> None:
    """On the page's images every engine prints the same lines, to the last digit of the page's numbers."""
    example = example_of(case)
    available(example, record)
    own, right = (trained(example, engine, example.images.data_set) for engine in (case.engine, "reference"))
    found = results(example, own.lines)
    record["lines"] = {
        place.title: like(found[place.title], place.text) for place in printed_results(example) if place.title in found
    }
    record["course"] = {"seconds": round(own.seconds, 1), "MiB": round(own.peak), "path": own.path, "apart": own.apart(right)}
    record["course"]["gap"] = min(line.min_margin for line in own.lines)
    if case.engine == "reference":
        record["pictured"] = pictured_course(example, own)
    problems = [f"{line} by the reference" for line in differently_classified(own, right)]
    problems += unlike(example, own.lines, results(example, right.lines), "by the reference")
    kept = {quantity["name"]: quantity["values"][0] for quantity in seed_files.committed(example.id).get("quantities", [])}
    problems += unlike(example, own.lines, kept, f"in {seed_files.path(example.id)}")
    if problems:
        fail(
            case,
            problems,
            "engines share weights and order: find where they part; the seeds: python -m verification.seeds.image_seeds",
        )


def results(example: ImageExample, lines: list[LogRow]) -> dict[str, float]:
    """The results in every line, by title."""
    known = {line.updates: line.values for line in lines}
    return {place.title: known[place.updates][place.quantity] for place in printed_results(example) if place.updates in known}


def unlike(example: ImageExample, lines: list[LogRow], right: Mapping[str, float], where: str) -> Iterator[str]:
    """Lines for results that other digits are known for; digits that rounding reaches (see ``coarse``) are left out."""
    text, found = {place.title: place.text for place in printed_results(example)}, results(example, lines)
    for title in found.keys() & right.keys():
        digits = text[title]
        while "." in digits and not coarse(digits, right[title]):
            digits = digits[:-1]
        if like(found[title], digits) != like(right[title], digits):
            yield f"{title}: {found[title]!r}, but {right[title]!r} {where}"


def like(value: float, text: str) -> str:
    """A number in the decimals of a printed one."""
    return shown(Decimal(value), text, ROUND_HALF_EVEN)


def check_answers(case: Case, record: Record) -> None:
    """Every engine recognises as many images as the reference under every condition, one by one and in batches."""
    example = example_of(case)
    available(example, record)
    own, right = (predictions(example, engine) for engine in (case.engine, "reference"))
    record["answers"] = {name: answer._asdict() for name, answer in own.items()}
    if case.engine == "reference":
        record["pictured"] = pictured_answers(example)
    problems = [
        f"{name}: {answer.n_correct} recognised, {right[name].n_correct} by the reference (smallest gap {answer.gap:.1e})"
        for name, answer in own.items()
        if answer.n_correct != right[name].n_correct
    ]
    problems += [f"{one} and {other}: {a.n_correct} and {b.n_correct} recognised" for one, other, a, b in batched(example, own)]
    if problems:
        fail(case, problems, "compare the outputs of the first image on which they differ, and its gap")


def batched(example: ImageExample, found: dict[str, Predictions]) -> Iterator[tuple[str, str, Predictions, Predictions]]:
    """Conditions that differ in the batch only, but not in what is recognised."""
    for one in example.inference_settings:
        for other in example.inference_settings:
            alike = (one.images, one.divisor) == (other.images, other.divisor) and one.batch_size < other.batch_size
            if alike and found[one.name].n_correct != found[other.name].n_correct:
                yield one.name, other.name, found[one.name], found[other.name]

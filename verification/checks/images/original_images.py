"""Questions that need the page's own images: asked where these are there, reported as not judged where they are not."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from adapters.log_rows import Line
from verification.checks.printed_numbers import coarse
from verification.failure import Record, fail
from verification.images.image_data import places, scaled
from verification.images.inference import Answer, answers
from verification.images.pictures import pictured_answers, pictured_course
from verification.images.training_runs import example_of, learnt, otherwise_recognised
from verification.seeds import seed_files
from verification.session import Case
from verification.verdicts import shown
from worked_examples import LearningExample
from worked_examples.errors import MissingDataError


def available(example: LearningExample, record: Record) -> None:
    """Go on only where the page's images are; what is then not judged is recorded, and reported at the end."""
    try:
        scaled(example.images.set, "test", example.images.divisor)
        if example.network.pretrained:
            answers(example, "reference")
    except MissingDataError as error:
        record["not judged"] = str(error)
        pytest.skip(f"data not available: {error}")


def check_lines(case: Case, record: Record) -> None:
    """On the page's images every engine prints the same lines, to the last digit of the page's numbers."""
    example = example_of(case)
    available(example, record)
    own, right = (learnt(example, engine, example.images.set) for engine in (case.engine, "reference"))
    found = results(example, own.lines)
    record["lines"] = {place.title: like(found[place.title], place.text) for place in places(example) if place.title in found}
    record["course"] = {"seconds": round(own.seconds, 1), "MiB": round(own.peak), "path": own.path, "apart": own.apart(right)}
    record["course"]["gap"] = min(line.gap for line in own.lines)
    if case.engine == "reference":
        record["pictured"] = pictured_course(example, own)
    problems = [f"{line} by the reference" for line in otherwise_recognised(own, right)]
    problems += unlike(example, own.lines, results(example, right.lines), "by the reference")
    kept = {quantity["name"]: quantity["values"][0] for quantity in seed_files.committed(example.id).get("quantities", [])}
    problems += unlike(example, own.lines, kept, f"in {seed_files.path(example.id)}")
    if problems:
        fail(
            case,
            problems,
            "engines share weights and order: find where they part; the seeds: python -m verification.seeds.image_seeds",
        )


def results(example: LearningExample, lines: list[Line]) -> dict[str, float]:
    """The results in every line, by title."""
    known = {line.updates: line.values for line in lines}
    return {place.title: known[place.updates][place.quantity] for place in places(example) if place.updates in known}


def unlike(example: LearningExample, lines: list[Line], right: Mapping[str, float], where: str) -> Iterator[str]:
    """Lines for results that other digits are known for; digits that rounding reaches (see ``coarse``) are left out."""
    text, found = {place.title: place.text for place in places(example)}, results(example, lines)
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
    own, right = (answers(example, engine) for engine in (case.engine, "reference"))
    record["answers"] = {name: answer._asdict() for name, answer in own.items()}
    if case.engine == "reference":
        record["pictured"] = pictured_answers(example)
    problems = [
        f"{name}: {answer.hits} recognised, {right[name].hits} by the reference (smallest gap {answer.gap:.1e})"
        for name, answer in own.items()
        if answer.hits != right[name].hits
    ]
    problems += [f"{one} and {other}: {a.hits} and {b.hits} recognised" for one, other, a, b in batched(example, own)]
    if problems:
        fail(case, problems, "compare the outputs of the first image on which they differ, and its gap")


def batched(example: LearningExample, found: dict[str, Answer]) -> Iterator[tuple[str, str, Answer, Answer]]:
    """Conditions that differ in the batch only, but not in what is recognised."""
    for one in example.conditions:
        for other in example.conditions:
            alike = (one.images, one.divisor) == (other.images, other.divisor) and one.batch < other.batch
            if alike and found[one.name].hits != found[other.name].hits:
                yield one.name, other.name, found[one.name], found[other.name]

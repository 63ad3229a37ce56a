"""Courses of learning from images: run once in each process, on the digits or on the page's own images."""

import resource
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from adapters import Array, Parameters
from adapters.log_rows import LogRow, train_with_log
from adapters.schedule import minibatches
from adapters.training import DivergedError
from verification import session
from verification.error_bounds import flat
from verification.images.image_data import initial, log_updates, scaled
from verification.session import Case
from worked_examples import FixtureError, ImageExample

LONGEST = 10_000  # batches of several patterns that are learnt on every engine; later lines are only placed among the seeds
ON_DIGITS = 3_072  # patterns, two epochs


class TrainingRun(NamedTuple):
    """A finished course: its lines, the last parameters, how it was computed, its seconds, the process's peak memory in MiB."""

    lines: list[LogRow]
    parameters: list[Parameters]
    path: str
    seconds: float
    peak: float

    def apart(self, other: "TrainingRun") -> float:
        """The 2-norm between the last parameters of both."""
        return float(np.linalg.norm(flat(self.parameters) - flat(other.parameters)))


def train_on_images(
    example: ImageExample,
    engine: str,
    data: str,
    lines: Sequence[int],
    compiled: bool,
    start: list[Parameters] | None = None,
) -> TrainingRun:
    """One course on a set of images, from the example's own weights or from others.

    Raises:
        FixtureError: where it diverges.

    """
    assert example.training, "only what learns has a course"
    train, test = (scaled(data, part, example.images.divisor) for part in ("training", "test"))
    order, begun = batches_of(example, len(train.labels)), time.perf_counter()
    trainer = session.adapter(engine).minibatch_trainer(example, start or initial(example, train.x.shape[1]), "float64", compiled)
    try:
        found = list(train_with_log(trainer, train, test, order, lines, {"n_correct", *example.names.values()}))
    except DivergedError as error:
        raise FixtureError(f"{example.file}: training.learning_rate: on {engine}, {error}") from None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return TrainingRun(found, trainer.parameters(), trainer.path, time.perf_counter() - begun, peak)


def batches_of(example: ImageExample, samples: int) -> Array:
    """The samples of every update, ``(updates, batch_size)``.

    Raises:
        FixtureError: where the batch size does not divide the number of samples.

    """
    assert example.training, "only a training has batches"
    try:
        return minibatches(example.training, samples)
    except ValueError as error:
        raise FixtureError(f"{example.file}: training.batch_size: {error}") from None


def on_digits(example: ImageExample) -> list[int]:
    """The lines of the course on the digits: four, equally far apart."""
    assert example.training, "only what learns has lines"
    return [ON_DIGITS // example.training.batch_size * quarter // 4 for quarter in (1, 2, 3, 4)]


def on_page(example: ImageExample) -> list[int]:
    """The lines that are computed on every engine."""
    assert example.training, "only what learns has lines"
    return [stop for stop in log_updates(example) if stop <= LONGEST or example.training.batch_size == 1]


COURSES: dict[tuple[str, str, str], TrainingRun] = {}


def trained(example: ImageExample, engine: str, data: str) -> TrainingRun:
    """The course of an example on an engine, from the cache where it ran before."""
    key = example.id, engine, data
    if key not in COURSES:
        COURSES[key] = train_on_images(
            example, engine, data, on_digits(example) if data == "digits" else on_page(example), compiled=True
        )
    return COURSES[key]


def differently_classified(own: TrainingRun, right: TrainingRun) -> Iterator[str]:
    """One line for each line of two courses in which not equally many patterns are recognised."""
    for a, b in zip(own.lines, right.lines, strict=True):
        if a.values["n_correct"] != b.values["n_correct"]:
            yield f"after {a.updates} updates: {a.values['hits']:.0f} recognised, not {b.values['hits']:.0f}"


def example_of(case: Case) -> ImageExample:
    """The example of a case, which is one with images."""
    assert isinstance(case.example, ImageExample), f"{case.example.id} has no images"
    return case.example

"""Courses of learning from images: run once in each process, on the digits or on the page's own images."""

import resource
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from adapters import Parameters
from adapters.log_rows import Line, course
from adapters.schedule import batches
from adapters.training import DivergedError
from verification import session
from verification.error_bounds import flat
from verification.images.image_data import initial, scaled, stops
from verification.session import Case
from worked_examples import FixtureError, LearningExample

LONGEST = 10_000  # batches of several patterns that are learnt on every engine; later lines are only placed among the seeds
ON_DIGITS = 3_072  # patterns, two epochs


class Learnt(NamedTuple):
    """A finished course: its lines, the last parameters, how it was computed, its seconds, the process's peak memory in MiB."""

    lines: list[Line]
    parameters: list[Parameters]
    path: str
    seconds: float
    peak: float

    def apart(self, other: "Learnt") -> float:
        """The 2-norm between the last parameters of both."""
        return float(np.linalg.norm(flat(self.parameters) - flat(other.parameters)))


def learn(
    example: LearningExample,
    engine: str,
    data: str,
    lines: Sequence[int],
    compiled: bool,
    start: list[Parameters] | None = None,
) -> Learnt:
    """One course on a set of images, from the example's own weights or from others.

    Raises:
        FixtureError: where it diverges.

    """
    assert example.learning, "only what learns has a course"
    train, test = (scaled(data, part, example.images.divisor) for part in ("training", "test"))
    order, begun = batches(example.learning, len(train.labels)), time.perf_counter()
    learner = session.adapter(engine).learner(example, start or initial(example, train.x.shape[1]), "float64", compiled)
    try:
        found = list(course(learner, train, test, order, lines, {"hits", *example.names.values()}))
    except DivergedError as error:
        raise FixtureError(f"{example.file}: learning.learning_rate: on {engine}, {error}") from None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Learnt(found, learner.parameters(), learner.path, time.perf_counter() - begun, peak)


def on_digits(example: LearningExample) -> list[int]:
    """The lines of the course on the digits: four, equally far apart."""
    assert example.learning, "only what learns has lines"
    return [ON_DIGITS // example.learning.batch * quarter // 4 for quarter in (1, 2, 3, 4)]


def on_page(example: LearningExample) -> list[int]:
    """The lines that are computed on every engine."""
    assert example.learning, "only what learns has lines"
    return [stop for stop in stops(example) if stop <= LONGEST or example.learning.batch == 1]


COURSES: dict[tuple[str, str, str], Learnt] = {}


def learnt(example: LearningExample, engine: str, data: str) -> Learnt:
    """The course of an example on an engine, from the cache where it ran before."""
    key = example.id, engine, data
    if key not in COURSES:
        COURSES[key] = learn(example, engine, data, on_digits(example) if data == "digits" else on_page(example), compiled=True)
    return COURSES[key]


def otherwise_recognised(own: Learnt, right: Learnt) -> Iterator[str]:
    """One line for each line of two courses in which not equally many patterns are recognised."""
    for a, b in zip(own.lines, right.lines, strict=True):
        if a.values["hits"] != b.values["hits"]:
            yield f"after {a.updates} updates: {a.values['hits']:.0f} recognised, not {b.values['hits']:.0f}"


def example_of(case: Case) -> LearningExample:
    """The example of a case, which is one with images."""
    assert isinstance(case.example, LearningExample), f"{case.example.id} has no images"
    return case.example

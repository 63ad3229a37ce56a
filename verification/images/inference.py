"""What a pretrained network answers: asked once in each process, under every condition of the page."""

import time
from typing import NamedTuple

from adapters import Learner, Parameters
from adapters.log_rows import smallest_gap
from verification import session
from verification.images.image_data import DIRECTORY, scaled
from worked_examples import LearningExample
from worked_examples.datasets.sets import pretrained
from worked_examples.schema.images import Condition


class Answer(NamedTuple):
    """Of so many images so many were recognised; the smallest distance between an image's two greatest outputs; seconds."""

    images: int
    hits: int
    gap: float
    seconds: float


ANSWERS: dict[tuple[str, str], dict[str, Answer]] = {}


def supplied(example: LearningExample) -> list[Parameters]:
    """The pretrained weights.

    Raises:
        MissingDataError: where there is no file of them.

    """
    found, keys = pretrained(DIRECTORY[0] if DIRECTORY else None), example.network.pretrained
    assert keys, "only a pretrained network has a file"
    pairs = zip(keys.kernels, keys.biases, strict=True)
    return [Parameters(found[kernel].astype(float), found[bias].astype(float)) for kernel, bias in pairs]


def answers(example: LearningExample, engine: str) -> dict[str, Answer]:
    """The answers under every condition, by its name."""
    key = example.id, engine
    if key not in ANSWERS:
        learner = session.adapter(engine).learner(example, supplied(example), "float64", compiled=True)
        ANSWERS[key] = {condition.name: asked(example, learner, condition) for condition in example.conditions}
    return ANSWERS[key]


def asked(example: LearningExample, learner: Learner, condition: Condition) -> Answer:
    """The answer under one condition."""
    patterns, begun = scaled(example.images.set, condition.images, condition.divisor), time.perf_counter()
    outputs = learner.outputs(patterns.x, condition.batch)
    right = outputs.argmax(axis=1) == patterns.labels
    return Answer(len(right), int(right.sum()), smallest_gap(outputs), round(time.perf_counter() - begun, 2))

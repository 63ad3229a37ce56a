"""What a pretrained network answers: asked once in each process, under every condition of the page."""

import time
from typing import NamedTuple

from adapters import MinibatchTrainer, Parameters
from adapters.log_rows import min_margin
from verification import session
from verification.images.image_data import DIRECTORY, scaled
from worked_examples import ImageExample
from worked_examples.datasets.sets import pretrained
from worked_examples.schema.images import InferenceSetting


class Predictions(NamedTuple):
    """Of so many images so many were recognised; the smallest distance between an image's two greatest outputs; seconds."""

    images: int
    n_correct: int
    gap: float
    seconds: float


ANSWERS: dict[tuple[str, str], dict[str, Predictions]] = {}


def pretrained_parameters(example: ImageExample) -> list[Parameters]:
    """The pretrained weights.

    Raises:
        MissingDataError: where there is no file of them.

    """
    found, keys = pretrained(DIRECTORY[0] if DIRECTORY else None), example.network.pretrained
    assert keys, "only a pretrained network has a file"
    pairs = zip(keys.kernels, keys.biases, strict=True)
    return [Parameters(found[kernel].astype(float), found[bias].astype(float)) for kernel, bias in pairs]


def predictions(example: ImageExample, engine: str) -> dict[str, Predictions]:
    """The answers under every condition, by its name."""
    key = example.id, engine
    if key not in ANSWERS:
        trainer = session.adapter(engine).minibatch_trainer(example, pretrained_parameters(example), "float64", compiled=True)
        ANSWERS[key] = {condition.name: predicted(example, trainer, condition) for condition in example.inference_settings}
    return ANSWERS[key]


def predicted(example: ImageExample, trainer: MinibatchTrainer, condition: InferenceSetting) -> Predictions:
    """The answer under one condition."""
    samples, begun = scaled(example.images.data_set, condition.images, condition.divisor), time.perf_counter()
    outputs = trainer.outputs(samples.x, condition.batch_size)
    right = outputs.argmax(axis=1) == samples.labels
    return Predictions(len(right), int(right.sum()), min_margin(outputs), round(time.perf_counter() - begun, 2))

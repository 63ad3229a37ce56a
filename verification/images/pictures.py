"""What the report's pictures of a network need, small enough for ``results.json``: bytes as base64, counts as numbers."""

from base64 import b64encode
from typing import Any

import numpy as np

from adapters import Array, Parameters
from adapters.log_rows import INFERENCE_BATCH
from adapters.reference.minibatch import EagerMinibatchTrainer
from verification.images.image_data import images, scaled
from verification.images.inference import pretrained_parameters
from verification.images.training_runs import TrainingRun
from worked_examples import ImageExample

FIRST, MISTAKEN = 10, 10  # test images that are shown: the first ones, and the first of those that are not recognised
UNITS = 25  # of the first layer, whose kernels are shown


def pictured_course(example: ImageExample, learnt: TrainingRun) -> dict[str, Any]:
    """What is shown of a network after its course."""
    found = pictured(example, learnt.parameters, example.images.divisor)
    return found | {"updates": learnt.lines[-1].updates}


def pictured_answers(example: ImageExample) -> dict[str, Any]:
    """What is shown of a pretrained network: pixels are divided as in the page's first table, or the first condition."""
    divisors = {condition.name: condition.divisor for condition in example.inference_settings}
    asked = [table.inference_setting for table in example.printed if table.inference_setting] or list(divisors)
    return pictured(example, pretrained_parameters(example), divisors[asked[0]])


def pictured(example: ImageExample, parameters: list[Parameters], divisor: str) -> dict[str, Any]:
    """The confusion matrix on the test images, a sample of them, and kernels of the first layer, all by the reference."""
    test, pixels = scaled(example.images.data_set, "test", divisor), images(example.images.data_set).test.pixels
    pixels = pixels * (255 // images(example.images.data_set).greatest)
    answers = EagerMinibatchTrainer(example, parameters, "float64").outputs(test.x, INFERENCE_BATCH).argmax(axis=1)
    return {
        "divisor": divisor,
        "confusion": confusion(test.labels, answers),
        "sample": sample(pixels, test.labels, answers),
        "kernels": text(quantised(parameters[0].kernel.T[:UNITS])),
        "units": len(parameters[0].bias),
    }


def sample(pixels: Array, labels: Array, answers: Array) -> dict[str, Any]:
    """The first images, and the first others that are not recognised: where they stand, labels, answers, pixels from 0 to 255."""
    others = np.flatnonzero(answers[FIRST:] != labels[FIRST:])[:MISTAKEN] + FIRST
    shown = np.concatenate([np.arange(FIRST), others])
    found = {"image": shown.tolist(), "label": labels[shown].tolist(), "answer": answers[shown].tolist()}
    return {**found, "pixels": text(pixels[shown])}


def confusion(labels: Array, answers: Array) -> list[list[int]]:
    """How many images with each label (rows) are taken for which class (columns), ten of either."""
    counts = np.bincount(labels.astype(int) * 10 + answers, minlength=100)
    return [list(map(int, row)) for row in counts.reshape(10, 10)]


def quantised(kernels: Array) -> Array:
    """Kernels ``(units, inputs)`` as uint8: 128 is 0, and 1 or 255 the greatest weight of that unit, by its sign."""
    greatest = np.abs(kernels).max(axis=1, keepdims=True)
    levels: Array = 128 + np.round(127 * kernels / np.where(greatest > 0, greatest, 1))
    return levels.astype(np.uint8)


def text(array: Array) -> str:
    """The bytes of an array of uint8, row by row."""
    return b64encode(np.ascontiguousarray(array, dtype=np.uint8).tobytes()).decode("ascii")

"""What the report's pictures of a network need, small enough for ``results.json``: bytes as base64, counts as numbers."""

import math
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import numpy as np

from adapters import Array, Parameters
from adapters.log_rows import INFERENCE_BATCH
from adapters.reference.training import Trainer
from verification.case import Case
from verification.images.data import as_network, images, pretrained_parameters, scaled
from verification.images.training_runs import TrainingRun
from worked_examples import ImageExample

FIRST, MISCLASSIFIED = 10, 10  # test images that are shown: the first ones, and the first of those that are classified wrongly
UNITS = 25  # of the first layer, whose kernels are shown


def pictures_after_training(case: Case[ImageExample], run: TrainingRun) -> dict[str, Any]:
    """What is plotted of a network after its training."""
    plotted = pictures(case, run.parameters, case.example.data.divisor)
    return plotted | {"updates": run.rows[-1].updates}


def pictures_of_pretrained(case: Case[ImageExample]) -> dict[str, Any]:
    """What is plotted of a pretrained network: pixels are divided as in the page's first table, or the first inference setting."""
    divisors = {setting.name: setting.divisor for setting in case.example.inference_settings}
    printed = [table.inference_setting for table in case.example.printed if table.inference_setting] or list(divisors)
    return pictures(case, pretrained_parameters(case.session, case.example), divisors[printed[0]])


def pictures(case: Case[ImageExample], parameters: list[Parameters], divisor: str) -> dict[str, Any]:
    """The confusion matrix on the test images, a sample of them, and the first kernels of pixels, all by the reference."""
    name = case.example.data.images
    test, whole = scaled(case.session, name, "test", divisor), images(case.session, name)
    pixels = whole.test.pixels * (255 // whole.greatest)
    trainer = Trainer(as_network(case.example, parameters, test), "float64")
    predicted = trainer.outputs_for(test.x, INFERENCE_BATCH).argmax(axis=1)
    plotted = {
        "divisor": divisor,
        "confusion": confusion(test.labels, predicted),
        "sample": sample(pixels, test.labels, predicted),
    }
    kernels = next(kernels_of_pixels(parameters, whole.side), None)
    if kernels is None:
        return plotted
    shown = {"kernels": base64_text(quantized(kernels[:UNITS])), "kernel_side": math.isqrt(kernels.shape[1]), "units": len(kernels)}
    return {**plotted, **shown}


def kernels_of_pixels(parameters: list[Parameters], side: int) -> Iterator[Array]:
    """Square kernels ``(units, pixels)``: of dense layers on images of this side, of convolutions of a single channel."""
    for kernel in (layer.kernel for layer in parameters):
        if kernel.ndim == 2 and len(kernel) == side**2:
            yield kernel.T
        elif kernel.ndim == 4 and kernel.shape[1] == 1 and kernel.shape[2] == kernel.shape[3]:
            yield kernel.reshape(len(kernel), -1)


def sample(pixels: Array, labels: Array, predicted: Array) -> dict[str, Any]:
    """The first images, and the first others that are classified wrongly: positions, labels, classes, pixels from 0 to 255."""
    others = np.flatnonzero(predicted[FIRST:] != labels[FIRST:])[:MISCLASSIFIED] + FIRST
    chosen = np.concatenate([np.arange(FIRST), others])
    table = {"image": chosen.tolist(), "label": labels[chosen].tolist(), "predicted": predicted[chosen].tolist()}
    return {**table, "pixels": base64_text(pixels[chosen])}


def confusion(labels: Array, predicted: Array) -> list[list[int]]:
    """How many images with each label (rows) are taken for which class (columns), ten of either."""
    counts = np.bincount(labels.astype(int) * 10 + predicted, minlength=100)
    return [list(map(int, row)) for row in counts.reshape(10, 10)]


def quantized(kernels: Array) -> Array:
    """Kernels ``(units, inputs)`` as uint8: 128 is 0, and 1 or 255 the greatest weight of that unit, by its sign."""
    greatest = np.abs(kernels).max(axis=1, keepdims=True)
    levels: Array = 128 + np.round(127 * kernels / np.where(greatest > 0, greatest, 1))
    return levels.astype(np.uint8)


def base64_text(array: Array) -> str:
    """The bytes of an array of uint8, row by row."""
    return b64encode(np.ascontiguousarray(array, dtype=np.uint8).tobytes()).decode("ascii")

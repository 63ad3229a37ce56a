"""What is recorded for the pictures is what the network does, and small."""

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Parameters
from adapters.log_rows import LogRow
from adapters.reference.training import Trainer
from verification.case import Case
from verification.images import data
from verification.images.data import DIGITS, as_network, images, initial, scaled
from verification.images.pictures import (
    FIRST,
    MISCLASSIFIED,
    UNITS,
    kernels_of_pixels,
    pictures,
    pictures_after_training,
    pictures_of_pretrained,
    quantized,
)
from verification.images.training_runs import TrainingRun
from verification.session import Session
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]


def on_digits(committed: ImageExample, session: Session) -> Case[ImageExample]:
    """An example on scikit-learn's digits."""
    example = committed.model_copy(update={"data": committed.data.model_copy(update={"images": DIGITS})})
    return Case(example, "reference", session)


@pytest.fixture
def case(image_example: ImageExamples, session: Session) -> Case[ImageExample]:
    """A network to train, on scikit-learn's digits."""
    return on_digits(image_example("numpy-dnn/325_1"), session)


@pytest.fixture
def recorded(case: Case[ImageExample]) -> dict[str, Any]:
    """What is recorded of the network with its initial parameters, read from JSON."""
    drawn: dict[str, Any] = json.loads(json.dumps(pictures(case, initial(case.example, 64), "255")))
    return drawn


def test_the_confusion_matrix_counts_the_test_images(case: Case[ImageExample], recorded: dict[str, Any]) -> None:
    """Every row has as many images as bear its label, and the diagonal those that the reference classifies correctly."""
    test, counts = scaled(case.session, DIGITS, "test", "255"), np.array(recorded["confusion"])
    trainer = Trainer(as_network(case.example, initial(case.example, 64), test), "float64")
    predicted = trainer.outputs_for(test.x, len(test.x)).argmax(axis=1)
    assert counts.sum(axis=1).tolist() == np.bincount(test.labels, minlength=10).tolist()
    assert counts.trace() == (predicted == test.labels).sum()


def test_the_sample_has_the_first_images_and_the_first_mistakes(case: Case[ImageExample], recorded: dict[str, Any]) -> None:
    """The first images are shown whatever they are taken for, the others because of it; their pixels are those of the set."""
    sample, test = recorded["sample"], images(case.session, DIGITS).test
    assert sample["image"][:FIRST] == list(range(FIRST))
    mistakes = list(zip(sample["label"], sample["predicted"], strict=True))[FIRST:]
    assert len(mistakes) == MISCLASSIFIED
    assert all(label != predicted for label, predicted in mistakes)
    pixels = np.frombuffer(b64decode(sample["pixels"]), np.uint8).reshape(-1, 64)
    assert np.array_equal(pixels, test.pixels[sample["image"]] * 15)


def test_kernels_are_bytes_around_zero(case: Case[ImageExample], recorded: dict[str, Any]) -> None:
    """0 is 128, the greatest weight of a unit 1 or 255 by its sign; a unit without weights is all 128; each is recorded so."""
    kernels = np.array([[0.0, -2.0, 1.0], [0.5, 0.0, 0.25], [0.0, 0.0, 0.0]])
    assert quantized(kernels).tolist() == [[128, 1, 192], [255, 128, 192], [128, 128, 128]]
    bytes_of_kernels = np.frombuffer(b64decode(recorded["kernels"]), np.uint8).reshape(UNITS, 64)
    kernel = initial(case.example, 64)[0].kernel[:, 3]
    difference = (bytes_of_kernels[3].astype(int) - 128) / 127 * np.abs(kernel).max() - kernel
    assert np.abs(difference).max() <= np.abs(kernel).max() / 250


def test_kernels_are_those_that_see_pixels() -> None:
    """Of a dense layer on the whole image, or of a convolution of one channel; no others."""
    dense, filters, deeper = np.ones((9, 4)), np.arange(8.0).reshape(2, 1, 2, 2), np.ones((2, 3, 2, 2))
    layers = [Parameters(np.ones(4), np.ones(4)), Parameters(deeper, np.ones(2)), Parameters(filters, np.ones(2))]
    assert [kernels.tolist() for kernels in kernels_of_pixels(layers, 3)] == [[[0, 1, 2, 3], [4, 5, 6, 7]]]
    assert [kernels.shape for kernels in kernels_of_pixels([Parameters(dense, np.ones(4))], 3)] == [(4, 9)]
    assert not list(kernels_of_pixels([Parameters(dense, np.ones(4))], 4))


def test_pictures_after_a_training_say_after_how_many_updates(case: Case[ImageExample]) -> None:
    """They are those of the last row's parameters."""
    parameters = initial(case.example, 64)
    run = TrainingRun([LogRow(3, {}, 0.0), LogRow(7, {}, 0.0)], parameters, "eager", 0.0, 0.0)
    assert pictures_after_training(case, run) == pictures(case, parameters, "255") | {"updates": 7}


def test_pixels_of_a_pretrained_network_are_divided_as_in_its_first_table(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, session: Session
) -> None:
    """The notes print the accuracy on raw images first; without a table the first setting serves."""
    case = on_digits(image_example("study-notes/mnist-inference"), session)
    pairs = zip(case.example.written["layers"], initial(case.example, 64), strict=True)
    arrays = {name: array for of, pair in pairs for name, array in ((of["kernel"], pair.kernel), (of["bias"], pair.bias))}
    monkeypatch.setattr(data, "pretrained", lambda _: arrays)
    settings = {setting.name: setting.divisor for setting in case.example.inference_settings}
    first = next(table.inference_setting for table in case.example.printed if table.inference_setting)
    assert pictures_of_pretrained(case)["divisor"] == settings[first] == "1"
    without = case.of(case.example.model_copy(update={"printed": []}))
    assert pictures_of_pretrained(without)["divisor"] == next(iter(settings.values())) == "255"

"""What is recorded for the pictures is what the network does, and small."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest
from verification.images.image_data import images, initial, scaled

from adapters.reference.minibatch import EagerMinibatchTrainer
from verification.images.pictures import FIRST, MISTAKEN, UNITS, pictured, quantised
from worked_examples import ImageExample, load_all
from worked_examples.loading import ROOT

NAME = "numpy-dnn/325_1"


@pytest.fixture(scope="module")
def example() -> ImageExample:
    """A learning, from scikit-learn's digits."""
    found = load_all(ROOT / f"{NAME}.toml")[NAME]
    assert isinstance(found, ImageExample)
    return found.model_copy(update={"images": found.images.model_copy(update={"set": "sklearn_digits"})})


@pytest.fixture(scope="module")
def shown(example: ImageExample) -> dict[str, Any]:
    """What is recorded of the network with its first weights, read from JSON."""
    found: dict[str, Any] = json.loads(json.dumps(pictured(example, initial(example, 64), "255")))
    return found


def test_the_confusion_matrix_counts_the_test_images(example: ImageExample, shown: dict[str, Any]) -> None:
    """Every row has as many images as bear its label, and the diagonal those that the reference recognises."""
    test, counts = scaled("sklearn_digits", "test", "255"), np.array(shown["confusion"])
    answers = EagerMinibatchTrainer(example, initial(example, 64), "float64").outputs(test.x, len(test.x)).argmax(axis=1)
    assert counts.sum(axis=1).tolist() == np.bincount(test.labels, minlength=10).tolist()
    assert counts.trace() == (answers == test.labels).sum()


def test_the_sample_has_the_first_images_and_the_first_mistakes(shown: dict[str, Any]) -> None:
    """The first images are shown whatever they are taken for, the others because of it; their pixels are those of the set."""
    sample, test = shown["sample"], images("sklearn_digits").test
    assert sample["image"][:FIRST] == list(range(FIRST))
    mistakes = list(zip(sample["label"], sample["answer"], strict=True))[FIRST:]
    assert len(mistakes) == MISTAKEN
    assert all(label != answer for label, answer in mistakes)
    pixels = np.frombuffer(b64decode(sample["pixels"]), np.uint8).reshape(-1, 64)
    assert np.array_equal(pixels, test.pixels[sample["image"]] * 15)


def test_kernels_are_bytes_around_zero(example: ImageExample, shown: dict[str, Any]) -> None:
    """0 is 128, the greatest weight of a unit 1 or 255 by its sign; a unit without weights is all 128; each is recorded so."""
    kernels = np.array([[0.0, -2.0, 1.0], [0.5, 0.0, 0.25], [0.0, 0.0, 0.0]])
    assert quantised(kernels).tolist() == [[128, 1, 192], [255, 128, 192], [128, 128, 128]]
    recorded = np.frombuffer(b64decode(shown["kernels"]), np.uint8).reshape(UNITS, 64)
    kernel = initial(example, 64)[0].kernel[:, 3]
    assert np.abs((recorded[3].astype(int) - 128) / 127 * np.abs(kernel).max() - kernel).max() <= np.abs(kernel).max() / 250

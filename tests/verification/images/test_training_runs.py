"""Trainings on images: data, seeds, and the errors that name file and key."""

import re

import numpy as np
import pytest

from adapters import ENGINES, installed
from verification.case import Case
from verification.images.data import DIGITS, initial, scaled, with_seed
from verification.images.training_runs import batches, train_on_images
from verification.session import Session
from worked_examples import FixtureError, ImageExample, load_all


def example(name: str, **changes: object) -> ImageExample:
    """An example with images, its training changed."""
    found = load_all()[name]
    assert isinstance(found, ImageExample)
    assert found.training is not None
    return found.model_copy(update={"training": found.training.model_copy(update=changes)})


def test_a_seed_changes_weights_and_order() -> None:
    """Another seed is another run; the first is the fixture's own."""
    first = example("numpy-dnn/325_1")
    assert with_seed(first, 1) == first
    other = with_seed(first, 2)
    assert not np.array_equal(initial(other, 64)[0].kernel, initial(first, 64)[0].kernel)
    assert not np.array_equal(batches(other, 100), batches(first, 100))


def test_digits_are_scaled_as_pixels_are() -> None:
    """Where 255 becomes 1, so do the digits' 16; raw digits stay as they are."""
    assert scaled(Session(), DIGITS, "test", "255").x.max() == 1.0
    assert scaled(Session(), DIGITS, "test", "1").x.max() == 16.0


@pytest.mark.parametrize("engine", [name for name in ENGINES if installed(name)])
def test_a_diverging_training_is_one_clear_error(engine: str) -> None:
    """A learning rate that is too large is named with file and key, on every engine."""
    wild = example("dl-python/twolayer-backprop", learning_rate="1e300")
    message = rf"training\.learning_rate: on {engine}, the loss is (inf|nan) by update 8; "
    with pytest.raises(FixtureError, match=message):
        train_on_images(Case(wild, engine), DIGITS, [8], compiled=True)


def test_a_batch_size_that_leaves_samples_over_is_one_clear_error() -> None:
    """Named with file, key and both numbers."""
    odd = example("numpy-dnn/325_1", batch_size=7)
    message = re.escape(f"{odd.file}: training.batch_size: 100 samples are not a whole number of batches of 7")
    with pytest.raises(FixtureError, match=message):
        batches(odd, 100)

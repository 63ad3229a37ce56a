"""One timed run on images: compilation is told from the rest, and missing images are replaced by scikit-learn's digits."""

import numpy as np
import pytest
from verification.images.image_data import initial

from adapters import load_engine
from benchmarks import image_runs
from benchmarks.examples import chosen
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError

TRAINED, PRETRAINED = "dl-python/twolayer-backprop", "study-notes/mnist-inference"


def timed(example: ImageExample) -> image_runs.TimedTrainer:
    """The reference's trainer on images of 64 pixels."""
    return image_runs.TimedTrainer(
        load_engine("reference").minibatch_trainer(example, initial(example, 64), "float64", compiled=True)
    )


def test_compilation_is_what_a_first_call_takes_longer() -> None:
    """For each number of samples the quickest later call counts; what was called only once tells nothing."""
    trainer = timed(chosen(TRAINED, ImageExample))
    trainer.calls = {1000: [5.0, 1.5, 1.0], 10: [0.2, 0.3], 7: [9.0]}
    assert trainer.compilation == 4.0


def test_every_call_is_timed_by_its_number_of_samples() -> None:
    """Two calls with four samples and one with two."""
    trainer = timed(chosen(TRAINED, ImageExample))
    for samples in (4, 2, 4):
        trainer.learn(np.zeros((samples, 64)), np.zeros(samples, dtype=int), 2)
    assert {samples: len(calls) for samples, calls in trainer.calls.items()} == {4: 2, 2: 1}


@pytest.mark.parametrize(("name", "function"), [(TRAINED, "scaled"), (PRETRAINED, "scaled"), (PRETRAINED, "pretrained_parameters")])
def test_missing_data_are_replaced(name: str, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the images or the pretrained parameters are not available, the same network runs on scikit-learn's digits."""

    def missing(*_: object) -> None:
        raise MissingDataError("not here")

    monkeypatch.setattr(image_runs, "scaled", lambda *_: None)
    monkeypatch.setattr(image_runs, function, missing)
    example = image_runs.with_available_images(chosen(name, ImageExample))
    assert example.images.data_set == image_runs.SKLEARN_DIGITS
    assert example.network == chosen(name, ImageExample).network


def test_available_data_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example stays as it is."""
    for function in ("scaled", "pretrained_parameters"):
        monkeypatch.setattr(image_runs, function, lambda *_: None)
    example = chosen(PRETRAINED, ImageExample)
    assert image_runs.with_available_images(example) is example


def test_on_the_digits_only_batches_of_one_are_left() -> None:
    """Their number has no other divisor that an example uses."""
    example = chosen(PRETRAINED, ImageExample)
    on_digits = example.model_copy(update={"images": example.images.model_copy(update={"data_set": image_runs.SKLEARN_DIGITS})})
    assert len(list(image_runs.settings(example))) == len(example.inference_settings)
    assert {setting.batch_size for setting in image_runs.settings(on_digits)} == {1}

"""One timed run on images: compilation is told from the rest, and missing images are replaced by scikit-learn's digits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters import load_engine
from adapters.log_rows import Samples
from benchmarks import image_runs
from benchmarks.examples import chosen
from verification.case import Case
from verification.images import data
from verification.images.data import DIGITS, as_network, initial
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.datasets import sets
from worked_examples.errors import MissingDataError

TRAINED, PRETRAINED = "dl-python/twolayer-backprop", "study-notes/mnist-inference"


def timed(example: ImageExample) -> image_runs.TimedTrainer:
    """The reference's trainer on images of 64 pixels."""
    network = as_network(example, initial(example, 64), Samples(np.zeros((0, 64)), np.zeros((0, 10))))
    return image_runs.TimedTrainer(load_engine("reference").trainer(network, "float64", compiled=True))


def test_compilation_is_what_a_first_call_takes_longer() -> None:
    """For each number of samples the quickest later call counts; what was called only once tells nothing."""
    trainer = timed(chosen(TRAINED, ImageExample))
    trainer.calls = {1000: [5.0, 1.5, 1.0], 10: [0.2, 0.3], 7: [9.0]}
    assert trainer.compilation == 4.0


def test_every_call_is_timed_by_its_number_of_samples() -> None:
    """Two calls with four samples and one with two."""
    trainer = timed(chosen(TRAINED, ImageExample))
    for samples in (4, 2, 4):
        trainer.train_batches(np.zeros((samples, 64)), np.eye(10)[[0] * samples], 2)
    assert {samples: len(calls) for samples, calls in trainer.calls.items()} == {4: 2, 2: 1}


@pytest.mark.parametrize(("name", "function"), [(TRAINED, "load"), (PRETRAINED, "load"), (PRETRAINED, "pretrained")])
def test_missing_data_are_replaced(name: str, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the images or the pretrained parameters are not available, the same network runs on scikit-learn's digits."""

    def missing(*_: object) -> None:
        raise MissingDataError("not here")

    monkeypatch.setattr(data, "load", lambda *_: sets.load(DIGITS))
    monkeypatch.setattr(data, function, missing)
    example = image_runs.with_available_images(Session(), chosen(name, ImageExample))
    assert example.data.images == DIGITS
    assert example.written == chosen(name, ImageExample).written


def test_available_data_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example stays as it is."""
    example = chosen(TRAINED, ImageExample)
    monkeypatch.setattr(data, "load", lambda *_: sets.load(DIGITS))
    assert image_runs.with_available_images(Session(), example) is example


def test_on_the_digits_only_batches_of_one_are_left() -> None:
    """Their number has no other divisor that an example uses."""
    example = chosen(PRETRAINED, ImageExample)
    on_digits = example.model_copy(update={"data": example.data.model_copy(update={"images": DIGITS})})
    assert len(list(image_runs.settings(example))) == len(example.inference_settings)
    assert {setting.batch_size for setting in image_runs.settings(on_digits)} == {1}


def test_inference_and_training_are_timed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without data both run on the digits, in seconds; the reference has only an eager path, and compiles nothing."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    run = image_runs.measure(PRETRAINED, "reference", tmp_path)
    assert (run.data_set, run.path) == (DIGITS, "eager")
    assert run.peak > 0
    example = image_runs.with_available_images(Session(), chosen(TRAINED, ImageExample))
    path, compilation, seconds = image_runs.train(Case[Any](example, "reference", Session()))
    assert path == "eager"
    assert 0 <= compilation < seconds

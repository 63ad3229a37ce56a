"""Predictions of a pretrained network, and what the notes say of the sigmoid."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from reference.activations import ACTIVATIONS, Activation, sigmoid, sigmoid_backward, sigmoid_logaddexp
from reference.network import forward
from verification.case import Case
from verification.images.data import DIGITS, as_network, available, initial, pretrained_parameters, scaled
from verification.images.inference import predicted, predictions
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError
from worked_examples.schema.kinds.images import InferenceSetting

RAW, SCALED = "test, raw, in batches of 100", "test, scaled, in batches of 100"
NAME = "study-notes/mnist-inference"


@pytest.fixture
def on_mnist(pytestconfig: pytest.Config, image_example: Callable[[str], ImageExample]) -> Case[ImageExample]:
    """The notes' example on the reference, with the data of ``--data``; skipped where they are not there."""
    example, session = image_example(NAME), Session(data=pytestconfig.getoption("--data"))
    try:
        available(session, example)
    except MissingDataError as error:
        pytest.skip(f"data not available: {error}")
    return Case(example, "reference", session)


def test_both_forms_of_the_sigmoid_are_one_function() -> None:
    """``exp(-logaddexp(0, -x))`` is the sigmoid to a few units in the last place, wherever ``exp(-x)`` does not overflow.

    Both take at most five roundings of relative size 2^-53, and ``exp`` turns the absolute error of its argument, at most 2^-53
    times the argument, into a relative one.
    """
    x = np.linspace(-700, 700, 2801)
    error = (8 + 2 * np.abs(x)) * 2.0**-53
    assert np.all(np.abs(sigmoid_logaddexp(x) / sigmoid(x) - 1) <= error)


def test_only_the_plain_form_of_the_sigmoid_overflows() -> None:
    """At the raw images' smallest pre-activation, -3511, exp(3511) is not a float64; the other form gives 0 without a warning."""
    with np.errstate(all="raise"), pytest.raises(FloatingPointError, match="overflow"):
        sigmoid(np.array([-3511.0]))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert sigmoid_logaddexp(np.array([-3511.0])) == 0


def test_raw_images_overflow_and_scaled_ones_do_not(on_mnist: Case[ImageExample]) -> None:
    """The notes' warning says that their inference is on raw pixels: only these make the sigmoid overflow."""
    example, session = on_mnist.example, on_mnist.session
    test = scaled(session, "mnist", "test", "255")
    trainer = Trainer(as_network(example, pretrained_parameters(session, example), test), "float64")
    with np.errstate(over="raise"):
        forward(trainer.design, trainer.layers, test.x)
        with pytest.raises(FloatingPointError, match="overflow encountered in exp"):
            forward(trainer.design, trainer.layers, scaled(session, "mnist", "test", "1").x)


def test_the_other_form_of_the_sigmoid_classifies_as_many_correctly(
    monkeypatch: pytest.MonkeyPatch, on_mnist: Case[ImageExample]
) -> None:
    """With ``exp(-logaddexp(0, -x))`` the network is right on 9,207 raw and 9,352 scaled images, as with the plain form."""
    example, session, unchanged = on_mnist.example, on_mnist.session, predictions(on_mnist)
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", Activation(sigmoid_logaddexp, sigmoid_backward))
    network = as_network(example, pretrained_parameters(session, example), scaled(session, "mnist", "test", "255"))
    trainer = Engine().trainer(network, "float64", compiled=False)
    for name, divisor, count in ((RAW, "1", 9207), (SCALED, "255", 9352)):
        samples = scaled(session, "mnist", "test", divisor)
        n_correct = int((trainer.outputs_for(samples.x, 100).argmax(axis=1) == samples.labels).sum())
        assert n_correct == unchanged[name].n_correct == count


def test_predictions_are_counted_against_the_labels(session: Session, image_example: Callable[[str], ImageExample]) -> None:
    """On the digits: as many images as there are, those of the reference's classes that are the labels, the smallest margin."""
    committed = image_example(NAME)
    example = committed.model_copy(update={"data": committed.data.model_copy(update={"images": DIGITS})})
    samples = scaled(session, DIGITS, "test", "255")
    trainer = Trainer(as_network(example, initial(example, 64), samples), "float64")
    setting = InferenceSetting(name="digits", images="test", divisor="255", batch_size=1)
    count = predicted(session, example, trainer, setting)
    outputs = trainer.outputs_for(samples.x, len(samples.x))
    assert count.n_images == len(samples.labels)
    assert count.n_correct == (outputs.argmax(axis=1) == samples.labels).sum()
    ordered = np.sort(outputs, axis=1)
    assert count.min_margin == pytest.approx((ordered[:, -1] - ordered[:, -2]).min(), rel=1e-6)

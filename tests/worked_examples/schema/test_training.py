"""Trainings: settings that do not fit together are refused, and defaults are those of the books."""

from collections.abc import Callable

import pytest

from worked_examples.schema.training import StoppingCriterion, Training

NAME = "numpy-dnn/323_1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seed = 1\n\n[training.stopping_criterion]",
            "\n[training.stopping_criterion]",
            "training.seed: must be given with a swap shuffle, and only with it",
        ),
        (
            "batch_size = 1",
            'batch_size = "full"',
            'training.order: "swap shuffle" needs batch_size = 1; the order in a full batch does not',
        ),
        (
            'order = "swap shuffle"',
            'order = "shuffled"',
            "training.order: 'shuffled' is not an order; accepted: sequential, swap shuffle",
        ),
        ("max_epochs = 10000", "max_epochs = 0", "training.max_epochs: Input should be greater than or equal to 1"),
        (
            "max_epochs = 10000",
            'max_epochs = 10000\ntrainable = ["bias"]',
            'training.trainable: accepted: ["kernel"] and ["kernel", "bias"]',
        ),
    ],
)
def test_a_bad_training_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def training(**settings: object) -> Training:
    """A training with some settings."""
    table = {"optimizer": "gradient descent", "learning_rate": "0.1", "max_epochs": 7, **settings}
    return Training.model_validate(table)


def test_a_full_batch_makes_one_update_an_epoch() -> None:
    """With batch size 1 there are as many updates as samples."""
    assert (training().updates(5), training(batch_size=1).updates(5)) == (1, 5)


def test_without_a_criterion_training_lasts_to_the_last_epoch() -> None:
    """No loss is below the threshold that is then used, and the expected number of epochs is the loop's."""
    assert (training().criterion.test, training().criterion.threshold, training().expected) == ("<", "-1", 7)


@pytest.mark.parametrize(("key", "test"), [("loss_below", "<"), ("loss_at_most", "<=")])
def test_a_criterion_has_one_comparison(key: str, test: str) -> None:
    """Either comparison may be given, with the epoch of the book."""
    criterion = StoppingCriterion.model_validate({key: "0.01", "epoch": 3})
    assert (criterion.test, criterion.threshold, training(stopping_criterion=criterion).expected) == (test, "0.01", 3)


@pytest.mark.parametrize("thresholds", [{}, {"loss_below": "1", "loss_at_most": "1"}])
def test_a_criterion_needs_exactly_one_threshold(thresholds: dict[str, str]) -> None:
    """None and both are refused."""
    with pytest.raises(ValueError, match="exactly one of loss_below and loss_at_most must be given"):
        StoppingCriterion.model_validate(thresholds)


def test_biases_can_be_fixed() -> None:
    """``trainable`` lists what is updated."""
    assert training().trains_biases
    assert not training(trainable=["kernel"]).trains_biases

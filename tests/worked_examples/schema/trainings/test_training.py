"""Trainings: settings that do not fit together are refused, and defaults are those of the books."""

from collections.abc import Callable

import pytest

from worked_examples.schema.trainings.training import Training

NAME = "numpy-dnn/323_1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seed = 1\n\n[training.stopping_criterion]",
            "\n[training.stopping_criterion]",
            "training.seed: must be given with an order that is drawn, and only with it: swap shuffle, permutation, with ",
        ),
        (
            "batch_size = 1",
            'batch_size = "full"',
            'training.order: "swap shuffle" needs a batch_size; the order in a full batch does not matter',
        ),
        (
            'order = "swap shuffle"',
            'order = "shuffled"',
            "training.order: 'shuffled' is not an order; accepted: permutation, sequential, swap shuffle, with replacement",
        ),
        (
            "batch_size = 1",
            "batch_size = 0",
            'training.batch_size: 0 is not a batch size; accepted: "full", or a whole number from 1 to ',
        ),
        (
            'order = "swap shuffle"\nseed = 1',
            "order = [[0, 1], [1, 10]]",
            "training.order[1]: sample 10; accepted: 0 to 9, the rows of the data",
        ),
        (
            'order = "swap shuffle"\nseed = 1',
            "order = [[0, 1], [1, 2, 3]]",
            "training.order: lists of different lengths: [2, 3]",
        ),
        (
            "batch_size = 1",
            'batch_size = 3\nepoch_counts = "updates"',
            "training.epoch_counts: 'updates' with batches of 3 of 10 samples; accepted: a smaller batch_size that divides them",
        ),
        (
            "batch_size = 1",
            'batch_size = 10\nepoch_counts = "updates"',
            "training.epoch_counts: 'updates' with batches of 10 of 10 samples; accepted: a smaller batch_size that divides them",
        ),
        (
            'batch_size = 1\norder = "swap shuffle"\nseed = 1',
            'epoch_counts = "updates"',
            "training.epoch_counts: a full batch is one update a pass; remove epoch_counts, or give a batch_size",
        ),
        (
            'order = "swap shuffle"\nseed = 1',
            'order = [[0], [1]]\nepoch_counts = "updates"',
            "training.epoch_counts: a list has an order for every epoch; remove epoch_counts, and write one batch in each",
        ),
        (
            "batch_size = 1",
            'batch_size = 1\nepoch_counts = "samples"',
            "training.epoch_counts: 'samples' is not what an epoch counts; accepted: passes, updates",
        ),
        (
            'batch_size = 1\norder = "swap shuffle"\nseed = 1',
            "order = [[0, 1]]",
            "training.order: a list needs a batch_size; the order in a full batch does not matter",
        ),
        (
            'batch_size = 1\norder = "swap shuffle"',
            'batch_size = 10\norder = "with replacement"',
            "training.order: 'with replacement' of 10 samples; accepted: a batch_size below 10",
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
    """With batch size 1 there are as many updates as samples; the last batch may be a smaller one."""
    assert [training(batch_size=size).updates(5) for size in ("full", 1, 2, 5, 9)] == [1, 5, 3, 1, 1]
    assert training(batch_size=2, order=[[0, 1, 2, 0, 1, 2, 3]]).updates(4) == 4


def test_an_epoch_may_be_one_update() -> None:
    """Of a batch that is not all samples: by what it counts, or in a list of one batch for each epoch."""
    counted = training(batch_size=2, epoch_counts="updates")
    assert (counted.updates(6), counted.batches(6), counted.is_full_batch(6)) == (1, 3, False)
    listed = training(batch_size=2, order=[[0, 1], [2, 3]])
    assert (listed.updates(4), listed.is_full_batch(4)) == (1, False)
    assert training(batch_size=2).is_full_batch(2)


def test_only_gradient_descent_at_one_rate_has_a_constant_rate() -> None:
    """Any other update is more than a rate times a gradient."""
    assert training().constant_rate == "0.1"
    assert not training(optimizer="adam").constant_rate
    assert not training(learning_rate=["0.1"]).constant_rate


def test_without_a_criterion_training_lasts_to_the_last_epoch() -> None:
    """No loss is below the threshold that is then used, and the expected number of epochs is the loop's."""
    assert (training().criterion.test, training().criterion.threshold, training().expected) == ("<", "-60000", 7)


def test_biases_can_be_fixed() -> None:
    """``trainable`` lists what is updated."""
    assert training().trains_biases
    assert not training(trainable=["kernel"]).trains_biases

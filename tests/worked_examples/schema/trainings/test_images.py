"""Trainings on images: batches are drawn, and only the number of updates ends them."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from worked_examples.schema.trainings.images import ImageTraining

NAME = "dl-python/twolayer-backprop"
TABLE = {
    "optimizer": "gradient descent",
    "learning_rate": "1",
    "batch_size": 10,
    "order": "permutation",
    "seed": 1,
    "max_epochs": 3,
}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("batch_size = 100", "batch_size = 0", "training.batch_size: 0 is not a batch size; accepted: "),
        (
            'order = "with replacement"\nseed = 1001',
            "",
            "training.order: accepted on images: permutation, swap shuffle, with replacement",
        ),
        (
            "batch_size = 100",
            "batch_size = 100\nfirst_epoch = 1",
            "training.first_epoch: not accepted on images; leave it out",
        ),
        (
            "batch_size = 100",
            'batch_size = 100\nepoch_counts = "updates"',
            "training.epoch_counts: not accepted on images; leave it out",
        ),
        (
            "batch_size = 100",
            'batch_size = 100\nrule = "perceptron"',
            "training.rule: not accepted on images; leave it out",
        ),
        (
            "max_updates = 1000",
            'stopping_criterion = { loss_below = "0.1" }',
            "training.stopping_criterion: not accepted on images; leave it out",
        ),
        (
            'optimizer = "gradient descent"',
            'optimizer = { name = "momentum", momentum = "0.9" }\nfinite_difference_step = "0.1"',
            "training.finite_difference_step: accepted with optimizer = 'gradient descent' at one learning rate alone",
        ),
        ("max_updates = 1000", "max_updates = 0", "training.max_updates: Input should be greater than or equal to 1"),
        ("seed = 1001", "seed = 4294967296", "training.seed: 4294967296; accepted for numpy.random.RandomState: 0 to 4294967295"),
    ],
)
def test_a_bad_training_on_images_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_a_full_batch_of_images_is_refused() -> None:
    """Without an order, which a full batch cannot have."""
    table: dict[str, Any] = {name: value for name, value in TABLE.items() if name not in ("order", "seed", "batch_size")}
    with pytest.raises(ValidationError, match='batch_size: "full"; accepted on images: a whole number'):
        ImageTraining.model_validate(table)


def test_updates_are_given_or_follow_from_the_epochs() -> None:
    """An epoch is as many updates as full batches; the last one may end early."""
    assert ImageTraining.model_validate(TABLE).total(60) == 18
    assert ImageTraining.model_validate({**TABLE, "max_updates": 7}).total(60) == 7

"""Training with mini-batches: settings that belong together are given together."""

from collections.abc import Callable

import pytest

from worked_examples.schema.trainings.minibatch import Adam, MinibatchTraining

NAME = "dl-python/twolayer-backprop"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'optimizer = "gradient descent"',
            'optimizer = "adam"',
            "training: [training.adam] must be given with the optimizer adam, and only",
        ),
        ("updates = 1000", "updates = 1000\nepochs = 2", "training: exactly one of epochs and updates must be given"),
        ("updates = 1000", "", "training: exactly one of epochs and updates must be given"),
        ('"softmax"]', '"sigmoid"]', "network: cross entropy needs probabilities: the last activation is sigmoid, not softmax"),
        (
            "[network.random]",
            "[network.pretrained]",
            "network.pretrained: unknown key 'seed'; accepted: activations, biases, kernels, units",
        ),
        ("batch_size = 100", "batch_size = 0", "training.batch_size: Input should be greater than or equal to 1"),
    ],
)
def test_a_bad_training_with_minibatches_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_updates_are_given_or_follow_from_the_epochs() -> None:
    """An epoch is as many updates as full batches."""
    table = {"optimizer": "gradient descent", "learning_rate": "1", "batch_size": 10, "order": "permutation", "seed": 1}
    assert MinibatchTraining.model_validate({**table, "epochs": 3}).total(60) == 18
    assert MinibatchTraining.model_validate({**table, "updates": 7}).total(60) == 7


def test_a_coefficient_can_be_rounded_to_float32() -> None:
    """``0.9f`` is the float32 number nearest to 0.9."""
    first, second, epsilon = Adam(beta1="0.9f", beta2="0.999", epsilon="1e-7").values
    assert (first, second, epsilon) == (0.8999999761581421, 0.999, 1e-7)

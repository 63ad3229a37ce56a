"""The training of an example, read from its fixture."""

from typing import Any

import pytest

from verification.seeds.setups import Setup, loss_factor, setup_of
from verification.seeds.study import network, training_setup
from worked_examples import NetworkExample


def changed(name: str, **tables: dict[str, Any]) -> NetworkExample:
    """An example with changed keys in some of its tables."""
    example = network(name)
    return example.model_copy(update={key: getattr(example, key).model_copy(update=keys) for key, keys in tables.items()})


def test_a_setup_is_the_fixture(one_sample: Setup) -> None:
    """Units, activations, distributions, learning rate, order, data and stopping criterion of 321_1."""
    assert one_sample == Setup(
        units=(7, 8, 4),
        activations=("relu", "sigmoid"),
        kernels=("he", "lecun"),
        learning_rate=0.01,
        order="sequential",
        inputs=((1, 1, 0, 1, 1, 0, 1),),
        targets=((0, 0, 1, 0),),
        max_epochs=1_000_000,
        loss_below=1e-4,
    )
    assert one_sample.label == "7-8-4"


def test_the_mean_squared_error_doubles_the_learning_rate_of_one_output(xor: Setup) -> None:
    """Keras's 0.1 on the squared error of one output is 0.2 on the half squared error; for two outputs it is 0.1."""
    assert xor.learning_rate == 0.2
    assert loss_factor(changed("numpy-dnn/322_1", network={"loss": "mean squared error"})) * 2 == 1


def test_the_order_can_be_replaced(xor: Setup) -> None:
    """The fixture runs a swap shuffle with a seed, the seeds another order."""
    assert training_setup("backprop-notes/xor-functional").order == "swap shuffle"
    assert xor.order == "permutation"


def test_without_a_stopping_criterion_only_the_epochs_end_a_training(xor: Setup) -> None:
    """No loss is below 0."""
    assert (xor.loss_below, xor.max_epochs) == (0.0, 3000)


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (network("numpy-dnn/311_1"), "no training of random kernels"),
        (changed("numpy-dnn/322_1", training={"batch_size": "full"}), "one sample an update"),
        (
            changed("numpy-dnn/322_1", training={"learning_rate": ["0.1"]}),
            "seeds are trained by gradient descent at one learning rate, in an order that is not a list",
        ),
        (changed("numpy-dnn/322_1", training={"trainable": ["kernel"]}), "biases included"),
        (
            changed("numpy-dnn/322_1", network={"loss": "cross entropy"}),
            "cross entropy is not a multiple of the half squared error",
        ),
    ],
)
def test_what_seeds_cannot_train_is_refused(example: NetworkExample, message: str) -> None:
    """An error names the example and the reason."""
    with pytest.raises(ValueError, match=message):
        setup_of(example)

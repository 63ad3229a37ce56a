"""What all layers have: names, and parameters that are trained or not."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample

DENSE = '{kernel = [["1"]], bias = ["0"], activation = "identity"%s},'
TRAINED = '[training]\noptimizer = "gradient descent"\nlearning_rate = "0.1"\nmax_epochs = 1%s\n'


@pytest.mark.parametrize(
    ("key", "trained"),
    [
        ("", ("kernel", "bias")),
        (", trainable = true", ("kernel", "bias")),
        (", trainable = false", ()),
        (', trainable = ["bias"]', ("bias",)),
    ],
)
def test_a_layer_says_which_parameters_are_trained(
    built: Callable[..., NetworkExample], key: str, trained: tuple[str, ...]
) -> None:
    """All, none, or those that are named."""
    layers = DENSE % "" + DENSE % key
    assert built(layers, 1, 1, more=TRAINED % "").trained == [("kernel", "bias"), trained]


def test_a_training_of_kernels_leaves_biases_of_all_layers(built: Callable[..., NetworkExample]) -> None:
    """What a layer trains is what both say."""
    layers = DENSE % "" + DENSE % ', trainable = ["bias"]'
    assert built(layers, 1, 1, more=TRAINED % '\ntrainable = ["kernel"]').trained == [("kernel",), ()]


def test_no_trained_parameter_is_refused(fault: Callable[..., str]) -> None:
    """A training that changes nothing."""
    assert fault(DENSE % ", trainable = false", 1, 1, more=TRAINED % "") == (
        "training.trainable: no layer has a parameter that is trained; leave out [training], or 'trainable' of a layer"
    )


def test_a_parameter_that_the_layer_does_not_have_is_refused(fault: Callable[..., str]) -> None:
    """With the names of those that it has."""
    assert fault(DENSE % ', trainable = ["scale"]', 1, 1) == (
        "network.layers[0]: 'scale' is not a parameter of this layer; accepted: bias, kernel"
    )

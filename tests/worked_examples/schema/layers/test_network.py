"""Networks of any layers: what is only for chains of dense layers is refused, and sums have as many terms as they add."""

from collections.abc import Callable

import numpy as np
import pytest

from worked_examples import NetworkExample, load_all
from worked_examples.schema.layers.network import Network

DENSE = '{kernel = [["1", "2"], ["3", "4"]], bias = "0", activation = "identity"},'
TANH = '{type = "activation", activation = "tanh"},'


def test_sums_of_dense_layers_are_over_inputs_and_a_bias_or_over_the_loss(built: Callable[..., NetworkExample]) -> None:
    """Two inputs and a bias, or two outputs of every sample; of other layers all of both at least."""
    assert built(DENSE, 2, 2, samples=1).network.n_terms(2, 1) == 3
    assert built(DENSE, 2, 2, samples=5).network.n_terms(2, 5) == 10
    assert built(DENSE + TANH, 2, 2, samples=5).network.n_terms(2, 5) >= 20


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("[[variants]]\nunits = [2, 2, 2]\nsamples = 1\nseed = 1", "variants"),
        ('[[printed]]\nwhere = "x"\narithmetic = "rounded chain"\ntext = "epoch = 0, E = 1"', "printed[0].arithmetic"),
    ],
)
def test_what_is_of_dense_layers_is_refused_for_others(fault: Callable[..., str], more: str, key: str) -> None:
    """With the key that asks for it."""
    names = '[names]\nE = "loss"\n'
    assert fault(DENSE + TANH, 2, 2, more=names + more) == (
        f"{key}: accepted only for dense layers in a chain, with biases, without 'trainable', 'layout' and 'shared_bias'"
    )


def test_a_parameter_that_a_layer_does_not_have_is_not_printed(fault: Callable[..., str]) -> None:
    """With those that it has."""
    more = '[names]\nW = "layer 1 recurrent kernel"\n[[printed]]\nwhere = "x"\ntext = "W = 1"'
    assert fault(DENSE, 2, 2, more=more) == (
        "printed[0].text: 'W' means a parameter that layer 1 does not have; accepted: kernel, bias"
    )


NETWORKS = {name: example for name, example in load_all().items() if isinstance(example, NetworkExample)}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_with_its_own_parameters_as_arrays_is_the_same(name: str) -> None:
    """In the layout of the fixture; absent biases stay absent."""
    example, network = NETWORKS[name], NETWORKS[name].network
    other = network.with_parameters(network.parameters("float64"))
    for layer, expected in zip(other.parameters("float64"), network.parameters("float64"), strict=True):
        assert all(np.array_equal(array, wanted) for array, wanted in zip(layer, expected, strict=True))
    given = Network.model_validate({"loss": network.loss, "layers": [dict(layer) for layer in other.layers]})
    assert given.shapes(example.inputs) == network.shapes(example.inputs)
    assert given.n_parameters == network.n_parameters

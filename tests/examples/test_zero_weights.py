"""Weights that start at zero are not trained (dl-python, initial weights)."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import ENGINES, load_engine
from worked_examples import NetworkExample
from worked_examples.schema.layers.network import Network


def zeroed(example: NetworkExample) -> NetworkExample:
    """The training with all its weights and biases set to 0."""
    layers = [
        layer.model_copy(update={"kernel": (0 * arrays.kernel).astype(str).tolist(), "bias": ["0"] * len(arrays.bias)})
        for layer, arrays in zip(example.network.layers, example.network.parameters("float64"), strict=True)
    ]
    return example.model_copy(update={"network": Network(layers=layers, loss=example.network.loss)})


@pytest.mark.parametrize("engine", ENGINES)
def test_a_relu_net_of_zeros_learns_no_weight(engine: str, network: Callable[[str], NetworkExample]) -> None:
    """Every hidden output is 0, so that no kernel ever has a gradient: after 100 epochs all kernels are still exactly 0."""
    trainer = load_engine(engine).trainer(zeroed(network("numpy-dnn/3110_2")), "float64", compiled=False)
    trainer.advance(100)
    hidden, output = trainer.parameters()
    assert not np.any(hidden.kernel)
    assert not np.any(output.kernel)
    assert not np.any(hidden.bias)
    assert np.all(output.bias)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sigmoid_net_of_zeros_keeps_its_hidden_units_alike(engine: str, network: Callable[[str], NetworkExample]) -> None:
    """All hidden units start alike and get the same gradients: after 100 epochs they are still the same unit, bit for bit."""
    trainer = load_engine(engine).trainer(zeroed(network("numpy-dnn/317_1")), "float64", compiled=False)
    trainer.advance(100)
    hidden, output = trainer.parameters()
    assert np.array_equal(hidden.kernel[:, 0], hidden.kernel[:, 1])
    assert hidden.bias[0] == hidden.bias[1]
    assert np.array_equal(output.kernel[0], output.kernel[1])
    assert np.any(hidden.kernel)

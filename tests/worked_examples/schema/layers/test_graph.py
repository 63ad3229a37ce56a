"""The graph of layers: names of earlier ones, and no layer that nobody uses."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample

A = '{type = "activation", activation = "tanh", name = "a"},'


def test_inputs_are_the_layer_before_unless_they_are_named(built: Callable[..., NetworkExample]) -> None:
    """0 is the data, n the n-th layer."""
    layers = A + '{type = "add", inputs = ["a", "input"]}, {type = "activation", activation = "relu"},'
    assert built(layers, 2, 2).network.sources == ((0,), (1, 0), (2,))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            A + '{type = "add", inputs = ["a", "b"]},',
            "network.layers[1].inputs: 'b' is no earlier layer; accepted: a, input",
        ),
        (A + A, "network.layers[1].name: 'a' is that of an earlier layer"),
        ('{type = "activation", activation = "tanh", name = "input"},', "network.layers[0].name: 'input' is that of the data"),
        (
            A + '{type = "activation", activation = "tanh", inputs = ["input"]},',
            "network.layers[0]: no later layer has it among its inputs; remove it, or name it there",
        ),
        (
            '{type = "reshape", shape = [1, 1, 2]},'
            '{type = "convolution", kernel = [[[["1"]]]], bias = "0", activation = "softmax"},'
            '{type = "flatten"},',
            "network.layers[1].activation: 'softmax' is of units; accepted for images: any other",
        ),
    ],
)
def test_a_graph_that_is_none_is_refused(fault: Callable[..., str], layers: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 2, 2) == message

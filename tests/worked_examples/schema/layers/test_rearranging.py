"""Layers without parameters: shapes that fit."""

from collections.abc import Callable

import pytest

A = '{type = "activation", activation = "tanh", name = "a"},'
B = '{type = "reshape", shape = [2, 2], inputs = ["input"], name = "b"},'


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ('{type = "reshape", shape = [3]},', "network.layers[0].shape: 3 numbers, but the data has 4"),
        (
            A + B + '{type = "add", inputs = ["a", "b"]},',
            "network.layers[2].inputs: layers[0] has the shape [4] but layers[1] [2, 2]; write equal ones",
        ),
        (
            A + B + '{type = "concatenate", inputs = ["a", "b"]},',
            "network.layers[2].inputs: layers[0] has the shape [4] but layers[1] [2, 2]; accepted: equal ones but for axis 1",
        ),
        (A + '{type = "concatenate", inputs = ["a", "input"], axis = 2},', "network.layers[1].axis: 2; accepted: 1 to 1"),
        (A + '{type = "add"},', "network.layers[1].inputs: 1; accepted: at least 2"),
    ],
)
def test_what_does_not_fit_is_refused(fault: Callable[..., str], layers: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 4, 4) == message

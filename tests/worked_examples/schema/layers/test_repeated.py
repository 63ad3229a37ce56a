"""Repeated layers are written out."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample

FIRST = '{name = "first", type = "activation", activation = "tanh"},'
BLOCK = '{name = "a", type = "activation", activation = "relu"}, {%s type = "add", inputs = ["a", "before"]}'


def test_repetitions_are_written_out(built: Callable[..., NetworkExample]) -> None:
    """Each has a number behind its names; ``before`` is the input of the repetition."""
    layers = built(FIRST + "{repeat = 2, layers = [" + BLOCK % 'name = "b",' + "]}", 2, 2).network.layers
    assert [(layer.name, layer.inputs) for layer in layers] == [
        ("first", None),
        ("a_1", None),
        ("b_1", ["a_1", "first"]),
        ("a_2", None),
        ("b_2", ["a_2", "b_1"]),
    ]


def test_the_data_are_before_the_first_layer(built: Callable[..., NetworkExample]) -> None:
    """Where the first layers are repeated."""
    network = built("{repeat = 1, layers = [" + BLOCK % "" + "]}", 2, 2).network
    assert network.sources == ((0,), (1, 0))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            FIRST + "{repeat = 2, layers = [" + BLOCK % "" + "]}",
            "network.layers[1].layers[1].name: missing; it is 'before' in the next repetition",
        ),
        (
            '{type = "activation", activation = "relu"}, {repeat = 1, layers = [' + BLOCK % "" + "]}",
            "network.layers: layers[0] has no name; write one: it is 'before' of the repeated layers behind it",
        ),
        (
            "{repeat = 5001, layers = [" + FIRST + "]}",
            "network.layers[0].repeat: Input should be less than or equal to 5000; found 5001",
        ),
        (
            "{repeat = 5000, layers = [" + FIRST * 2 + "]}",
            "network.layers: 10,000 layers, repetitions written out; accepted: at most 5,000",
        ),
        ("{repeat = 2, layer = []}", "network.layers[0]: unknown key 'layer'; accepted: layers, repeat; did you mean 'layers'?"),
        ("{repeat = 2, layers = []}", "network.layers[0].layers: List should have at least 1 item after validation, not 0"),
        ("", "network.layers: List should have at least 1 item after validation, not 0"),
        (
            "{repeat = 2, layers = [{type = 'max pooling', size = '2'}]}",
            "network.layers[0].layers[0].size: '2' is not an extent; accepted: a whole number from 0, or [rows, columns]",
        ),
    ],
)
def test_repetitions_that_are_none_are_refused(fault: Callable[..., str], layers: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 2, 2) == message


def test_a_layer_behind_repeated_ones_is_called_by_its_name(built: Callable[..., NetworkExample]) -> None:
    """Its number counts layers written out."""
    layers = (
        FIRST + "{repeat = 2, layers = [" + BLOCK % 'name = "b",' + ']}, {name = "last", type = "activation", activation = "relu"}'
    )
    example = built(layers, 2, 2, more='names = { z = "last output", b = "b_2 output", d = "first shape" }')
    assert example.names == {"z": "layer 6 output", "b": "layer 5 output", "d": "layer 1 shape"}

"""A layer is of a type that there is."""

from collections.abc import Callable

from reference.network import Design
from worked_examples import NetworkExample
from worked_examples.schema.layers.any_layer import TYPES


def test_an_unknown_type_is_refused(fault: Callable[..., str]) -> None:
    """With the nearest one."""
    assert fault('{type = "convolutional"},', 1, 1) == (
        f"network.layers[0].type: 'convolutional' is not a type of layer; accepted: {', '.join(sorted(TYPES))}; "
        "did you mean 'convolution'?"
    )


def test_an_unknown_key_names_those_of_the_type(fault: Callable[..., str]) -> None:
    """Of this type, and not of all."""
    assert fault('{type = "flatten", size = 2},', 1, 1) == (
        "network.layers[0]: unknown key 'size'; accepted: inputs, name, trainable, type"
    )


def test_a_layer_without_a_type_is_dense(built: Callable[..., NetworkExample]) -> None:
    """So that a chain of dense layers is what it always was."""
    example = built('{kernel = [["1"]], bias = ["0"], activation = "tanh"},', 1, 1)
    assert example.network.design("float64") == Design(("tanh",), "half squared error")

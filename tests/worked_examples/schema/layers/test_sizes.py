"""Sizes of the layers of a network: counted from arrays or from sizes alone, and the limits."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import FixtureError, NetworkExample, SizedNetworkExample

IMAGE = '{type = "reshape", shape = [3, 8, 8]},'


@pytest.fixture
def counted(written: Callable[[str], Any]) -> Callable[[str], SizedNetworkExample]:
    """The network of these layers, without data."""
    return lambda layers: written(f'kind = "network"\n[network]\nlayers = [\n{layers}\n]\n')


def test_sizes_alone_count_as_arrays_do(
    counted: Callable[[str], SizedNetworkExample], built: Callable[..., NetworkExample]
) -> None:
    """Shapes go from layer to layer."""
    known = built(
        '{type = "reshape", shape = [1, 2, 2]}, {type = "convolution", kernel = [[[["1", "2"]]], [[["1", "2"]]]], bias = "none"},'
        '{type = "batch normalization", scale = ["1", "1"], offset = ["0", "0"], epsilon = "1"},{type = "flatten"},'
        '{layout = "(out, in)", kernel = [["1", "2", "3", "4"]], bias = "0", activation = "tanh"}',
        4,
        1,
    )
    sizes = counted(
        '{type = "reshape", shape = [1, 2, 2]},'
        '{type = "convolution", filters = 2, kernel_size = [1, 2], bias = "none"},'
        '{type = "batch normalization"},{type = "flatten"},'
        '{units = 1, activation = "tanh"}'
    )
    assert sizes.counts == known.counts
    assert [(count.shape, count.parameters, count.macs) for count in sizes.counts] == [
        ((1, 2, 2), 0, 0),
        ((2, 2, 1), 4, 8),
        ((2, 2, 1), 4, 0),
        ((4,), 0, 0),
        ((1,), 5, 4),
    ]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            "{units = 2, activation = 'tanh'}",
            "network.layers[0]: how many inputs there are is not known without [data]; "
            "write first: { type = 'reshape', shape = [...] }",
        ),
        (IMAGE + "{units = 2}", "network.layers[1].activation: missing"),
        (
            IMAGE + '{activation = "tanh"}',
            "network.layers[1].kernel: missing; where only its size is known: units",
        ),
        (
            IMAGE + '{type = "convolution", kernel_size = 3}',
            "network.layers[1].kernel: missing; where only its size is known: filters",
        ),
        (
            IMAGE + '{type = "convolution", filters = 3}',
            "network.layers[1].kernel_size: a size or a stride of 0; accepted: at least 1",
        ),
        (
            IMAGE + '{type = "convolution", filters = 1, kernel_size = 9}',
            "network.layers[1].kernel_size: windows of [9, 9] are larger than the padded image of layers[0]",
        ),
        (
            IMAGE + '{type = "convolution", filters = 4, kernel_size = 1, groups = 2}',
            "network.layers[1].groups: 2, which does not divide the 3 channels of layers[0]",
        ),
        (
            IMAGE + '{type = "convolution", filters = 3, kernel_size = 1, groups = 2}',
            "network.layers[1].groups: 2, which does not divide the 3 filters",
        ),
        (
            IMAGE + '{type = "flatten"}, {type = "convolution", filters = 3, kernel_size = 1}',
            "network.layers[2].kernel_size: takes images (channels, rows, columns), but layers[1] has the shape [192]; "
            "write a reshape layer",
        ),
        (
            IMAGE + '{type = "flatten"}, {units = 3, bias = ["0", "0", "0"], activation = "tanh"}',
            "network.layers[2].bias: given, but kernel is missing; write both, or neither",
        ),
        (
            IMAGE + '{type = "flatten"}, {units = 3, bias = "0.5", activation = "tanh"}',
            "network.layers[2].bias: Input should be a valid list; found '0.5'",
        ),
        ('{kernel = [["1"]], activation = "tanh"}', "network.layers[0].bias: missing"),
        (
            '{kernel = [["1"]], bias = "0", units = 3, activation = "tanh"}',
            "network.layers[0].units: 3, but kernel has 1; leave it out",
        ),
        (
            IMAGE + '{type = "convolution", kernel = [[[["1"]], [["1"]], [["1"]]]], kernel_size = [1, 2], bias = "0"}',
            "network.layers[1].kernel_size: [1, 2], but kernel has [1, 1]; leave it out",
        ),
        (
            IMAGE + '{type = "batch normalization", scale = ["1", "1", "1"]}',
            "network.layers[1].offset: missing",
        ),
        (
            IMAGE + '{type = "batch normalization", scale = ["1", "1", "1"], offset = ["1", "1", "1"]}',
            "network.layers[1].epsilon: missing",
        ),
        (
            '{type = "reshape", shape = [1000000, 1000000, 1000000]}',
            "network.layers[0]: an output of 1,000,000,000,000,000,000 numbers; accepted: at most 1,000,000,000,000,000",
        ),
        (
            '{type = "reshape", shape = [1000000]}, {units = 1000000, activation = "relu"}',
            "network.layers[1]: 1,000,000,000,000 weights up to this layer; accepted: at most 1,500,000,000",
        ),
    ],
)
def test_layers_that_cannot_be_counted_are_refused(counted: Callable[[str], Any], layers: str, message: str) -> None:
    """With file and key."""
    with pytest.raises(FixtureError) as caught:
        counted(layers)
    assert str(caught.value).partition("1.toml: ")[2] == message


def test_a_network_with_data_needs_all_numbers(fault: Callable[..., str]) -> None:
    """Of every parameter, and of a normalization's epsilon."""
    needed = "missing; a network with data needs its numbers, or recipe.parameters, which draws them"
    assert fault('{units = 2, activation = "tanh"}', 3, 2) == f"network.layers[0].kernel: {needed}"
    assert fault('{type = "batch normalization"}', 3, 3) == f"network.layers[0].scale: {needed}"

"""Convolution and pooling: shapes, and what does not fit."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample

IMAGE = '{type = "reshape", shape = [2, 4, 4]},'
CONVOLUTION = '{type = "convolution", kernel = [[[["1"]], [["2"]]]], bias = "0"%s},'
FLAT = '{type = "flatten"},'


def test_a_map_for_each_filter_and_position(built: Callable[..., NetworkExample]) -> None:
    """One filter of 1 x 1 with a padding of 1 and a stride of 2, then windows of 2 x 2, which do not overlap."""
    layers = IMAGE + CONVOLUTION % ", padding = 1, stride = [2, 1]" + '{type = "max pooling", size = 2},' + FLAT
    assert built(layers, 32, 3).network.shapes(32) == [(2, 4, 4), (1, 3, 6), (1, 1, 3), (3,)]


def test_a_single_bias_is_that_of_every_filter(built: Callable[..., NetworkExample]) -> None:
    """As of a dense layer."""
    layer = '{type = "convolution", kernel = [[[["1"]], [["2"]]], [[["1"]], [["2"]]]], bias = "0.5"},'
    assert built(IMAGE + layer + FLAT, 32, 32).network.layers[1].parameters["bias"] == ["0.5", "0.5"]


def test_filters_may_be_the_last_axis(built: Callable[..., NetworkExample]) -> None:
    """As Keras has them; they are transposed for the reference, and back where they are printed."""
    text = (
        '{type = "convolution", layout = "(rows, columns, in, out)", '
        'kernel = [[[["1", "2", "3"], ["4", "5", "6"]]], [[["7", "8", "9"], ["10", "11", "12"]]]], bias = "0.5"},'
    )
    example = built(IMAGE + text + FLAT, 32, 36)
    layer = example.network.layers[1]
    assert example.network.shapes(32)[1] == (3, 3, 4)
    arrays = layer.arrays("float64")
    assert arrays.kernel.tolist()[0] == [[[1], [7]], [[4], [10]]]
    assert arrays.bias.tolist() == [0.5, 0.5, 0.5]
    assert layer.in_fixture_layout("kernel", arrays.kernel).tolist()[0] == [[[1, 2, 3], [4, 5, 6]]]
    assert layer.in_fixture_layout("bias", arrays.bias).tolist() == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (CONVOLUTION % ", groups = 2", "network.layers[1].groups: 2, which does not divide the 1 filters"),
        (CONVOLUTION % ", stride = 0", "network.layers[1].kernel: a size or a stride of 0; accepted: at least 1"),
        (
            '{type = "convolution", layout = "(rows, columns, in, out)", kernel = [["1"]], bias = "0"},',
            "network.layers[1].kernel: 2 axes; accepted: (rows, columns, in, out)",
        ),
        (
            '{type = "convolution", layout = "(rows, columns, in, out)", kernel = [[[["1"], ["1"], ["1"]]]], bias = "0"},',
            "network.layers[1].kernel: filters of 3 channels, but layers[0] has 2",
        ),
        (
            '{type = "convolution", kernel = [["1"]], bias = "0"},',
            "network.layers[1].kernel: 2 axes; accepted: (out, in, rows, columns)",
        ),
        (
            '{type = "convolution", kernel = [[[["1"]]]], bias = "0"},',
            "network.layers[1].kernel: filters of 1 channels, but layers[0] has 2",
        ),
        (
            '{type = "convolution", kernel = [[[["1"]], [["1"]]]], bias = ["0", "1"]},',
            "network.layers[1].bias: 2 entries; accepted: 1, one for each filter",
        ),
        (
            '{type = "max pooling", size = 5},',
            "network.layers[1].size: windows of [5, 5] are larger than the padded image of layers[0]",
        ),
        ('{type = "average pooling", size = 2, padding = 2},', "network.layers[1].padding: 2; accepted: at most half the size"),
        (
            '{type = "flatten"}, {type = "max pooling", size = 2},',
            "network.layers[2].size: takes images (channels, rows, columns), but layers[1] has the shape [32]; "
            "write a reshape layer",
        ),
        (
            CONVOLUTION % ", padding = 10000",
            "network.layers[1]: 3,201,280,128 numbers in one pass; accepted: at most 10,000,000",
        ),
    ],
)
def test_a_layer_that_does_not_fit_its_image_is_refused(fault: Callable[..., str], layer: str, message: str) -> None:
    """With file and key."""
    assert fault(IMAGE + layer + FLAT, 32, 1) == message

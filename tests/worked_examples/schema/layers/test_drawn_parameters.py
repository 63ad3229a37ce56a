"""Parameters that a recipe draws, of layers of which only sizes are written."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from worked_examples import NetworkExample

RECIPE = '[recipe]\ngenerator = "numpy.random.seed"\nseed = 3\n'
DRAW = 'parameters = "randint(-9, 10, shape) / 16"\n'
DENSE = '{units = 2, activation = "tanh"}, {units = 1, bias = "none", activation = "tanh"}'


def test_parameters_are_drawn_in_the_order_of_layers(built: Callable[..., NetworkExample]) -> None:
    """Kernel before bias, behind what ``draw`` draws; a bias that there is not takes no number."""
    layers = built(DENSE, 3, 1, more=RECIPE + DRAW + 'draw = "x = rand(4)"\n').network.parameters("float64")
    random = np.random.RandomState(3)
    random.rand(4)
    assert np.array_equal(layers[0].kernel, random.randint(-9, 10, (3, 2)) / 16)
    assert np.array_equal(layers[0].bias, random.randint(-9, 10, (2,)) / 16)
    assert np.array_equal(layers[1].kernel, random.randint(-9, 10, (2, 1)) / 16)
    assert layers[1].bias.size == 0


def test_a_name_keeps_its_own_numbers(built: Callable[..., NetworkExample]) -> None:
    """Only what has no numbers is drawn; every array is remembered by its place."""
    layers = '{kernel = "W", bias = "0", activation = "tanh"}, {units = 1, activation = "tanh"}'
    example = built(layers, 1, 1, more=RECIPE + DRAW + 'draw = "W = rand(1, 2)"\n')
    assert example.recipe is not None
    assert example.recipe.places == {
        "network.layers[0].kernel": "W",
        "network.layers[1].kernel": "layer_2_kernel",
        "network.layers[1].bias": "layer_2_bias",
    }
    assert example.network.parameters("float64")[0].kernel.tolist() == [np.random.RandomState(3).rand(2).tolist()]


def test_images_and_normalizations_are_drawn_too(built: Callable[..., NetworkExample]) -> None:
    """Filters in their groups, scales and offsets; nothing else is needed but epsilon."""
    layers = (
        '{type = "reshape", shape = [2, 2, 2]}, {type = "convolution", filters = 4, kernel_size = [1, 2], groups = 2},'
        '{type = "batch normalization", epsilon = "1"}, {type = "flatten"}'
    )
    example = built(layers, 8, 8, more=RECIPE + DRAW)
    shapes = [[array.shape for array in layer if array.size] for layer in example.network.parameters("float64")]
    assert shapes == [[], [(4, 1, 1, 2), (4,)], [(4,), (4,)], []]


@pytest.mark.parametrize(
    ("layers", "draw", "message"),
    [
        (
            '{kernel = [["1"]], bias = "0", activation = "tanh"}',
            DRAW,
            "recipe.parameters: every layer has its numbers; remove it",
        ),
        (
            '{units = 1, activation = "tanh"}',
            DRAW + 'draw = "layer_1_bias = rand(1)"',
            "recipe.draw: 'layer_1_bias' is what recipe.parameters draws; write another name",
        ),
        (
            '{repeat = 2, layers = [{units = 1, activation = "tanh"}]}',
            DRAW,
            "network.layers[0].repeat: accepted with recipe.parameters: every layer on its own",
        ),
        (
            '{type = "max pooling", size = 2}, {units = 1, activation = "tanh"}',
            DRAW,
            "network.layers[0].size: takes images (channels, rows, columns), but the data has the shape [1]; write a reshape layer",
        ),
        ('{units = "1", activation = "tanh"}', DRAW, "network.layers[0].units: Input should be a valid integer; found '1'"),
        (
            '{units = 1, activation = "tanh"}',
            'parameters = "rand(2) + 0 * rand(shape)"',
            "network.layers[0].units: 1, but kernel has 2; leave it out",
        ),
        (
            '{units = 1, activation = "tanh"}',
            'parameters = "rand(shapes)"',
            "recipe.parameters: 'rand(shapes)' does not use 'shape', that of each parameter",
        ),
        (
            '{units = 1, activation = "tanh"}',
            "",
            "recipe.draw: 0 statements; accepted: from 1 to 1,000",
        ),
    ],
)
def test_a_recipe_that_draws_no_parameters_is_refused(fault: Callable[..., str], layers: str, draw: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 1, 1, more=RECIPE + draw) == message


def test_with_samples_as_columns_a_unit_is_a_row(written: Callable[[str], Any]) -> None:
    """Kernels are drawn as they are written."""
    data = 'data = { input = [["1", "2"], ["3", "4"], ["5", "6"]], target = [["0", "0"], ["0", "0"]] }\n'
    layers = '\n[network]\nloss = "half squared error"\nlayers = [{units = 2, activation = "tanh"}]\n'
    (layer,) = written('kind = "network"\nlayout = "samples as columns"\n' + data + RECIPE + DRAW + layers).network.parameters(
        "float64"
    )
    assert np.array_equal(layer.kernel, (np.random.RandomState(3).randint(-9, 10, (2, 3)) / 16).T)

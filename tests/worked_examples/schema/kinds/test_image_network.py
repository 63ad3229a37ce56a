"""Networks on images as they are written: names stand for arrays, which are drawn, or in a file, or stand in for these."""

from typing import Any

import numpy as np
import pytest

from worked_examples.schema.kinds.image_network import network_for, of_file, sized, stand_in
from worked_examples.schema.recipe_of_inputs import RecipeOfInputs

LAYERS: list[dict[str, Any]] = [
    {"kernel": "W1", "bias": "b1", "units": 3, "activation": "relu"},
    {"kernel": "W2", "bias": "0.5", "units": 2, "activation": "softmax"},
]
WRITTEN = {"loss": "sparse cross entropy", "layers": LAYERS}
FILE = {"W1": np.ones((4, 3), "float32"), "b1": np.zeros(3, "float32"), "W2": np.ones((3, 2), "float32")}


def test_names_stand_for_arrays_and_a_number_for_all_entries() -> None:
    """In float64, whatever the type of the arrays."""
    layers = of_file(WRITTEN, FILE, 4).parameters("float64")
    assert [(layer.kernel.shape, layer.bias.tolist()) for layer in layers] == [((4, 3), [0, 0, 0]), ((3, 2), [0.5, 0.5])]
    assert {array.dtype for layer in layers for array in layer} == {np.dtype("float64")}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"b1": np.zeros((3, 1))}, "network.layers[0].bias: 'b1' has the shape [3, 1]; accepted for these inputs: [3]"),
        ({"W1": np.ones((784, 3))}, "network.layers[0].kernel: 'W1' has the shape [784, 3]; accepted for these inputs: [4, 3]"),
    ],
)
def test_a_wrong_shape_in_a_file_is_told_by_its_key(changes: dict[str, Any], message: str) -> None:
    """Of a bias too."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 -- the whole message is below
        of_file(WRITTEN, {**FILE, **changes}, 4)
    assert str(raised.value) == message


def test_others_of_the_same_sizes_stand_in_for_pretrained_parameters() -> None:
    """Normal kernels and zero biases by the same names, for any number of inputs."""
    recipe = stand_in(WRITTEN, 5)
    assert recipe
    np.random.seed(1)  # noqa: NPY002 -- the listings' way
    assert np.array_equal(recipe.arrays["W1"], np.random.randn(5, 3) / np.sqrt(5))  # noqa: NPY002
    assert np.array_equal(recipe.arrays["W2"], np.random.randn(3, 2) / np.sqrt(3))  # noqa: NPY002
    assert recipe.arrays["b1"].tolist() == [0, 0, 0]
    network = network_for(WRITTEN, None, 5)
    assert np.array_equal(network.parameters("float64")[0].kernel, recipe.arrays["W1"])


def test_scales_stand_in_as_ones_and_filters_by_their_inputs() -> None:
    """A filter of 2 by 2 pixels has four inputs."""
    convolution = {"type": "convolution", "kernel": "K", "bias": "none", "filters": 2, "kernel_size": 2}
    scaled = {"type": "batch normalization", "scale": "g", "offset": "b", "epsilon": "1"}
    layers = [{"type": "reshape", "shape": [1, 3, 3]}, convolution, scaled, {"type": "flatten"}]
    recipe = stand_in({"loss": "half squared error", "layers": layers}, 9)
    assert recipe
    assert recipe.draw == "K = standard_normal((2, 1, 2, 2)) / sqrt(4)\ng = ones(2)\nb = zeros(2)"


def test_too_many_numbers_are_refused() -> None:
    """Of all parameters."""
    with pytest.raises(ValueError, match=r"^network.layers: 1,400,011 numbers; accepted: at most 700,000$"):
        stand_in({"layers": [{"kernel": "W", "bias": "b", "units": 2, "activation": "relu"}, {**LAYERS[1], "units": 3}]}, 700_000)


def test_a_network_without_its_numbers_keeps_sizes_and_absent_biases() -> None:
    """Anything else than a table stays as it is, for its own key to be told."""
    without = [{"units": 3, "activation": "relu"}, {"bias": "none", "units": 2, "activation": "softmax"}]
    assert sized({"layers": [LAYERS[0], {**LAYERS[1], "bias": "none"}, 7]}) == {"layers": [*without, 7]}
    assert (sized(7), sized({"loss": "x"})) == (7, {"loss": "x"})
    assert stand_in({"layers": [{"kernel": "W", "activation": "relu"}]}, 4) is None


def test_columns_that_do_not_fit_are_an_error_with_their_key() -> None:
    """The recipe draws for others."""
    recipe = RecipeOfInputs(generator="numpy.random.seed", seed=1, draw="W1 = zeros((784, 3))\nb1 = zeros(3)\nW2 = zeros((3, 2))")
    with pytest.raises(ValueError, match=r"layers\[0\].kernel: 784 rows, but the data has 64 units"):
        network_for(WRITTEN, recipe, 64)
    assert network_for(WRITTEN, recipe, 784).shapes(784) == [(3,), (2,)]

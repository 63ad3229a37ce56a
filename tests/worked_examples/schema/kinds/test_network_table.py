"""Names of layers in quantities, and samples as columns: what a fixture may write, and what is refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from worked_examples import FixtureError
from worked_examples.printed.quantities import quantity

NAMED = """
kind = "network"
data = { input = [["1", "2"]], target = [["1"]] }
names = { h = "hidden output", dW = "minus gradient of hidden kernel [0, 1]", W2 = "layer 2 kernel" }

[network]
loss = "half squared error"
layers = [
  { name = "hidden", kernel = [["1", "2"], ["3", "4"]], bias = "0", activation = "tanh" },
  { kernel = [["1"], ["2"]], bias = "0", activation = "identity" },
]

[quantities]
most = "max(h)"

[[printed]]
where = "page"
names = { b = "hidden bias" }
text = "b = [0 0]"
"""
COLUMNS = """
kind = "network"
layout = "samples as columns"
data = { input = [["1", "2", "3"], ["4", "5", "6"]], target = [["1", "0", "1"]] }

[network]
loss = "half squared error"
layers = [
  { kernel = [["1", "2"], ["3", "4"], ["5", "6"]], bias = [["1"], ["2"], ["3"]], activation = "tanh" },
  { kernel = [["1"], ["2"], ["3"]], layout = "(in, out)", bias = ["0"], activation = "identity" },
]

[further_data.test]
input = [["7"], ["8"]]
target = [["9"]]
"""


def test_a_layer_may_be_called_by_its_name(written: Callable[[str], Any]) -> None:
    """In names of the fixture and of a block, with and without a gradient."""
    example = written(NAMED)
    assert example.names == {"h": "layer 1 output", "dW": "minus gradient of layer 1 kernel [0, 1]", "W2": "layer 2 kernel"}
    assert str(example.quantity(0, "b")) == "layer 1 bias"


def test_an_unknown_layer_is_refused_with_the_nearest_name(written: Callable[[str], Any]) -> None:
    """With the key of the quantity."""
    with pytest.raises(FixtureError) as caught:
        written(NAMED.replace('"hidden bias"', '"hiden bias"'))
    message = "printed[0].names.b: 'hiden bias': no layer has the name 'hiden'; accepted: hidden; did you mean 'hidden'?"
    assert str(caught.value).partition("1.toml: ")[2] == message


def test_samples_may_be_columns(written: Callable[[str], Any]) -> None:
    """Of all data; kernels have a row for each unit unless they say otherwise, biases may be columns; prints are such again."""
    example = written(COLUMNS)
    assert example.data.input == [["1", "4"], ["2", "5"], ["3", "6"]]
    assert example.further_data["test"].input == [["7", "8"]]
    first, second = example.network.parameters("float64")
    assert first.kernel.tolist() == [[1, 3, 5], [2, 4, 6]]
    assert first.bias.tolist() == [1, 2, 3]
    assert second.kernel.tolist() == [[1], [2], [3]]
    assert not example.is_plain
    assert example.as_printed(quantity("layer 1 output"), np.zeros((2, 3))).shape == (3, 2)
    assert example.as_printed(quantity("gradient of layer 1 bias"), np.zeros(3)).shape == (3, 1)
    assert example.as_printed(quantity("loss per sample"), np.zeros(3)).shape == (3,)
    assert example.as_printed(quantity("layer 1 kernel"), np.zeros((3, 2))).shape == (3, 2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"3"], ["4"', '"x"], ["4"', "data.input[0][2]: 'x' is not a number; accepted: a decimal string such as \"0.05\""),
        ('["1", "0", "1"]', '["1", "0"]', "data: 3 input columns but 2 target columns"),
        ('"3"], ["4", "5", "6"]', '"3"], ["4", "5"]', "data.input: rows of different lengths: [3, 2]"),
        ('[["7"], ["8"]]', '[["7"]]', "further_data.test.input: 1 rows, but the network has 2 inputs"),
        (
            '[["9"]]',
            '[["9", "8"]]',
            "further_data.test.target: shape (1, 2); accepted: (1, 1), a column an input and a row an output",
        ),
        (
            "layers = [\n",
            'layers = [\n  { type = "reshape", shape = [2, 1] }, { type = "flatten" },\n',
            "layout: 'samples as columns', but network.layers[0] gives [2, 1] of each; accepted here: 'samples as rows'",
        ),
        ('"samples as columns"', '"columns"', "layout: 'columns' is not a layout; "),
        (
            "[further_data.test]",
            "[[variants]]\nunits = [2, 3, 1]\nsamples = 2\nseed = 1\n[further_data.test]",
            "variants: accepted only for dense layers in a chain, with biases, without 'trainable', 'layout' and 'shared_bias'",
        ),
    ],
)
def test_columns_that_do_not_fit_are_refused(written: Callable[[str], Any], old: str, new: str, message: str) -> None:
    """With the key and the place that the fixture has."""
    assert old in COLUMNS
    with pytest.raises(FixtureError) as caught:
        written(COLUMNS.replace(old, new, 1))
    assert str(caught.value).partition("1.toml: ")[2].startswith(message)

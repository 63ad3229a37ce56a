"""Embedding, recurrent, LSTM and GRU layers: widths of all gates, their order, and biases."""

from collections.abc import Callable

import numpy as np
import pytest

from worked_examples import NetworkExample
from worked_examples.schema.layers.sequences import LstmLayer

SEQUENCE = '{type = "reshape", shape = [2, 1]},'
ROW = '["1", "2", "3", "4"]'
LSTM = f'{{type = "lstm", kernel = [{ROW}], recurrent_kernel = [{ROW}], bias = {ROW}%s}},'
THREE = '["1", "2", "3"]'
GRU = f'{{type = "gru", kernel = [{THREE}], recurrent_kernel = [{THREE}], bias = {THREE}%s}},'


def test_gates_are_put_in_the_order_of_the_reference_and_back(built: Callable[..., NetworkExample]) -> None:
    """The reference has input, forget, candidate, output."""
    layer = built(SEQUENCE + LSTM % ', gates = ["forget", "output", "input", "candidate"]', 2, 1).network.layers[1]
    assert isinstance(layer, LstmLayer)
    arrays = layer.arrays("float64")
    assert arrays.bias.tolist() == [3, 1, 4, 2]
    assert layer.in_fixture_layout("bias", arrays.bias).tolist() == [1, 2, 3, 4]
    assert np.array_equal(layer.in_fixture_layout("kernel", arrays.kernel), [[1, 2, 3, 4]])


def test_kernels_may_have_a_row_for_each_gate_of_each_unit(built: Callable[..., NetworkExample]) -> None:
    """As PyTorch has them; both are transposed for the reference, and back where they are printed, gates in any order."""
    column, gates = '[["1"], ["2"], ["3"], ["4"]]', 'gates = ["forget", "output", "input", "candidate"]'
    text = f'{{type = "lstm", layout = "(out, in)", kernel = {column}, recurrent_kernel = {column}, bias = {ROW}, {gates}}},'
    layer = built(SEQUENCE + text, 2, 1).network.layers[1]
    arrays = layer.arrays("float64")
    assert arrays.kernel.tolist() == arrays.recurrent_kernel.tolist() == [[3, 1, 4, 2]]
    assert arrays.bias.tolist() == [3, 1, 4, 2]
    assert layer.in_fixture_layout("recurrent_kernel", arrays.kernel).tolist() == [[1], [2], [3], [4]]
    assert layer.in_fixture_layout("bias", arrays.bias).tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (
            '{type = "recurrent", layout = "(out, in)", kernel = [["1"]], recurrent_kernel = [["1"], ["2"]], bias = ["1"]},',
            "network.layers[1].recurrent_kernel: 1 columns and 2 rows; accepted: 1 rows",
        ),
        (
            '{type = "recurrent", layout = "(out, in)", kernel = [["1", "2"]], recurrent_kernel = [["1"]], bias = ["1"]},',
            "network.layers[1].kernel: 2 columns, but layers[0] has 1 features",
        ),
        (
            LSTM % ', gates = ["forget", "forget", "input", "candidate"]',
            "network.layers[1].gates: forget, forget, input, candidate; accepted: each of input, forget, candidate, output once",
        ),
        (
            '{type = "recurrent", kernel = [["1"]], recurrent_kernel = [["1", "2"]], bias = ["1"]},',
            "network.layers[1].recurrent_kernel: 1 rows and 2 columns; accepted: 1 columns",
        ),
        (
            '{type = "recurrent", kernel = [["1", "2"]], recurrent_kernel = [["1"]], bias = ["1"]},',
            "network.layers[1].kernel: 2 columns; accepted: 1, those of the recurrent kernel",
        ),
        (
            '{type = "recurrent", kernel = [["1"], ["2"]], recurrent_kernel = [["1"]], bias = ["1"]},',
            "network.layers[1].kernel: 2 rows, but layers[0] has 1 features",
        ),
        (LSTM % ', initial_cell = ["1", "2"]', "network.layers[1].initial_cell: 2 entries; accepted: 1, one for each unit"),
        (
            GRU % ', reset = "after"',
            "network.layers[1].recurrent_bias: must be given where reset is 'after', and only there",
        ),
        (
            GRU % f', reset = "after", recurrent_bias = {THREE}, trainable = ["bias"]',
            "network.layers[1].trainable: accepted: bias and recurrent_bias together, or neither",
        ),
        (
            '{type = "embedding", kernel = [["1"]]},',
            "network.layers[1].inputs: an embedding takes whole numbers of the data, but layers[0] is a layer",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(fault: Callable[..., str], layer: str, message: str) -> None:
    """With file and key."""
    assert fault(SEQUENCE + layer, 2, 1) == message

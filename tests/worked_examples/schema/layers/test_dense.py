"""Dense layers: with and without a bias, of rows and of sequences."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample


def test_a_bias_may_be_absent(built: Callable[..., NetworkExample]) -> None:
    """It is no array, and no parameter; a recipe draws no such name."""
    (layer,) = built('{kernel = [["1", "2"]], bias = "none", activation = "identity"},', 1, 2).network.layers
    assert list(layer.parameters) == ["kernel"]
    assert layer.n_parameters == 2


def test_a_dense_layer_takes_every_time_of_a_sequence(built: Callable[..., NetworkExample]) -> None:
    """The last axis is that of the units."""
    layers = """{type = "reshape", shape = [3, 2]},
    {kernel = [["1"], ["2"]], bias = "0", activation = "identity"},
    {type = "flatten"},"""
    assert built(layers, 6, 3).network.shapes(6) == [(3, 2), (3, 1), (3,)]


def test_a_kernel_may_have_a_row_for_each_unit(built: Callable[..., NetworkExample]) -> None:
    """It is transposed for the reference, and back where it is printed; a single bias is that of every unit."""
    (layer,) = built(
        '{layout = "(out, in)", kernel = [["1", "2", "3"], ["4", "5", "6"]], bias = "7", activation = "tanh"},', 3, 2
    ).network.layers
    arrays = layer.arrays("float64")
    assert arrays.kernel.tolist() == [[1, 4], [2, 5], [3, 6]]
    assert arrays.bias.tolist() == [7, 7]
    assert layer.in_fixture_layout("kernel", arrays.kernel).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert layer.in_fixture_layout("bias", arrays.bias).tolist() == [7, 7]


def test_one_bias_may_be_shared_by_all_units(built: Callable[..., NetworkExample]) -> None:
    """It is one parameter then; a page may print it once for each unit."""
    for bias in ('"0.35"', '["0.35"]', '["0.35", "0.35"]'):
        text = f'{{kernel = [["1", "2"]], bias = {bias}, shared_bias = true, activation = "tanh"}},'
        (layer,) = built(text, 1, 2).network.layers
        assert layer.arrays("float64").bias.tolist() == [0.35]
        assert layer.n_parameters == 3


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            '{kernel = [["1"], ["2"]], bias = "none", shared_bias = true, activation = "tanh"},',
            'network.layers[0].shared_bias: there is none; accepted: one number for all units, bias = "0.5"',
        ),
        (
            '{kernel = [["1", "2"]], bias = ["1", "2"], shared_bias = true, activation = "tanh"},',
            'network.layers[0].shared_bias: the bias has different entries; accepted: one number for all units, bias = "0.5"',
        ),
        (
            '{kernel = [["1", "2"]], bias = ["1", "1", "1"], shared_bias = true, activation = "tanh"},',
            "network.layers[0]: the kernel has 2 columns but the bias 3 entries",
        ),
        (
            '{kernel = [["1", "2"]], bias = ["1"], activation = "tanh"},',
            "network.layers[0]: the kernel has 2 columns but the bias 1 entries",
        ),
        (
            '{layout = "(out, in)", kernel = [["1", "2", "3"]], bias = ["1"], activation = "tanh"},',
            "data: 2 inputs and 1 targets, but the network has 3 and 1",
        ),
        (
            '{layout = "(out, in)", kernel = [["1", "2"]], bias = ["1", "2"], activation = "tanh"},',
            "network.layers[0]: the kernel has 1 rows but the bias 2 entries",
        ),
        (
            '{type = "reshape", shape = [1, 1, 2]},\n{kernel = [["1"], ["1"]], bias = "none", activation = "tanh"},',
            "network.layers[1].kernel: takes units or sequences (times, features), but layers[0] has the shape [1, 1, 2]; "
            "write a reshape layer",
        ),
        (
            '{type = "reshape", shape = [1, 2]},\n{kernel = [["1"]], bias = "none", activation = "tanh"},',
            "network.layers[1].kernel: 1 rows, but layers[0] has 2 units",
        ),
        (
            '{type = "reshape", shape = [1, 2]},\n{kernel = [["1"], ["1"]], bias = "none", activation = "tanh"},',
            "network.layers[1]: its output has the shape [1, 1]; accepted of the last layer: units; write a flatten layer",
        ),
    ],
)
def test_a_dense_layer_that_does_not_fit_is_refused(fault: Callable[..., str], layers: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 2, 1) == message

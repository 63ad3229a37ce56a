"""Sizes of layers by the formulas."""

import pytest

from reference.sizes import Count, Shape, counted, depth


@pytest.mark.parametrize(
    ("kind", "inputs", "output", "macs"),
    [
        ("convolution", (1, 32, 32), (6, 28, 28), 150 * 784),
        ("dense", (150,), (1,), 150),
        ("dense", (7, 15), (7, 10), 150 * 7),
        ("lstm", (7, 3), (5,), 150 * 7),
        ("embedding", (7,), (7, 15), 0),
        ("batch normalization", (150, 4, 4), (150, 4, 4), 0),
    ],
)
def test_a_weight_is_used_at_every_position_or_time(kind: str, inputs: Shape, output: Shape, macs: int) -> None:
    """What only scales or looks up multiplies nothing."""
    assert counted(kind, [inputs], output, 150, 6) == Count(output, 150, 6, macs)


def test_attention_multiplies_its_inputs() -> None:
    """Each of 4 queries of 3 features by 5 keys, and each of the 20 products by 2 values."""
    assert counted("attention", [(4, 3), (5, 3), (5, 2)], (4, 2), 0, 0).macs == 20 * 3 + 20 * 2


def test_a_use_of_a_weight_or_bias_is_a_connection() -> None:
    """LeNet's first layer has 156 parameters and, at 784 positions, 122,304 connections."""
    count = Count((6, 28, 28), 150, 6, 117600)
    assert (count.parameters, count.connections) == (156, 122304)
    assert Count((6,), 0, 0, 0).connections == 0


def test_the_depth_is_that_of_the_longest_path() -> None:
    """A convolution on a skip connection adds nothing, nor does a normalization."""
    kernel, scale, plain = Count((1, 4, 4), 9, 1, 144), Count((1, 4, 4), 1, 1, 0), Count((1, 4, 4), 0, 0, 0)
    assert depth([kernel, scale, kernel, kernel, plain], [(0,), (1,), (2,), (1,), (3, 4)]) == 2

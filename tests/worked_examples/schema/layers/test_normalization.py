"""Normalizations and dropout: one number for each unit, statistics that there are, masks of 1 and 0."""

from collections.abc import Callable

import pytest

BATCH = '{type = "batch normalization", scale = ["1", "1"], offset = ["0", "0"], epsilon = "0.1"%s},'
STATISTICS = ', running_mean = ["0", "0"]'


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (
            '{type = "batch normalization", scale = ["1"], offset = ["0", "0"], epsilon = "0.1"},',
            "network.layers[0].scale: 1 entries; accepted: 2, one for each unit or channel",
        ),
        (BATCH % STATISTICS, "network.layers[0].running_mean: must be given with running_variance, and only with it"),
        (
            BATCH % (STATISTICS + ', running_variance = ["1", "-1"]'),
            "network.layers[0].running_variance: a negative number; accepted: numbers from 0",
        ),
        (
            '{type = "layer normalization", scale = ["1", "1"], offset = ["0"], epsilon = "0.1"},',
            "network.layers[0].offset: 1 entries; accepted: 2, one for each unit",
        ),
        (
            '{type = "reshape", shape = [2, 1]},\n' + BATCH % "",
            "network.layers[1].scale: takes units or images (channels, rows, columns), but layers[0] has the shape [2, 1]; "
            "write a reshape layer",
        ),
        (
            '{type = "reshape", shape = [1, 1, 2]},\n{type = "layer normalization", scale = ["1", "1"], offset = ["0", "0"], '
            'epsilon = "0.1"},',
            "network.layers[1].scale: takes units or sequences (times, features), but layers[0] has the shape [1, 1, 2]; "
            "write a reshape layer",
        ),
        ('{type = "dropout", mask = ["1", "0.5"], keep_prob = "0.5"},', "network.layers[0].mask: accepted: 1 and 0"),
        (
            '{type = "dropout", mask = ["1", "0"], keep_prob = "0"},',
            "network.layers[0].keep_prob: 0; accepted: above 0, at most 1",
        ),
        (
            '{type = "dropout", mask = ["1"], keep_prob = "0.5"},',
            "network.layers[0].mask: the shape [1]; accepted: [2], that of a sample of the data",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(fault: Callable[..., str], layer: str, message: str) -> None:
    """With file and key; so is an array of which Keras and PyTorch normalize different axes."""
    assert fault(layer, 2, 2) == message

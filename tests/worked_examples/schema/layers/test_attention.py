"""Attention: queries, keys and values that fit."""

from collections.abc import Callable

import pytest

A = '{type = "reshape", shape = [2, 2], name = "a"},'
B = '{type = "reshape", shape = [4, 1], inputs = ["input"], name = "b"},'
C = '{type = "reshape", shape = [1, 4], inputs = ["input"], name = "c"},'
HEAD = '{type = "attention", inputs = [%s]},{type = "flatten"},'


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            A + HEAD % '"a", "a", "a"], mask = ["1", "1"',
            "network.layers[1].mask: 1 axes; accepted: a row for each query, or such rows for each sample",
        ),
        (
            A + HEAD % '"a", "a", "a"], mask = [["1", "2"], ["1", "1"]',
            "network.layers[1].mask: accepted: 1 where a query sees a key, and 0",
        ),
        (
            A + HEAD % '"a", "a", "a"], causal = true, mask = [["0", "1"], ["1", "1"]',
            "network.layers[1].mask: a query sees no key, so that its softmax has no value; accepted: at least a 1 in every row",
        ),
        (
            A + HEAD % '"a", "a", "a"], mask = [["0", "1", "1"], ["1", "1", "1"]',
            "network.layers[1].mask: the shape [2, 3]; accepted: [2, 2], a row for each query and a column for each key",
        ),
        (
            A + HEAD % '"a", "a", "a"], mask = [[["0", "1"], ["1", "1"]]',
            "network.layers[1].mask: for 1 samples, but the data have 2",
        ),
        (A + HEAD % '"a", "a"', "network.layers[1].inputs: 2; accepted: 3"),
        (A + B + HEAD % '"a", "b", "b"', "network.layers[2].inputs: queries of 2 features but keys of 1; accepted: equally many"),
        (A + B + HEAD % '"a", "a", "b"', "network.layers[2].inputs: 2 keys but 4 values; accepted: equally many"),
        (
            '{type = "attention", inputs = ["input", "input", "input"]},',
            "network.layers[0].inputs: takes sequences (times, features), but the data has the shape [4]; write a reshape layer",
        ),
    ],
)
def test_inputs_that_do_not_fit_are_refused(fault: Callable[..., str], layers: str, message: str) -> None:
    """With file and key."""
    assert fault(layers, 4, 4) == message

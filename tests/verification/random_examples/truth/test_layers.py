"""The oracle's layers without windows, on operands whose results can be found by hand."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from verification.random_examples.truth.graph import Graph
from verification.random_examples.truth.numbers import numbers, size

ZERO = ["0", "0", "0", "0"]
CASES: list[tuple[str, list[Any], Any]] = [
    ("batch normalization", [[["1"], ["3"]], ["2"], ["10"], "0"], [["8"], ["12"]]),
    ("batch normalization at inference", [[["1"], ["3"]], ["2"], ["10"], ["1"], ["3"], "1"], [["10"], ["12"]]),
    ("dropout", [["2", "4"], ["1", "0"], "0.5"], ["4", "0"]),
    ("recurrent", [[[["0"], ["0"]]], [["1"]], [["1"]], ["0"]], None),
    ("lstm", [[[["5"]]], [ZERO], [ZERO], ["0", "0", "0", "0"], ZERO], None),
    ("gru", [[[["5"]]], [ZERO[:3]], [ZERO[:3]], ZERO[:3], ZERO[:3]], None),
    ("gru reset after", [[[["5"]]], [ZERO[:3]], [ZERO[:3]], ZERO[:3], ZERO[:3]], None),
    ("hidden units", [[["1", "2"]], [["2"], ["-1"]], ["0"]], [["0.5"]]),
    ("visible units", [[["1", "2"]], [["2", "-1"]], ["0"]], [["0.5"]]),
    ("rows", [[[["1"], ["2"]]]], [["1", "2"]]),
    ("sum of products", [["1", "2"], ["3", "4"], "5", "6"], "41"),
]


@pytest.mark.parametrize(("function", "texts", "expected"), CASES)
def test_a_layer_gives_what_can_be_found_by_hand(
    graph_of: Callable[..., Graph], function: str, texts: list[Any], expected: Any
) -> None:
    """None means zero states: gates without weights let nothing in."""
    value = graph_of(function, *texts).values["y"]
    assert size(value - (numbers(expected) if expected is not None else 0)) < mpmath.mpf(10) ** -90


def test_the_gates_of_an_lstm_are_in_their_order(graph_of: Callable[..., Graph]) -> None:
    """Biases that open input and output and close forget: ``tanh(tanh(1))`` but for 1e-43."""
    value = graph_of("lstm", [[["0"]]], [ZERO], [ZERO], ["100", "-100", "1", "100"]).values["y"]
    assert abs(value[0, 0, 0] - mpmath.tanh(mpmath.tanh(1))) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize("function", ["gru", "gru reset after"])
def test_the_two_forms_of_a_gru_differ_by_the_place_of_the_reset_gate(graph_of: Callable[..., Graph], function: str) -> None:
    """Update closed, reset one half: candidates of ``h U / 2 + c``, or of ``(h U + c) / 2``."""
    kernels = [["0", "0", "0"]], [["0", "0", "1"]]
    biases = ["-200", "0", "0"], ["0", "0", "1"]
    states = graph_of(function, [[["0"], ["0"]]], *kernels, *biases).values["y"][0, :, 0]
    first = mpmath.tanh(1) if function == "gru" else mpmath.tanh(mpmath.mpf("0.5"))
    second = mpmath.tanh(first / 2 + 1) if function == "gru" else mpmath.tanh((first + 1) / 2)
    assert abs(states[0] - first) + abs(states[1] - second) < mpmath.mpf(10) ** -60

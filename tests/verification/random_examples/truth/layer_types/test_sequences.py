"""Recurrent layers, by hand: with weights of 0 every sigmoid is a half and every tanh 0."""

from typing import Any

import mpmath
import pytest

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.sequences import columns
from verification.random_examples.truth.layer_types.table import LAYER_TYPES
from verification.random_examples.truth.numbers import Array, numbers, size

X = numbers([[["1"], ["2"]]])


IN_OUT, OUT_IN = {"layout": "(in, out)"}, {"layout": "(out, in)"}


def states(kind: str, gates: list[str], bias: list[str], **options: Any) -> Array:
    """Both states of a layer of one unit whose kernels are 0, from the state 1 and the cell state 2."""
    zeros = numbers([["0"] * max(len(gates), 1)])
    weights = {"kernel": zeros, "recurrent_kernel": zeros, "bias": numbers(bias)}
    if options.get("reset") == "after":
        weights["recurrent_bias"] = numbers(["0", "0", "4"])
    start = {"initial_state": numbers(["1"]), "initial_cell": numbers(["2"])}
    return LAYER_TYPES[kind](Branches(), {"gates": gates, "returns_sequences": True, **IN_OUT, **start, **options}, weights, X)


def test_a_recurrent_layer_goes_from_state_to_state() -> None:
    """``h = tanh(x + 0.5 h)`` from 0."""
    weights = {"kernel": numbers([["1"]]), "recurrent_kernel": numbers([["0.5"]]), "bias": numbers(["0"])}
    options = {"gates": (), "returns_sequences": False, "initial_state": numbers(["0"]), "initial_cell": numbers(["0"])}
    last = LAYER_TYPES["recurrent"](Branches(), {**options, **IN_OUT}, weights, X)
    assert last.shape == (1, 1)
    assert size(last - mpmath.tanh(2 + mpmath.tanh(1) / 2)) < 1e-90


def test_kernels_may_have_a_row_for_each_unit() -> None:
    """Two units: ``h = tanh(x W^T + h U^T)`` from the states 1 and 0."""
    written: dict[str, Any] = {"kernel": [["1"], ["2"]], "recurrent_kernel": [["3", "4"], ["5", "6"]], "bias": ["0", "0"]}
    weights = {name: numbers(texts) for name, texts in written.items()}
    start = {"initial_state": numbers(["1", "0"]), "initial_cell": numbers(["0", "0"])}
    last = LAYER_TYPES["recurrent"](Branches(), {"returns_sequences": False, **OUT_IN, **start}, weights, X[:, :1])
    assert size(last - [[mpmath.tanh(4), mpmath.tanh(7)]]) < 1e-90


@pytest.mark.parametrize("gates", [["input", "forget", "candidate", "output"], ["output", "candidate", "forget", "input"]])
def test_an_lstm_takes_its_gates_by_name(gates: list[str]) -> None:
    """The candidate's bias is 1: ``c = c/2 + tanh(1)/2``, ``h = tanh(c)/2``."""
    found = states("lstm", gates, ["1" if gate == "candidate" else "0" for gate in gates])
    first = 1 + mpmath.tanh(1) / 2
    second = first / 2 + mpmath.tanh(1) / 2
    assert size(found[0, :, 0] - numbers(["1", "1"]) * [mpmath.tanh(first) / 2, mpmath.tanh(second) / 2]) < 1e-90


@pytest.mark.parametrize(("reset", "candidate"), [("before", "1"), ("after", "3")])
def test_a_gru_forgets_before_or_behind_the_product(reset: str, candidate: str) -> None:
    """``h = h/2 + tanh(1 + r 4)/2`` where the recurrent bias 4 of the candidate is behind the reset gate, else ``tanh(1)``."""
    found = states("gru", ["update", "reset", "candidate"], ["0", "0", "1"], reset=reset)
    n = mpmath.tanh(mpmath.mpf(candidate))
    first = (1 + n) / 2
    assert size(found[0, :, 0] - numbers(["1", "1"]) * [first, (first + n) / 2]) < 1e-90


def test_a_gate_has_the_columns_of_all_units() -> None:
    """Side by side."""
    assert columns({"gates": ["reset", "update"]}, 3, "update") == slice(3, 6)

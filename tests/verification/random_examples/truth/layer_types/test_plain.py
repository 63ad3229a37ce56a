"""Dense layers and rearranging ones, by hand."""

from typing import Any

import pytest

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.table import LAYER_TYPES
from verification.random_examples.truth.numbers import Array, number, numbers, size

ROWS = [["1", "2"], ["3", "4"]]


def value(kind: str, options: dict[str, Any], weights: dict[str, Any], *inputs: Any) -> Array:
    """The pre-activations of a layer."""
    known = {name: numbers(texts) for name, texts in weights.items()}
    return LAYER_TYPES[kind](Branches(), options, known, *map(numbers, inputs))


@pytest.mark.parametrize(
    ("kind", "options", "weights", "inputs", "expected"),
    [
        ("dense", {"layout": "(in, out)"}, {"kernel": [["1"], ["10"]], "bias": ["0.5"]}, [ROWS], [["21.5"], ["43.5"]]),
        ("dense", {"layout": "(out, in)"}, {"kernel": [["1", "10"]]}, [[ROWS]], [[["21"], ["43"]]]),
        (
            "dense",
            {"layout": "(out, in)"},
            {"kernel": [["1", "10"], ["0", "1"]], "bias": ["0.5"]},
            [ROWS],
            [["21.5", "2.5"], ["43.5", "4.5"]],
        ),
        ("embedding", {}, {"kernel": [["5", "6"], ["7", "8"]]}, [[["1", "0"]]], [[["7", "8"], ["5", "6"]]]),
        ("dropout", {"mask": numbers(["1", "0"]), "keep_prob": number("0.5")}, {}, [ROWS], [["2", "0"], ["6", "0"]]),
        ("flatten", {"shape": [-1]}, {}, [[ROWS]], [["1", "2", "3", "4"]]),
        ("reshape", {"shape": [2, 1]}, {}, [ROWS], [[["1"], ["2"]], [["3"], ["4"]]]),
        ("add", {}, {}, [ROWS, ROWS, ROWS], [["3", "6"], ["9", "12"]]),
        ("concatenate", {"axis": 1}, {}, [ROWS, [["5"], ["6"]]], [["1", "2", "5"], ["3", "4", "6"]]),
        ("activation", {}, {}, [ROWS], ROWS),
        ("shift", {}, {"shift": ROWS}, [ROWS], [["2", "4"], ["6", "8"]]),
    ],
)
def test_a_layer_has_its_value(kind: str, options: Any, weights: Any, inputs: Any, expected: Any) -> None:
    """Without a bias too, or with one that all units share; of sequences a dense layer takes every time alike."""
    y, known = value(kind, options, weights, *inputs), numbers(expected)
    assert y.shape == known.shape
    assert size(y - known) < 1e-90

"""Gradients by what layers give, by hand."""

from types import MappingProxyType

import pytest

from verification.random_examples.truth.network import Layer, Network
from verification.random_examples.truth.numbers import numbers, size
from verification.random_examples.truth.shifts import gradient_by

LAYERS = (
    Layer("dense", MappingProxyType({"layout": "(in, out)"}), (0,), ("kernel",), ("kernel",)),
    Layer("add", MappingProxyType({}), (1, 0, 1)),
)
NETWORK = Network(("relu", "identity"), "half squared error", layers=LAYERS)
PARAMETERS = (numbers([["3", "0"], ["0", "-1"]]),)
X, T = numbers([["1", "2"]]), numbers([["5", "1"]])


@pytest.mark.parametrize(
    ("part", "number", "expected"),
    [
        ("output", 2, ["2", "1"]),
        ("pre-activation", 2, ["2", "1"]),
        ("output", 1, ["4", "2"]),
        ("pre-activation", 1, ["4", "0"]),
    ],
)
def test_a_gradient_is_that_of_a_number_added_there(part: str, number: int, expected: list[str]) -> None:
    """``2 relu(x W) + x`` is (7, 2), errors (2, 1); a layer that is used twice has the sum of both uses, a ReLU below 0 none."""
    gradient = gradient_by(part, number, NETWORK, PARAMETERS, X, T)
    assert size(gradient - numbers([expected])) < 1e-30

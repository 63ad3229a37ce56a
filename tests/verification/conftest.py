"""Small trainings where rounding, or a cancellation, leaves a question open."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import NetworkExample

TIE = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["0.1"], ["-0.1"]], bias = ["0"], activation = "relu" }] }
data = { input = [["0.3", "0.3"]], target = [["1"]] }
training = { optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 3 }
names = { y = "output" }
"""
CANCELLED = """
kind = "network"
data = { input = [["-0.6"]], target = [["1"]] }

[network]
loss = "half squared error"
layers = [
  { kernel = [["-0.6"]], bias = "0.31", activation = "softmax" },
  { kernel = [["0.9"]], bias = "1.47", activation = "sigmoid" },
]

[training]
optimizer = { name = "rmsprop", centered = true, epsilon = "1e-3" }
learning_rate = "0.5"
max_epochs = 9
"""


@pytest.fixture
def tie(written: Callable[[str], Any]) -> Callable[..., NetworkExample]:
    """``tie(text="")``: a ReLU of 0.1 * 0.3 - 0.1 * 0.3, which is 0, and on either side of it in float64; ``y`` is its output."""
    return lambda text="": written(TIE + text)


@pytest.fixture
def cancelled(written: Callable[[str], Any]) -> NetworkExample:
    """A variance of gradients that are 0 by cancellation: enclosures leave open whether it has a root."""
    example: NetworkExample = written(CANCELLED)
    return example

"""Embedding, recurrent, LSTM and GRU layers: gradients are central differences, from any initial state."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import NONE, Layer
from reference.layer_types.sequences import Embedding, Gated, Recurrent


@pytest.mark.parametrize("returns_sequences", [True, False])
@pytest.mark.parametrize(("cell", "gates", "biases"), [("", 1, 1), ("lstm", 4, 1), ("gru", 3, 1), ("gru reset after", 3, 2)])
def test_gradients_are_central_differences(
    assert_backward: Callable[..., None],
    random_balls: Callable[..., Array],
    cell: str,
    gates: int,
    biases: int,
    returns_sequences: bool,
) -> None:
    """By sequence, kernels and biases, of all states and of the last one."""
    start = random_balls(2, seed=7), random_balls(2, seed=8)
    kind: LayerType = Gated(cell, *start, returns_sequences) if cell else Recurrent(start[0], returns_sequences)
    first = random_balls(3, 2 * gates), random_balls(2 * gates, seed=2), random_balls(2, 2 * gates, seed=3)
    parameters = Layer(*first, random_balls(2 * gates, seed=4) if biases == 2 else NONE)
    assert_backward(kind, parameters, random_balls(2, 3, 3, seed=5))


def test_an_embedding_is_the_rows_of_its_kernel() -> None:
    """A row that is used twice has the sum of both gradients, one that is not used 0; whole numbers have no gradient."""
    parameters, x = Layer(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])), np.array([[2.0, 0.0, 2.0]])
    assert Embedding().forward(parameters, x).tolist() == [[[5, 6], [1, 2], [5, 6]]]
    (dx,), gradients = Embedding().backward(parameters, [x], x, np.array([[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]]))
    assert gradients.kernel.tolist() == [[2, 20], [0, 0], [4, 40]]
    assert dx.tolist() == [[0, 0, 0]]


def test_an_embedding_reads_whole_numbers_of_any_type() -> None:
    """Balls are whole numbers too."""
    x = np.array([[flint.arb(1)]], dtype=object)
    assert Embedding().forward(Layer(np.array([[1.0], [3.0]])), x).tolist() == [[[3.0]]]

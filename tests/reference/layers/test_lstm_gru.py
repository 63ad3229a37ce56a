"""LSTM and GRU layers unrolled in time, and back-propagation through time."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layers.gates import Weights
from reference.layers.lstm_gru import CELLS, backward, forward, unrolled


def test_the_two_forms_of_the_gru_differ_only_in_the_candidate() -> None:
    """With a reset gate that is open the two forms are one; otherwise they differ."""
    random = np.random.RandomState(1)
    x, weights = random.randn(2, 3, 2), Weights(random.randn(2, 9), random.randn(3, 9), random.randn(9), random.randn(9))
    first, second = (forward(CELLS[name], x, weights) for name in ("gru", "gru reset after"))
    assert np.max(np.abs(first - second)) > 0.01
    weights.bias[3:6] = 1000
    first, second = (forward(CELLS[name], x, weights) for name in ("gru", "gru reset after"))
    assert np.array_equal(np.round(first, 12), np.round(second, 12))


@pytest.mark.parametrize(("name", "gates"), [("lstm", 4), ("gru", 3), ("gru reset after", 3)])
def test_gradients_through_time(
    name: str, gates: int, random_balls: Callable[..., Array], assert_gradient: Callable[..., None]
) -> None:
    """Of the sequence and of every weight, under upstream gradients of all states."""
    x, dstates, cell = random_balls(1, 3, 2), random_balls(1, 3, 2, seed=2), CELLS[name]
    shapes = (2, 2 * gates), (2, 2 * gates), (2 * gates,), (2 * gates,)
    weights = Weights(*(random_balls(*shape, seed=seed) / 2 for seed, shape in enumerate(shapes, 3)))
    dx, gradients = backward(cell, x, weights, dstates)
    assert_gradient(lambda x: (forward(cell, x, weights) * dstates).sum(), x, dx)
    for which, gradient in gradients._asdict().items():

        def loss(array: Array, which: str = which) -> object:
            return (forward(cell, x, weights._replace(**{which: array})) * dstates).sum()

        assert_gradient(loss, getattr(weights, which), gradient)


def test_the_first_states_are_zero() -> None:
    """There is one snapshot more than steps."""
    weights = Weights(np.ones((2, 8)), np.ones((2, 8)), np.ones(8), np.ones(8))
    snapshots = unrolled(CELLS["lstm"], np.ones((3, 4, 2)), weights)
    assert len(snapshots) == 5
    assert not snapshots[0].state.any()
    assert snapshots[0].cell.shape == (3, 2)

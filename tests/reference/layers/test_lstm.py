"""One step of the LSTM, gate by gate, and its gradients with respect to both states."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layers.gates import Snapshot, Weights
from reference.layers.lstm import lstm, lstm_backward


def test_a_step_is_the_published_one() -> None:
    """One unit, gates in the order input, forget, candidate, output; both biases add up."""
    weights = Weights(*(np.array(a) for a in ([[0.1, 0.2, 0.3, 0.4]], [[0.5, 0.6, 0.7, 0.8]], [1.0, 0, 0, 0], [0.0, 1, 0, 0])))
    before = Snapshot(np.array([[0.25]]), np.array([[0.75]]), (), np.zeros((1, 1)))
    after = lstm(np.array([[2.0]]), before, weights)
    i, f, g, o = 0.2 + 0.125 + 1, 0.4 + 0.15 + 1, 0.6 + 0.175, 0.8 + 0.2
    cell = 0.75 / (1 + math.exp(-f)) + math.tanh(g) / (1 + math.exp(-i))
    assert after.cell.item() == pytest.approx(cell, rel=1e-15)
    assert after.state.item() == pytest.approx(math.tanh(cell) / (1 + math.exp(-o)), rel=1e-15)


def test_an_open_forget_gate_keeps_the_cell_state() -> None:
    """With the input gate closed and the forget gate open the cell state stays, to the last bit."""
    weights = Weights(np.zeros((1, 4)), np.zeros((1, 4)), np.array([-1000.0, 1000, 0, 0]), np.zeros(4))
    before = Snapshot(np.array([[0.25]]), np.array([[0.75]]), (), np.zeros((1, 1)))
    with np.errstate(over="ignore"):
        assert lstm(np.array([[2.0]]), before, weights).cell.item() == 0.75


def test_the_gradients_of_a_step(random_balls: Callable[..., Array], assert_gradient: Callable[..., None]) -> None:
    """Of input, state and cell state before, under upstream gradients of both states after."""
    x, state, cell, dstate, dcell = random_balls(2, 3), *(random_balls(2, 2, seed=seed) for seed in (2, 3, 4, 5))
    weights = Weights(random_balls(3, 8, seed=6), random_balls(2, 8, seed=7), random_balls(8, seed=8), random_balls(8, seed=9))

    def loss(x: Array, state: Array, cell: Array) -> object:
        after = lstm(x, Snapshot(state, cell, (), state), weights)
        return (after.state * dstate + after.cell * dcell).sum()

    before = Snapshot(state, cell, (), state)
    gradients = lstm_backward(x, before, lstm(x, before, weights), weights, dstate, dcell)
    assert_gradient(lambda x: loss(x, state, cell), x, gradients.x)
    assert_gradient(lambda state: loss(x, state, cell), state, gradients.state)
    assert_gradient(lambda cell: loss(x, state, cell), cell, gradients.cell)

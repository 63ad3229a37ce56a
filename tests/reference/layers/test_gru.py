"""One step of the GRU in both forms: where the reset gate acts, and the gradient of the state."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layers.gates import Cell, Snapshot, Weights
from reference.layers.lstm_gru import CELLS

FORMS = ["gru", "gru reset after"]


def start(state: Array) -> Snapshot:
    """A state before a step."""
    return Snapshot(state, state * 0, (), state)


def one_unit(reset: float) -> Weights:
    """Update gate 1/2, reset gate open or closed by its bias; candidate ``tanh(x + U h + c)`` with U = 3 and c = 1/2."""
    return Weights(np.array([[0.0, 0, 1]]), np.array([[0.0, 0, 3]]), np.array([0.0, reset, 0]), np.array([0.0, 0, 0.5]))


@pytest.mark.parametrize(("form", "expected"), [("gru", np.tanh(2 + 0.5)), ("gru reset after", np.tanh(2.0))])
def test_a_closed_reset_gate_hides_the_state(form: str, expected: float) -> None:
    """Before the product it hides only the state, after it the recurrent bias too."""
    with np.errstate(over="ignore"):
        after = CELLS[form].forward(np.array([[2.0]]), start(np.array([[0.25]])), one_unit(-1000))
    assert after.state.item() == 0.5 * 0.25 + 0.5 * expected


@pytest.mark.parametrize("form", FORMS)
def test_with_an_open_reset_gate_both_forms_are_one(form: str) -> None:
    """The candidate is ``tanh(x + U h + c)``."""
    after = CELLS[form].forward(np.array([[2.0]]), start(np.array([[0.25]])), one_unit(1000))
    assert after.state.item() == 0.5 * 0.25 + 0.5 * np.tanh(2 + 0.75 + 0.5)


@pytest.mark.parametrize("form", FORMS)
def test_the_gradients_of_a_step(form: str, random_balls: Callable[..., Array], assert_gradient: Callable[..., None]) -> None:
    """Of input and state before; there is no cell state, whose gradient passes."""
    cell: Cell = CELLS[form]
    x, state, dstate = random_balls(2, 3), random_balls(2, 2, seed=2), random_balls(2, 2, seed=3)
    weights = Weights(random_balls(3, 6, seed=4), random_balls(2, 6, seed=5), random_balls(6, seed=6), random_balls(6, seed=7))
    gradients = cell.backward(x, start(state), cell.forward(x, start(state), weights), weights, dstate, state)
    assert gradients.cell is state
    assert_gradient(lambda x: (cell.forward(x, start(state), weights).state * dstate).sum(), x, gradients.x)
    assert_gradient(lambda state: (cell.forward(x, start(state), weights).state * dstate).sum(), state, gradients.state)

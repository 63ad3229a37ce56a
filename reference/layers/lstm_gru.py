"""LSTM and GRU layers, unrolled in time, and back-propagation through time (dl-python, VIII.1).

Sequences are ``(N, T, inputs)``, states ``(N, units)``; the first states are zero, or ``start``:
state and cell state ``(units,)`` for every sample. The modules ``lstm`` and ``gru`` have the steps,
``gates`` the weights.
"""

from collections.abc import Mapping

import numpy as np

from reference.comparisons import Array
from reference.layers.gates import Cell, Snapshot, Weights
from reference.layers.gru import gru, gru_backward, gru_reset_after, gru_reset_after_backward
from reference.layers.lstm import lstm, lstm_backward
from reference.layers.recurrent import first_state

CELLS: Mapping[str, Cell] = {
    "lstm": Cell(lstm, lstm_backward),
    "gru": Cell(gru, gru_backward),
    "gru reset after": Cell(gru_reset_after, gru_reset_after_backward),
}


Start = tuple[Array, Array]


def unrolled(cell: Cell, x: Array, weights: Weights, start: Start | None = None) -> list[Snapshot]:
    """The snapshots before the first step and after every step, ``T + 1`` of them."""
    state, memory = (first_state(x, weights.recurrent, initial) for initial in start or (None, None))
    snapshots = [Snapshot(state, memory, (), state)]
    for time in range(x.shape[1]):
        snapshots.append(cell.forward(x[:, time], snapshots[-1], weights))
    return snapshots


def forward(cell: Cell, x: Array, weights: Weights, start: Start | None = None) -> Array:
    """All states, ``(N, T, units)``."""
    return np.stack([snapshot.state for snapshot in unrolled(cell, x, weights, start)[1:]], axis=1)


def backward(cell: Cell, x: Array, weights: Weights, dstates: Array, start: Start | None = None) -> tuple[Array, Weights]:
    """The gradients of input and weights, through time as in ``recurrent.backward``; cell states hand on their gradient too."""
    snapshots = unrolled(cell, x, weights, start)
    total = Weights(*(array * 0 for array in weights))
    dstate = dcell = dstates[:, 0] * 0
    dx = []
    for time in reversed(range(x.shape[1])):
        upstream = dstates[:, time] + dstate
        before, after = snapshots[time], snapshots[time + 1]
        dx_t, dstate, dcell, gradients = cell.backward(x[:, time], before, after, weights, upstream, dcell)
        total = Weights(*(old + new for old, new in zip(total, gradients, strict=True)))
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=1), total

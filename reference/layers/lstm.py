"""One step of an LSTM, its gates in the order input, forget, candidate, output (Learning to Forget, 2000)."""

import numpy as np

from reference.activations import sigmoid, sigmoid_backward, tanh, tanh_backward
from reference.comparisons import Array
from reference.layers.gates import Snapshot, StepGradients, Weights, pre_activations, pre_activations_backward


def lstm(x: Array, before: Snapshot, weights: Weights) -> Snapshot:
    """``c_t = f c_(t-1) + i g``, ``h_t = o tanh c_t`` with ``i, f, o`` sigmoids and ``g`` tanh of ``x W + h U + b``."""
    from_input, from_state = pre_activations(x, before.state, weights, 4)
    activations = (sigmoid, sigmoid, tanh, sigmoid)
    i, f, g, o = (value(a + b) for value, a, b in zip(activations, from_input, from_state, strict=True))
    cell = f * before.cell + i * g
    tanh_cell = tanh(cell)
    return Snapshot(o * tanh_cell, cell, (i, f, g, o), tanh_cell)


def lstm_backward(x: Array, before: Snapshot, after: Snapshot, weights: Weights, dstate: Array, dcell: Array) -> StepGradients:
    """``dc_t`` is the upstream ``dcell`` plus ``dstate o (1 - tanh^2 c_t)``; each gate has the gradient of its factor in it."""
    i, f, g, o = after.gates
    tanh_cell = after.intermediate
    dcell = dcell + tanh_backward(after.cell, tanh_cell, dstate * o)
    dgates = (
        sigmoid_backward(i, i, dcell * g),
        sigmoid_backward(f, f, dcell * before.cell),
        tanh_backward(g, g, dcell * i),
        sigmoid_backward(o, o, dstate * tanh_cell),
    )
    dz = np.concatenate(dgates, axis=1)
    dx, dbefore, dweights = pre_activations_backward(x, before.state, weights, dz, dz)
    return StepGradients(dx, dbefore, dcell * f, dweights)

"""One step of a GRU in both of its forms, its gates in the order update, reset, candidate.

The state is ``h_t = z h_(t-1) + (1 - z) n`` (Learning Phrase Representations using RNN Encoder-Decoder, 2014). There is no cell
state: its gradient passes unchanged.
"""

import numpy as np

from reference.activations import sigmoid, sigmoid_backward, tanh, tanh_backward
from reference.comparisons import Array
from reference.layers.gates import Snapshot, StepGradients, Weights, pre_activations, pre_activations_backward


def gru_reset_after(x: Array, before: Snapshot, weights: Weights) -> Snapshot:
    """The reset gate after the product: ``n = tanh(x W + b + r (h U + c))`` (PyTorch, cuDNN, Keras by default)."""
    from_input, from_state = pre_activations(x, before.state, weights, 3)
    z, r = sigmoid(from_input[0] + from_state[0]), sigmoid(from_input[1] + from_state[1])
    n = tanh(from_input[2] + r * from_state[2])
    return Snapshot(z * before.state + (1 - z) * n, before.cell, (z, r, n), from_state[2])


def gru_reset_after_backward(
    x: Array, before: Snapshot, after: Snapshot, weights: Weights, dstate: Array, dcell: Array
) -> StepGradients:
    """The gradients of a step; the candidate's part of ``h U + c`` gets ``r`` times the gradient of that of ``x W + b``."""
    z, r, n = after.gates
    dn = tanh_backward(n, n, dstate * (1 - z))
    dz = sigmoid_backward(z, z, dstate * (before.state - n))
    dr = sigmoid_backward(r, r, dn * after.intermediate)
    from_input, from_state = (np.concatenate((dz, dr, candidate), axis=1) for candidate in (dn, dn * r))
    dx, dbefore, dweights = pre_activations_backward(x, before.state, weights, from_input, from_state)
    return StepGradients(dx, dbefore + dstate * z, dcell, dweights)


def gru(x: Array, before: Snapshot, weights: Weights) -> Snapshot:
    """The reset gate before the product, as published: ``n = tanh(x W + b + (r h) U + c)``."""
    units = before.state.shape[1]
    from_input, from_state = pre_activations(x, before.state, weights, 3)
    z, r = sigmoid(from_input[0] + from_state[0]), sigmoid(from_input[1] + from_state[1])
    n = tanh(from_input[2] + (r * before.state) @ weights.recurrent[:, 2 * units :] + weights.recurrent_bias[2 * units :])
    return Snapshot(z * before.state + (1 - z) * n, before.cell, (z, r, n), r * before.state)


def gru_backward(x: Array, before: Snapshot, after: Snapshot, weights: Weights, dstate: Array, dcell: Array) -> StepGradients:
    """The gradients of a step; those of the candidate's recurrent weights come from ``r h`` instead of ``h``."""
    z, r, n = after.gates
    units = dstate.shape[1]
    dn = tanh_backward(n, n, dstate * (1 - z))
    dreset_state = dn @ weights.recurrent[:, 2 * units :].T
    dz = sigmoid_backward(z, z, dstate * (before.state - n))
    dr = sigmoid_backward(r, r, dreset_state * before.state)
    from_input, from_state = (np.concatenate((dz, dr, candidate), axis=1) for candidate in (dn, dn * 0))
    dx, dbefore, dweights = pre_activations_backward(x, before.state, weights, from_input, from_state)
    dweights.recurrent[:, 2 * units :] = after.intermediate.T @ dn
    dweights.recurrent_bias[2 * units :] = dn.sum(axis=0)
    return StepGradients(dx, dbefore + dstate * z + dreset_state * r, dcell, dweights)

"""A recurrent layer, unrolled in time, and back-propagation through time (dl-python, VIII.1).

Sequences are ``(N, T, inputs)``, states ``(N, units)``; the first state is zero. Kernels are ``(inputs, units)`` and
``(units, units)``, applied from the right. Another initial state is one ``(units,)`` for every sample.
"""

from typing import NamedTuple

import numpy as np

from reference.activations import tanh, tanh_backward
from reference.comparisons import Array


class Weights(NamedTuple):
    """The parameters of a recurrent layer, or the gradients with respect to them."""

    kernel: Array
    recurrent: Array
    bias: Array


def zero_state(x: Array, recurrent: Array) -> Array:
    """The state before the first step, ``(N, units)``, of the number type of the input."""
    return np.repeat(x[:, 0, :1] * 0, recurrent.shape[0], axis=1)


def first_state(x: Array, recurrent: Array, initial: Array | None) -> Array:
    """The state before the first step, ``(N, units)``: zeros, or the initial one."""
    zeros = zero_state(x, recurrent)
    return zeros if initial is None else zeros + initial


def step(x: Array, state: Array, weights: Weights) -> Array:
    """``h_t = tanh(x_t W + h_(t-1) U + b)``, ``(N, units)``."""
    return tanh(x @ weights.kernel + state @ weights.recurrent + weights.bias)


def step_backward(x: Array, state: Array, new: Array, weights: Weights, dnew: Array) -> tuple[Array, Array, Weights]:
    """The gradients with respect to the input, the state before, and the weights."""
    dz = tanh_backward(new, new, dnew)
    return dz @ weights.kernel.T, dz @ weights.recurrent.T, Weights(x.T @ dz, state.T @ dz, dz.sum(axis=0))


def forward(x: Array, weights: Weights, initial: Array | None = None) -> Array:
    """All states, ``(N, T, units)``."""
    states = [first_state(x, weights.recurrent, initial)]
    for time in range(x.shape[1]):
        states.append(step(x[:, time], states[-1], weights))
    return np.stack(states[1:], axis=1)


def backward(x: Array, weights: Weights, states: Array, dstates: Array, initial: Array | None = None) -> tuple[Array, Weights]:
    """The gradients of input and weights, through time: a state's gradient is its own, ``dstates``, plus that of the next step.

    The weights are the same at all times, so that their gradient is the sum over all steps.
    """
    before = np.concatenate([first_state(x, weights.recurrent, initial)[:, np.newaxis], states[:, :-1]], axis=1)
    total = Weights(*(array * 0 for array in weights))
    dstate = dstates[:, 0] * 0
    dx = []
    for time in reversed(range(x.shape[1])):
        upstream = dstates[:, time] + dstate
        dx_t, dstate, gradients = step_backward(x[:, time], before[:, time], states[:, time], weights, upstream)
        total = Weights(*(old + new for old, new in zip(total, gradients, strict=True)))
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=1), total

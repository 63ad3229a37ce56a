"""LSTM and GRU, unrolled in time, and back-propagation through time (dl-python, VIII.1).

Sequences are ``(N, T, inputs)``, states ``(N, units)``; the first states are zero. The gates stand side by side in one kernel
``(inputs, gates * units)`` and one recurrent kernel ``(units, gates * units)``: of the LSTM in the order input, forget, candidate,
output (Learning to Forget, 2000), of the GRU update, reset, candidate (Learning Phrase Representations using RNN Encoder-Decoder,
2014). The GRU's state is ``h_t = z h_(t-1) + (1 - z) n``.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from reference.activations import sigmoid, sigmoid_backward, tanh, tanh_backward
from reference.comparisons import Array
from reference.layers.recurrent import zero_state


class Weights(NamedTuple):
    """Kernels and biases of a gated layer, or the gradients; biases are ``(gates * units,)``, one beside either kernel."""

    kernel: Array
    recurrent: Array
    bias: Array
    recurrent_bias: Array


class Moment(NamedTuple):
    """What one step leaves: the states (an LSTM's ``memory`` too) and, for the way back, the gates and what they were made of."""

    state: Array
    memory: Array
    gates: tuple[Array, ...]
    inner: Array


Step = Callable[[Array, Moment, Weights], Moment]
Back = Callable[[Array, Moment, Moment, Weights, Array, Array], tuple[Array, Array, Array, Weights]]


def sides(x: Array, state: Array, weights: Weights, gates: int) -> tuple[list[Array], list[Array]]:
    """``x W + b`` and ``h U + c``, each split into its gates."""
    left, right = x @ weights.kernel + weights.bias, state @ weights.recurrent + weights.recurrent_bias
    return np.split(left, gates, axis=1), np.split(right, gates, axis=1)


def products(x: Array, state: Array, weights: Weights, left: Array, right: Array) -> tuple[Array, Array, Weights]:
    """From the errors of ``x W + b`` and ``h U + c`` the gradients of input, state and weights."""
    slopes = Weights(x.T @ left, state.T @ right, left.sum(axis=0), right.sum(axis=0))
    return left @ weights.kernel.T, right @ weights.recurrent.T, slopes


def lstm(x: Array, before: Moment, weights: Weights) -> Moment:
    """``c_t = f c_(t-1) + i g``, ``h_t = o tanh c_t`` with ``i, f, o`` sigmoids and ``g`` tanh of ``x W + h U + b``."""
    left, right = sides(x, before.state, weights, 4)
    i, f, g, o = (value(a + b) for value, a, b in zip((sigmoid, sigmoid, tanh, sigmoid), left, right, strict=True))
    memory = f * before.memory + i * g
    inner = tanh(memory)
    return Moment(o * inner, memory, (i, f, g, o), inner)


def lstm_backward(
    x: Array, before: Moment, now: Moment, weights: Weights, dstate: Array, dmemory: Array
) -> tuple[Array, Array, Array, Weights]:
    """The gradients with respect to input, state and memory before, and weights."""
    i, f, g, o = now.gates
    through = dmemory + tanh_backward(now.memory, now.inner, dstate * o)
    errors = (
        sigmoid_backward(i, i, through * g),
        sigmoid_backward(f, f, through * before.memory),
        tanh_backward(g, g, through * i),
        sigmoid_backward(o, o, dstate * now.inner),
    )
    error = np.concatenate(errors, axis=1)
    dx, back, slopes = products(x, before.state, weights, error, error)
    return dx, back, through * f, slopes


def gru_reset_after(x: Array, before: Moment, weights: Weights) -> Moment:
    """The reset gate after the product: ``n = tanh(x W + b + r (h U + c))`` (PyTorch, cuDNN, Keras by default)."""
    left, right = sides(x, before.state, weights, 3)
    z, r = sigmoid(left[0] + right[0]), sigmoid(left[1] + right[1])
    n = tanh(left[2] + r * right[2])
    return Moment(z * before.state + (1 - z) * n, before.memory, (z, r, n), right[2])


def gru_reset_after_backward(
    x: Array, before: Moment, now: Moment, weights: Weights, dstate: Array, dmemory: Array
) -> tuple[Array, Array, Array, Weights]:
    """The gradients with respect to input, state and memory (none: passed on) before, and weights."""
    z, r, n = now.gates
    candidate = tanh_backward(n, n, dstate * (1 - z))
    update, reset = sigmoid_backward(z, z, dstate * (before.state - n)), sigmoid_backward(r, r, candidate * now.inner)
    left, right = (np.concatenate((update, reset, last), axis=1) for last in (candidate, candidate * r))
    dx, back, slopes = products(x, before.state, weights, left, right)
    return dx, back + dstate * z, dmemory, slopes


def gru(x: Array, before: Moment, weights: Weights) -> Moment:
    """The reset gate before the product, as published: ``n = tanh(x W + b + (r h) U + c)``."""
    units = before.state.shape[1]
    left, right = sides(x, before.state, weights, 3)
    z, r = sigmoid(left[0] + right[0]), sigmoid(left[1] + right[1])
    n = tanh(left[2] + (r * before.state) @ weights.recurrent[:, 2 * units :] + weights.recurrent_bias[2 * units :])
    return Moment(z * before.state + (1 - z) * n, before.memory, (z, r, n), r * before.state)


def gru_backward(
    x: Array, before: Moment, now: Moment, weights: Weights, dstate: Array, dmemory: Array
) -> tuple[Array, Array, Array, Weights]:
    """The gradients with respect to input, state and memory (none: passed on) before, and weights."""
    (z, r, n), units = now.gates, dstate.shape[1]
    candidate = tanh_backward(n, n, dstate * (1 - z))
    through = candidate @ weights.recurrent[:, 2 * units :].T
    update, reset = sigmoid_backward(z, z, dstate * (before.state - n)), sigmoid_backward(r, r, through * before.state)
    left, right = (np.concatenate((update, reset, last), axis=1) for last in (candidate, candidate * 0))
    dx, back, slopes = products(x, before.state, weights, left, right)
    slopes.recurrent[:, 2 * units :] = now.inner.T @ candidate
    slopes.recurrent_bias[2 * units :] = candidate.sum(axis=0)
    return dx, back + dstate * z + through * r, dmemory, slopes


class Unit(NamedTuple):
    """A gated unit: one step forward and one back."""

    step: Step
    back: Back


UNITS = {
    "lstm": Unit(lstm, lstm_backward),
    "gru": Unit(gru, gru_backward),
    "gru reset after": Unit(gru_reset_after, gru_reset_after_backward),
}


def unrolled(unit: Unit, x: Array, weights: Weights) -> list[Moment]:
    """The moments before the first step and after every step."""
    nothing = zero_state(x, weights.recurrent)
    moments = [Moment(nothing, nothing, (), nothing)]
    for time in range(x.shape[1]):
        moments.append(unit.step(x[:, time], moments[-1], weights))
    return moments


def forward(unit: Unit, x: Array, weights: Weights) -> Array:
    """All states, ``(N, T, units)``."""
    return np.stack([moment.state for moment in unrolled(unit, x, weights)[1:]], axis=1)


def backward(unit: Unit, x: Array, weights: Weights, dstates: Array) -> tuple[Array, Weights]:
    """Back through time, as in ``recurrent.backward``; the gradient of the memory is passed on from step to step as well."""
    moments, dx = unrolled(unit, x, weights), list[Any]()
    total, back, memory = Weights(*(array * 0 for array in weights)), dstates[:, 0] * 0, dstates[:, 0] * 0
    for time in reversed(range(x.shape[1])):
        error = dstates[:, time] + back
        slope, back, memory, slopes = unit.back(x[:, time], moments[time], moments[time + 1], weights, error, memory)
        total = Weights(*(old + new for old, new in zip(total, slopes, strict=True)))
        dx.append(slope)
    return np.stack(dx[::-1], axis=1), total

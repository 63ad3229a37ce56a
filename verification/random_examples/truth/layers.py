"""Layers without windows: normalization, dropout, recurrent and gated layers, Boltzmann machines."""

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, array, entrywise
from verification.random_examples.truth.operations import Function, Parameters, dot, sigmoid, total

CellStep = Callable[..., tuple[Array, Array]]


def normalized(x: Array, channel: int, gamma: Any, beta: Any, mean: Any, variance: Any, epsilon: Array) -> Array:
    """One channel, shifted and scaled."""
    return gamma * (x[:, channel] - mean) / mpmath.sqrt(variance + epsilon[()]) + beta


def normalization(branches: Branches, p: Parameters, x: Array, gamma: Array, beta: Array, epsilon: Array) -> Array:
    """Every channel by its own mean and biased variance."""
    y = np.empty(x.shape, dtype=object)
    for channel in range(x.shape[1]):
        entries = x[:, channel]
        mean = total(entries) / entries.size
        variance = total((entries - mean) ** 2) / entries.size
        y[:, channel] = normalized(x, channel, gamma[channel], beta[channel], mean, variance, epsilon)
    return y


def normalization_at_inference(branches: Branches, p: Parameters, x: Array, *arrays: Array) -> Array:
    """Every channel by a given mean and variance."""
    gamma, beta, mean, variance, epsilon = arrays
    y = np.empty(x.shape, dtype=object)
    for channel in range(x.shape[1]):
        y[:, channel] = normalized(x, channel, gamma[channel], beta[channel], mean[channel], variance[channel], epsilon)
    return y


def sequence(step: CellStep) -> Function:
    """All states of a layer whose step maps input, state, cell state and weights to a new state and cell state."""

    def value(branches: Branches, p: Parameters, x: Array, kernel: Array, recurrent: Array, *biases: Array) -> Array:
        state = cell = array(np.full((len(x), len(recurrent)), mpmath.mpf(0), dtype=object))
        states = []
        for time in range(x.shape[1]):
            state, cell = step(x[:, time], state, cell, kernel, recurrent, *biases)
            states.append(state)
        return array(np.stack(states, axis=1))

    return value


def gate(number: int, units: int, array: Array) -> Array:
    """The columns of one gate."""
    return array[..., number * units : (number + 1) * units]


def recurrent_step(x: Array, state: Array, cell: Array, kernel: Array, recurrent: Array, bias: Array) -> tuple[Array, Array]:
    """``h = tanh(x W + h U + b)``."""
    return entrywise(mpmath.tanh, dot(x, kernel) + dot(state, recurrent) + bias), cell


def lstm_step(x: Array, state: Array, cell: Array, kernel: Array, recurrent: Array, *biases: Array) -> tuple[Array, Array]:
    """Gates in the order input, forget, candidate, output; one bias or two."""
    sums = dot(x, kernel) + dot(state, recurrent) + sum(biases[1:], biases[0])
    i, f, g, o = (gate(number, len(recurrent), sums) for number in range(4))
    cell = entrywise(sigmoid, f) * cell + entrywise(sigmoid, i) * entrywise(mpmath.tanh, g)
    return entrywise(sigmoid, o) * entrywise(mpmath.tanh, cell), cell


def gru_step(reset_after: bool) -> CellStep:
    """Gates in the order update, reset, candidate; the reset gate before or after the product."""

    def step(
        x: Array, state: Array, cell: Array, kernel: Array, recurrent: Array, bias: Array, recurrent_bias: Array
    ) -> tuple[Array, Array]:
        units = len(recurrent)
        inner, outer = dot(x, kernel) + bias, dot(state, recurrent) + recurrent_bias
        z, r = (entrywise(sigmoid, gate(number, units, inner) + gate(number, units, outer)) for number in (0, 1))
        if reset_after:
            recalled = r * gate(2, units, outer)
        else:
            recalled = dot(r * state, gate(2, units, recurrent)) + gate(2, units, recurrent_bias)
        n = entrywise(mpmath.tanh, gate(2, units, inner) + recalled)
        return z * state + (1 - z) * n, cell

    return step


LAYERS: Mapping[str, Function] = {
    "batch normalization": normalization,
    "batch normalization at inference": normalization_at_inference,
    "dropout": lambda branches, p, x, mask, keep_prob: array(x * mask / keep_prob),
    "recurrent": sequence(recurrent_step),
    "lstm": sequence(lstm_step),
    "gru": sequence(gru_step(reset_after=False)),
    "gru reset after": sequence(gru_step(reset_after=True)),
    "hidden units": lambda branches, p, v, kernel, bias: entrywise(sigmoid, dot(v, kernel) + bias),
    "visible units": lambda branches, p, h, kernel, bias: entrywise(sigmoid, dot(h, kernel.T) + bias),
    "concatenate": lambda branches, p, *arrays: np.concatenate(arrays, axis=p["axis"]),
    "rows": lambda branches, p, x: x.reshape(len(x), -1),
    "sum of products": lambda branches, p, *arrays: array(
        mpmath.fsum(total(a * b) for a, b in zip(arrays[::2], arrays[1::2], strict=True))
    ),
}

"""What LSTM and GRU share: weights, the snapshot of a step, and the pre-activations of the gates (dl-python, VIII.1).

The gates are side by side in one kernel ``(inputs, gates * units)`` and one recurrent kernel ``(units, gates * units)``. A state is
``(batch, units)``.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array


class Weights(NamedTuple):
    """Kernels and biases of a gated layer, or the gradients; biases are ``(gates * units,)``, one beside either kernel."""

    kernel: Array
    recurrent: Array
    bias: Array
    recurrent_bias: Array


class Snapshot(NamedTuple):
    """The states after a step (``cell`` is an LSTM's cell state), and for the backward pass its gates and an intermediate array."""

    state: Array
    cell: Array
    gates: tuple[Array, ...]
    intermediate: Array


class StepGradients(NamedTuple):
    """The gradients of one step: with respect to its input, the state and the cell state before, and the weights."""

    x: Array
    state: Array
    cell: Array
    weights: Weights


class Cell(NamedTuple):
    """One step of a gated layer, ``after = forward(x, before, weights)``, and its backward pass.

    ``backward(x, before, after, weights, dstate, dcell)`` takes the upstream gradients of both states after the step.
    """

    forward: Callable[[Array, Snapshot, Weights], Snapshot]
    backward: Callable[[Array, Snapshot, Snapshot, Weights, Array, Array], StepGradients]


def pre_activations(x: Array, state: Array, weights: Weights, gates: int) -> tuple[list[Array], list[Array]]:
    """``x W + b`` and ``h U + c``, each split into its gates."""
    from_input = x @ weights.kernel + weights.bias
    from_state = state @ weights.recurrent + weights.recurrent_bias
    return np.split(from_input, gates, axis=1), np.split(from_state, gates, axis=1)


def pre_activations_backward(
    x: Array, state: Array, weights: Weights, from_input: Array, from_state: Array
) -> tuple[Array, Array, Weights]:
    """The gradients with respect to input, state and weights, given those of ``x W + b`` and ``h U + c``, not split."""
    gradients = Weights(x.T @ from_input, state.T @ from_state, from_input.sum(axis=0), from_state.sum(axis=0))
    return from_input @ weights.kernel.T, from_state @ weights.recurrent.T, gradients

"""Layers of sequences ``(samples, times, features)``: embedding, recurrent, LSTM and GRU layers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import NONE, Layer
from reference.layers import gates, lstm_gru, recurrent

whole = np.frompyfunc(lambda number: int(float(number)), 1, 1)


class Embedding(NamedTuple):
    """The row of the kernel ``(entries, units)`` of every whole number of the input ``(samples, times)``."""

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``(samples, times, units)``."""
        return parameters.kernel[whole(x).astype(int)]

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """Every row has the sum of the gradients at its places; whole numbers have none."""
        kernel = parameters.kernel * 0
        np.add.at(kernel, whole(inputs[0]).astype(int), dy)
        return (inputs[0] * 0,), Layer(kernel)


class Recurrent(NamedTuple):
    """``h_t = tanh(x_t W + h_(t-1) U + b)`` from an initial state ``(units,)``: all states, or the last one."""

    initial_state: Array
    returns_sequences: bool

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``(samples, times, units)``, or ``(samples, units)``."""
        return returned(self.states(parameters, x), self.returns_sequences)

    def states(self, parameters: Layer, x: Array) -> Array:
        """All states."""
        return recurrent.forward(x, self.weights(parameters), self.initial_state)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``recurrent.backward``."""
        states = self.states(parameters, inputs[0])
        upstream = of_all_states(states, dy, self.returns_sequences)
        dx, weights = recurrent.backward(inputs[0], self.weights(parameters), states, upstream, self.initial_state)
        return (dx,), Layer(weights.kernel, weights.bias, weights.recurrent)

    @staticmethod
    def weights(parameters: Layer) -> recurrent.Weights:
        """The parameters as ``reference.layers.recurrent`` has them."""
        return recurrent.Weights(parameters.kernel, parameters.recurrent_kernel, parameters.bias)


class Gated(NamedTuple):
    """An LSTM or a GRU by the name of its cell in ``lstm_gru.CELLS``, from initial states ``(units,)``; a GRU has no cell state."""

    cell: str
    initial_state: Array
    initial_cell: Array
    returns_sequences: bool

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``(samples, times, units)``, or ``(samples, units)``."""
        states = lstm_gru.forward(lstm_gru.CELLS[self.cell], x, self.weights(parameters), self.start)
        return returned(states, self.returns_sequences)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``lstm_gru.backward``."""
        x, like = inputs[0], inputs[0][..., :1] * 0 + self.initial_state
        upstream = of_all_states(like, dy, self.returns_sequences)
        dx, weights = lstm_gru.backward(lstm_gru.CELLS[self.cell], x, self.weights(parameters), upstream, self.start)
        recurrent_bias = weights.recurrent_bias if parameters.recurrent_bias.size else NONE
        return (dx,), Layer(weights.kernel, weights.bias, weights.recurrent, recurrent_bias)

    @property
    def start(self) -> tuple[Array, Array]:
        """State and cell state before the first step."""
        return self.initial_state, self.initial_cell

    @staticmethod
    def weights(parameters: Layer) -> gates.Weights:
        """The parameters as ``reference.layers.gates`` has them: a layer with one bias has a second one of zeros."""
        kernel, bias, recurrent_kernel, recurrent_bias = parameters
        return gates.Weights(kernel, recurrent_kernel, bias, recurrent_bias if recurrent_bias.size else bias * 0)


def returned(states: Array, returns_sequences: bool) -> Array:
    """All states, or the last."""
    return states if returns_sequences else states[:, -1]


def of_all_states(states: Array, dy: Array, returns_sequences: bool) -> Array:
    """The gradient by all states: that by the last one is 0 at every other time."""
    if returns_sequences:
        return dy
    before = np.repeat((dy * 0)[:, np.newaxis], states.shape[1] - 1, axis=1)
    return np.concatenate([before, dy[:, np.newaxis]], axis=1)

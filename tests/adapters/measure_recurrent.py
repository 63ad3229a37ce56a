"""Where the recurrent layers of Keras and PyTorch differ by default, measured; see ``measure_defaults``."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.adapters.measure_defaults import DEFAULTS
from tests.adapters.measuring import Measured, apart, drawn, f64, in_keras, in_torch

# isort: split

import numpy as np
import torch
from keras import layers
from torch import nn

from adapters import Array
from reference.layers import gates, lstm_gru


def forget_bias() -> Measured:
    """An LSTM's biases at the start, input, forget, candidate, output: the book's 0, Keras's 1 for the forget gate.

    PyTorch draws two from (-1/sqrt units, 1/sqrt units), here with seed 79, and only their sum acts.
    """
    torch.manual_seed(79)
    one, other, third = f64(layers.LSTM, 3), f64(layers.LSTM, 3, unit_forget_bias=False), nn.LSTM(2, 3).double()
    for layer in (one, other):
        layer.build((1, 1, 2))
    biases = [third.get_parameter(name) for name in ("bias_ih_l0", "bias_hh_l0")]
    sums = sum(bias.detach().numpy().copy() for bias in biases)
    for bias in biases:
        nn.init.zeros_(bias)
    equal = sum(bias.detach().numpy() for bias in biases)
    return Measured(np.zeros(12), one.get_weights()[2], np.asarray(sums), other.get_weights()[2], np.asarray(equal))


def lstm_gates() -> Measured:
    """The order of an LSTM's gates, which is the same; PyTorch's kernels are transposed, and the second bias 0."""
    x, kernel, recurrent, bias = drawn(2, 4, 3), drawn(3, 8), drawn(2, 8), drawn(8)
    book = lstm_gru.forward(lstm_gru.CELLS["lstm"], x, gates.Weights(kernel, recurrent, bias, bias * 0))
    one = in_keras(f64(layers.LSTM, 2, return_sequences=True), x, kernel, recurrent, bias)
    other = in_torch(nn.LSTM(3, 2, batch_first=True), x, kernel.T, recurrent.T, bias, bias * 0)
    return Measured(book, one, other, one, other)


def gru_weights() -> tuple[Array, gates.Weights]:
    """A sequence, and weights of a GRU of two units."""
    return drawn(2, 4, 3), gates.Weights(drawn(3, 6), drawn(2, 6), drawn(6), drawn(6)[::-1])


def reordered(array: Array) -> Array:
    """Update, reset, candidate as reset, update, candidate."""
    update, reset, candidate = np.split(array, 3, axis=-1)
    return np.concatenate((reset, update, candidate), axis=-1)


def torch_gru(x: Array, weights: gates.Weights) -> Array:
    """PyTorch's GRU."""
    kernel, recurrent, *biases = weights
    return in_torch(nn.GRU(3, 2, batch_first=True), x, kernel.T, recurrent.T, *biases)


def keras_gru(x: Array, weights: gates.Weights, **options: Any) -> Array:
    """Keras's GRU; with ``reset_after=False`` its one bias is the sum of the two."""
    kernel, recurrent, *biases = weights
    bias = np.stack(biases) if options.get("reset_after", True) else sum(biases)
    return in_keras(f64(layers.GRU, 2, return_sequences=True, **options), x, kernel, recurrent, np.asarray(bias))


def gru_gates() -> Measured:
    """The order of a GRU's gates: update, reset, candidate in Keras, reset, update, candidate in PyTorch (reset after)."""
    x, weights = gru_weights()
    book, one = lstm_gru.forward(lstm_gru.CELLS["gru reset after"], x, weights), keras_gru(x, weights)
    permuted = gates.Weights(*(reordered(array) for array in weights))
    return Measured(book, one, torch_gru(x, weights), one, torch_gru(x, permuted))


def gru_form() -> Measured:
    """The GRU as published resets before the product; both frameworks' default is after, and PyTorch has no other."""
    x, weights = gru_weights()
    permuted = gates.Weights(*(reordered(array) for array in weights))
    book = lstm_gru.forward(lstm_gru.CELLS["gru"], x, weights)
    return Measured(book, keras_gru(x, weights), torch_gru(x, permuted), keras_gru(x, weights, reset_after=False), None)


def sequence_axes() -> Measured:
    """What a recurrent layer returns for (N, T, inputs): Keras the last state, PyTorch all of them.

    But PyTorch takes the first axis for time, unless it is told that the batch comes first.
    """
    x, kernel, recurrent, bias = drawn(3, 3, 2), drawn(2, 4), drawn(4, 4), drawn(4)
    weights = kernel.T, recurrent.T, bias, bias * 0
    book = in_torch(nn.RNN(2, 4, batch_first=True), x, *weights)
    every = in_keras(f64(layers.SimpleRNN, 4, return_sequences=True), x, kernel, recurrent, bias)
    last_state = in_keras(f64(layers.SimpleRNN, 4), x, kernel, recurrent, bias)
    return Measured(book, last_state[:, np.newaxis].repeat(3, axis=1), in_torch(nn.RNN(2, 4), x, *weights), every, book)


RECURRENT_DEFAULTS: Mapping[str, Callable[[], Measured]] = {
    "lstm: biases at the start": forget_bias,
    "lstm: gate order": lstm_gates,
    "gru: gate order": gru_gates,
    "gru: two forms": gru_form,
    "recurrent: axes": sequence_axes,
}


if __name__ == "__main__":
    for name, measure in {**DEFAULTS, **RECURRENT_DEFAULTS}.items():
        book, *others = measure()
        print(f"{name:32}", *(f"{apart(book, array):.3e}" if array is not None else "none" for array in others))

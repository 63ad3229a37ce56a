"""The dense layer, in the matrix formulas of numpy-dnn, chapter 3, section 09."""

from collections.abc import Sequence
from typing import NamedTuple

from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import NONE, Layer


class Dense(NamedTuple):
    """``Y = X W + B`` of rows ``X (samples, inputs)``; of sequences ``(samples, times, inputs)`` at every time.

    A bias of one entry is that of all units, whose gradient is the sum of theirs.
    """

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``X W + B``, or without a bias ``X W``."""
        return x @ parameters.kernel + parameters.bias if parameters.bias.size else x @ parameters.kernel

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """``Xb = Yb W^T``, ``Wb = X^T Yb``, ``Bb = 1 Yb``, summed over samples (and times), and over the units of one bias."""
        x, rows = inputs[0], dy
        if dy.ndim > 2:
            x, rows = x.reshape(-1, x.shape[-1]), dy.reshape(-1, dy.shape[-1])
        by_bias = rows.sum(axis=0) if parameters.bias.size else NONE
        if parameters.bias.size == 1 < rows.shape[1]:
            by_bias = by_bias.sum(keepdims=True)
        return (dy @ parameters.kernel.T,), Layer(x.T @ rows, by_bias)

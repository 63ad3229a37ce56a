"""Normalizations, whose scale is their kernel and whose offset is their bias, and dropout with a given mask."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import Layer
from reference.layers import dropout, normalization


class BatchNormalization(NamedTuple):
    """Batch normalization over all axes but the second: by the batch's own statistics, or by running ones that are given."""

    epsilon: Any
    running: tuple[Array, Array] | None = None

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``scale (x - mean) / sqrt(variance + epsilon) + offset``."""
        if self.running is None:
            return normalization.training(x, parameters.kernel, parameters.bias, self.epsilon)
        return normalization.inference(x, parameters.kernel, parameters.bias, *self.running, self.epsilon)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``normalization.training_backward`` and ``normalization.inference_backward``."""
        x, kernel = inputs[0], parameters.kernel
        if self.running is None:
            gradients = normalization.training_backward(x, kernel, self.epsilon, dy)
        else:
            gradients = normalization.inference_backward(x, kernel, *self.running, self.epsilon, dy)
        return (gradients.x,), Layer(gradients.gamma, gradients.beta)


class LayerNormalization(NamedTuple):
    """Every row of the last axis by its own mean and biased variance (arXiv:1607.06450)."""

    epsilon: Any

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``scale (x - mean) / sqrt(variance + epsilon) + offset``, scale and offset ``(units,)``."""
        return self.normalized(x) * parameters.kernel + parameters.bias

    def normalized(self, x: Array) -> Array:
        """The rows without scale and offset."""
        rows = x.reshape(-1, x.shape[-1])
        return normalization.training(rows.T, *ones_and_zeros(rows), self.epsilon).T.reshape(x.shape)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """The rule of batch normalization on the transpose; scale and offset are summed over rows."""
        x, units = inputs[0], inputs[0].shape[-1]
        rows, upstream = x.reshape(-1, units), dy.reshape(-1, units)
        ones, _ = ones_and_zeros(rows)
        dx = normalization.training_backward(rows.T, ones, self.epsilon, (upstream * parameters.kernel).T).x.T
        by_scale = (upstream * self.normalized(x).reshape(-1, units)).sum(axis=0)
        return (dx.reshape(x.shape),), Layer(by_scale, upstream.sum(axis=0))


def ones_and_zeros(rows: Array) -> tuple[Array, Array]:
    """A 1 and a 0 for every row, in its number type."""
    zeros = rows[:, 0] * 0
    return zeros + 1, zeros


class Dropout(NamedTuple):
    """Dropout with a given mask of 1 and 0 for one sample, or for every sample; what is kept is divided by ``keep_prob``."""

    mask: Array
    keep_prob: Any

    def forward(self, parameters: Layer, x: Array) -> Array:
        """See ``dropout.inverted``."""
        return dropout.inverted(x, self.mask, self.keep_prob)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``dropout.inverted_backward``."""
        return (dy * self.mask / self.keep_prob,), Layer()

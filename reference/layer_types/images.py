"""Layers of images ``(samples, channels, rows, columns)``: convolution and pooling."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import NONE, Layer
from reference.layers import convolution, pooling
from reference.layers.im2col import Window


class Convolution(NamedTuple):
    """A convolution with filters ``(filters, channels / groups, height, width)``, not flipped.

    With groups, the first filters see the first channels, and so on.
    """

    slide: Window
    groups: int = 1

    def forward(self, parameters: Layer, x: Array) -> Array:
        """The maps of all filters, the groups side by side."""
        maps = [convolution.forward(part, kernel, kernel[:, 0, 0, 0] * 0, self.slide) for part, kernel in self.parts(parameters, x)]
        y = np.concatenate(maps, axis=1)
        return y + parameters.bias[:, np.newaxis, np.newaxis] if parameters.bias.size else y

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """The rules of every group; the bias of a filter is summed over samples and positions."""
        upstream = np.split(dy, self.groups, axis=1)
        parts = [
            convolution.backward(part, kernel, self.slide, above)
            for (part, kernel), above in zip(self.parts(parameters, inputs[0]), upstream, strict=True)
        ]
        kernel = np.concatenate([gradients.filters for gradients in parts])
        bias = np.concatenate([gradients.bias for gradients in parts]) if parameters.bias.size else NONE
        return (np.concatenate([gradients.x for gradients in parts], axis=1),), Layer(kernel, bias)

    def parts(self, parameters: Layer, x: Array) -> list[tuple[Array, Array]]:
        """The channels and the filters of every group."""
        return list(zip(np.split(x, self.groups, axis=1), np.split(parameters.kernel, self.groups), strict=True))


class MaxPooling(NamedTuple):
    """The greatest entry of every window."""

    slide: Window

    def forward(self, parameters: Layer, x: Array) -> Array:
        """See ``pooling.maximum``."""
        return pooling.maximum(x, self.slide)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``pooling.maximum_backward``."""
        return (pooling.maximum_backward(inputs[0], self.slide, dy),), Layer()


class AveragePooling(NamedTuple):
    """The mean of every window; ``counts_padding``: of all its entries, else of those inside the image."""

    slide: Window
    counts_padding: bool = False

    def forward(self, parameters: Layer, x: Array) -> Array:
        """See ``pooling.average``."""
        return pooling.average(x, self.slide, int(self.counts_padding))

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """See ``pooling.average_backward``."""
        return (pooling.average_backward(inputs[0], self.slide, dy, int(self.counts_padding)),), Layer()

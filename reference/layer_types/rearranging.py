"""Layers without parameters that hand on, reshape, add or join their inputs."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import Layer


class Identity(NamedTuple):
    """The input as it is: a layer that is only its activation."""

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``y = x``."""
        return x

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """``dx = dy``."""
        return (dy,), Layer()


class Reshape(NamedTuple):
    """Every sample in another shape, its entries in their order; ``(-1,)`` flattens it."""

    shape: tuple[int, ...]

    def forward(self, parameters: Layer, x: Array) -> Array:
        """``(samples, *shape)``."""
        return x.reshape(len(x), *self.shape)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """The shape of the input."""
        return (dy.reshape(inputs[0].shape),), Layer()


class Add(NamedTuple):
    """The sum of all inputs."""

    def forward(self, parameters: Layer, *inputs: Array) -> Array:
        """``y = x_1 + x_2 + ...``."""
        return reduce(add, inputs)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """``dx_i = dy``."""
        return [dy] * len(inputs), Layer()


class Concatenate(NamedTuple):
    """The inputs side by side along an axis; 0 is that of the samples."""

    axis: int

    def forward(self, parameters: Layer, *inputs: Array) -> Array:
        """All inputs in one array."""
        return np.concatenate(inputs, axis=self.axis)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """Each input's part of ``dy``."""
        ends = np.cumsum([x.shape[self.axis] for x in inputs])[:-1]
        return np.split(dy, ends, axis=self.axis), Layer()

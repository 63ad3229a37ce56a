"""The size of a network: for every layer the shape of its output, its weights and biases, and its multiply-accumulates (MACs).

Shapes are those of one sample, ``(C, H, W)`` or ``(units,)``. A weight is used once at every position of the output map, and each
use is one multiplication and one addition: one MAC.
"""

from math import prod
from typing import NamedTuple

from reference.layers.im2col import Window

Shape = tuple[int, ...]


class Count(NamedTuple):
    """One layer: the shape of its output, its weights and biases, and the MACs for one sample."""

    shape: Shape
    weights: int
    biases: int
    macs: int

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + self.biases

    @property
    def connections(self) -> int:
        """Uses of weights and biases, as LeNet's paper counts them: a shared weight counts once at every position."""
        return self.macs + self.biases * prod(self.shape[1:])


def convolution(shape: Shape, filters: int, slide: Window, groups: int, bias: bool) -> Count:
    """``FN C FH FW / groups`` weights: each filter sees only the channels of its group."""
    positions = slide.positions(*shape[1:])
    weights = filters * (shape[0] // groups) * prod(slide.size)
    return Count((filters, *positions), weights, filters * bias, weights * prod(positions))


def pooling(shape: Shape, slide: Window) -> Count:
    """No parameters, as many channels as before."""
    return Count((shape[0], *slide.positions(*shape[1:])), 0, 0, 0)


def dense(shape: Shape, units: int, bias: bool) -> Count:
    """Every input with every unit; a map is flattened first."""
    return Count((units,), prod(shape) * units, units * bias, prod(shape) * units)


def normalization(shape: Shape) -> Count:
    """A scale (counted as weight) and a shift (as bias) for each channel; its arithmetic is not counted."""
    return Count(shape, shape[0], shape[0], 0)


def joined(shapes: list[Shape]) -> Count:
    """Concatenation along the channels: their numbers add up."""
    return Count((sum(shape[0] for shape in shapes), *shapes[0][1:]), 0, 0, 0)


def added(shapes: list[Shape]) -> Count:
    """Addition of maps of one shape, entry by entry.

    Raises:
        ValueError: where the shapes differ.

    """
    if len(set(shapes)) > 1:
        raise ValueError(f"maps of different shapes cannot be added: {shapes}")
    return Count(shapes[0], 0, 0, 0)

"""How large a network is: the shape of every layer's output, its weights, and its multiply-accumulates, by counting.

Shapes are those of one pattern, ``(C, H, W)`` or ``(units,)``. A weight is used once at every position of the output map, and each
use is one multiplication and one addition.
"""

from math import prod
from typing import NamedTuple

from reference.layers.im2col import Window

Shape = tuple[int, ...]


class Count(NamedTuple):
    """One layer: the shape of its output, its weights and biases, and the multiply-accumulates for one pattern."""

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
        """Every use of a weight or a bias: those that share one are counted each."""
        return self.macs + self.biases * prod(self.shape[1:])


def convolution(shape: Shape, filters: int, slide: Window, groups: int, bias: bool) -> Count:
    """``FN C FH FW / groups`` weights: each filter sees only the channels of its group."""
    positions = slide.positions(*shape[1:])
    weights = filters * (shape[0] // groups) * prod(slide.size)
    return Count((filters, *positions), weights, filters * bias, weights * prod(positions))


def pooling(shape: Shape, slide: Window) -> Count:
    """Nothing to learn, channels kept."""
    return Count((shape[0], *slide.positions(*shape[1:])), 0, 0, 0)


def dense(shape: Shape, units: int, bias: bool) -> Count:
    """Every input with every unit; a map is laid out in a row first."""
    return Count((units,), prod(shape) * units, units * bias, prod(shape) * units)


def normalisation(shape: Shape) -> Count:
    """A scale (counted as weight) and a shift (as bias) for each channel; its arithmetic is not counted."""
    return Count(shape, shape[0], shape[0], 0)


def joined(shapes: list[Shape]) -> Count:
    """Maps one behind the other: channels add up."""
    return Count((sum(shape[0] for shape in shapes), *shapes[0][1:]), 0, 0, 0)


def added(shapes: list[Shape]) -> Count:
    """Maps of one shape, entry by entry.

    Raises:
        ValueError: where the shapes differ.

    """
    if len(set(shapes)) > 1:
        raise ValueError(f"maps of different shapes cannot be added: {shapes}")
    return Count(shapes[0], 0, 0, 0)

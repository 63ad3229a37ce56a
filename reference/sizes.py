"""The size of a layer for one sample: the shape of its output, its weights and biases, and its multiply-accumulates (MACs).

Shapes are without the axis of the samples, ``(C, H, W)``, ``(times, features)`` or ``(units,)``. Each use of a weight is one
multiplication and one addition: one MAC. The arithmetic of activations, normalizations and gates is not counted.
"""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

Shape = tuple[int, ...]
RECURRENT = ("recurrent", "lstm", "gru")


class Count(NamedTuple):
    """One layer; scales are counted as weights, offsets as biases."""

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
        """Uses of weights and biases, as LeNet's paper counts them: a shared bias is used as often as each weight."""
        return self.macs + self.biases * (self.macs // self.weights if self.weights else 0)

    @property
    def has_kernel(self) -> bool:
        """Whether the layer multiplies its input by weights: a depth counts such layers."""
        return self.weights > 0 and self.macs > 0


def uses(kind: str, inputs: Sequence[Shape], output: Shape) -> int:
    """How often a layer of a type uses each of its weights.

    A convolution does at every position of its output, a dense layer at every time of a sequence, a recurrent layer at every time
    of its input. Weights that only scale, or are looked up, are in no MAC: 0.
    """
    if kind == "convolution":
        return prod(output[1:])
    if kind == "dense":
        return prod(output[:-1])
    return inputs[0][0] if kind in RECURRENT else 0


def of_attention(inputs: Sequence[Shape]) -> int:
    """The MACs of attention without weights: queries by keys, then what they weight by values."""
    (queries, width), (keys, _), (_, values) = inputs
    return queries * keys * (width + values)


def counted(kind: str, inputs: Sequence[Shape], output: Shape, weights: int, biases: int) -> Count:
    """The count of a layer with so many weights and biases."""
    macs = of_attention(inputs) if kind == "attention" else weights * uses(kind, inputs, output)
    return Count(output, weights, biases, macs)


def depth(counts: Sequence[Count], sources: Sequence[Sequence[int]]) -> int:
    """The layers with kernels on the longest path; ``sources`` are every layer's inputs, 0 the data, ``n`` the ``n``-th layer."""
    longest = [0]
    for count, inputs in zip(counts, sources, strict=True):
        longest.append(max(longest[number] for number in inputs) + count.has_kernel)
    return longest[-1]

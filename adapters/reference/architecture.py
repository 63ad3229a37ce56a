"""Architectures on the reference: its counts, layer by layer."""

from collections.abc import Callable, Mapping

from reference import architecture
from reference.architecture import Count, Shape
from reference.layers.im2col import Window, window
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureLayer


def window_of(layer: ArchitectureLayer) -> Window:
    """The window of a layer."""
    return window(layer.size, layer.stride, layer.padding)


RULES: Mapping[str, Callable[[ArchitectureLayer, list[Shape]], Count]] = {
    "convolution": lambda layer, of: architecture.convolution(of[0], layer.units, window_of(layer), layer.groups, layer.bias),
    "max pooling": lambda layer, of: architecture.pooling(of[0], window_of(layer)),
    "average pooling": lambda layer, of: architecture.pooling(of[0], window_of(layer)),
    "batch normalization": lambda _, of: architecture.normalization(of[0]),
    "dense": lambda layer, of: architecture.dense(of[0], layer.units, layer.bias),
    "add": lambda _, of: architecture.added(of),
    "concatenate": lambda _, of: architecture.joined(of),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count, by the reference's formulas."""
    shapes, counts = {"input": tuple(example.input)}, dict[str, Count]()
    for layer in example.units:
        counts[layer.name] = RULES[layer.type](layer, [shapes[name] for name in layer.inputs])
        shapes[layer.name] = counts[layer.name].shape
    return counts

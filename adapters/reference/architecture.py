"""Architectures on the reference: its counts, layer by layer."""

from collections.abc import Callable, Mapping

from reference import architecture
from reference.architecture import Count, Shape
from reference.layers.im2col import Window, window
from worked_examples.schema.architecture import ArchitectureExample, ArchitectureLayer


def slide(unit: ArchitectureLayer) -> Window:
    """The window of a layer."""
    return window(unit.size, unit.stride, unit.padding)


RULES: Mapping[str, Callable[[ArchitectureLayer, list[Shape]], Count]] = {
    "convolution": lambda unit, of: architecture.convolution(of[0], unit.units, slide(unit), unit.groups, unit.bias),
    "max pooling": lambda unit, of: architecture.pooling(of[0], slide(unit)),
    "average pooling": lambda unit, of: architecture.pooling(of[0], slide(unit)),
    "batch normalization": lambda _, of: architecture.normalization(of[0]),
    "dense": lambda unit, of: architecture.dense(of[0], unit.units, unit.bias),
    "add": lambda _, of: architecture.added(of),
    "concatenate": lambda _, of: architecture.joined(of),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count, by the reference's formulas."""
    shapes, found = {"input": tuple(example.input)}, dict[str, Count]()
    for unit in example.units:
        found[unit.name] = RULES[unit.type](unit, [shapes[name] for name in unit.inputs])
        shapes[unit.name] = found[unit.name].shape
    return found

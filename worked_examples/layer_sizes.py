"""The sizes of an architecture's layers by the reference's formulas, and what is wrong where a layer has none."""

from collections.abc import Callable, Iterator, Mapping

from reference import architecture
from reference.architecture import Count, Shape
from reference.layers.im2col import Window, pair, window
from worked_examples.limits import WEIGHTS
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureLayer

POOLING = ("max pooling", "average pooling")
OF_MAPS = ("convolution", "batch normalization", *POOLING)


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


def layer_sizes(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count.

    Raises:
        ValueError: for the first layer that does not fit its inputs, or is too large; the message begins with its key.

    """
    shapes, counts = {"input": tuple(example.input)}, dict[str, Count]()
    for layer in example.units:
        of = [shapes[name] for name in layer.inputs]
        for fault in layer_faults(layer, of):
            raise ValueError(f"layers.{layer.name}.{fault}")
        counts[layer.name] = RULES[layer.type](layer, of)
        shapes[layer.name] = counts[layer.name].shape
    if (weights := sum(count.weights for count in counts.values())) > WEIGHTS:
        raise ValueError(f"layers: {weights:,} weights; accepted: at most {WEIGHTS:,}")
    return counts


def layer_faults(layer: ArchitectureLayer, of: list[Shape]) -> Iterator[str]:
    """What keeps a layer from being computed of inputs of these shapes, with the key."""
    joins = layer.type in ("add", "concatenate")
    if len(of) > 1 and not joins:
        yield f"inputs: {len(of)} inputs; accepted: one, for a layer of type '{layer.type}'"
    if layer.type in ("convolution", "dense") and not layer.units:
        yield f"units: missing, or 0; accepted: the number of {'filters' if layer.type == 'convolution' else 'units'}"
    if layer.type in OF_MAPS and len(of[0]) != 3:
        yield f"inputs: the shape {of[0]}; accepted: channels, rows and columns, for a layer of type '{layer.type}'"
    elif layer.type in ("convolution", *POOLING):
        yield from window_faults(layer, of[0])
    if layer.type == "add" and len(set(of)) > 1:
        yield f"inputs: the shapes {', '.join(map(str, of))}; accepted: maps of one shape"
    if layer.type == "concatenate" and len({shape[1:] for shape in of}) > 1:
        yield f"inputs: the shapes {', '.join(map(str, of))}; accepted: maps of equally many rows and columns"


def window_faults(layer: ArchitectureLayer, shape: Shape) -> Iterator[str]:
    """What keeps a window from sliding over a map."""
    if 0 in (*pair(layer.size), *pair(layer.stride)):
        yield f"{'size' if 0 in pair(layer.size) else 'stride'}: 0; accepted: a whole number from 1"
    elif min(window_of(layer).positions(*shape[1:])) < 1:
        yield f"size: {layer.size} is larger than the map of {shape[1]} rows and {shape[2]} columns with its padding"
    if layer.type in POOLING and any(2 * edge > size for edge, size in zip(pair(layer.padding), pair(layer.size), strict=True)):
        yield f"padding: {layer.padding}; accepted: at most half the size, {layer.size}, so that no window has only padding"
    if layer.type == "convolution" and (shape[0] % layer.groups or layer.units % layer.groups):
        yield f"groups: {layer.groups} does not divide {shape[0]} channels and {layer.units} filters"

"""How large the result of a step would be, found from the shapes of its operands before it is computed."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reference.graph import Node
from reference.layers.im2col import pair
from worked_examples.limits import CALCULATED, LARGEST_EXPONENT, MULTIPLICATIONS, product
from worked_examples.number_types import Array

Shape = tuple[int, ...]
PRODUCTS = ("dot", "hidden units", "visible units", "recurrent", "lstm", "gru", "gru reset after")
WINDOWED = (
    "convolution",
    "max pooling",
    "average pooling",
    "average pooling, padding counted",
    "stochastic pooling",
    "expected pooling",
)


def size_fault(node: Node, values: Mapping[str, Array]) -> str:
    """Why a step is too large to be computed, and what is accepted; empty where it is not.

    The size is an upper bound, so that no memory is allocated for what is refused.
    """
    operands = [values[name] for name in node.operands]
    if node.function == "power" and (exponent := np.max(np.abs(operands[1]), initial=0)) > LARGEST_EXPONENT:
        return f"'power' has an exponent of {exponent:g}; accepted: from -{LARGEST_EXPONENT:,} to {LARGEST_EXPONENT:,}"
    entries = result_size(node, operands)
    if entries > CALCULATED:
        return f"'{node.function}' would make {entries:,} numbers; accepted: at most {CALCULATED:,}"
    count = multiplications(node, [operand.shape for operand in operands])
    if count > MULTIPLICATIONS:
        return f"'{node.function}' would take {count:,} multiplications; accepted: at most {MULTIPLICATIONS:,}"
    return ""


def result_size(node: Node, operands: Sequence[Array]) -> int:
    """At most so many entries come out of a step, or are held on the way."""
    shapes = [operand.shape for operand in operands]
    if node.function == "arange":
        return n_steps(operands)
    if node.function == "linspace":
        return int(node.parameters["num"])
    if node.function in WINDOWED:
        return windows_size(node.parameters, shapes)
    if node.function in PRODUCTS and len(shapes) > 1:
        return product(shapes[0][:-1]) * product(shapes[1][1:])
    return max(sum(map(product, shapes)) if node.function in ("stack", "concatenate") else 0, broadcast_size(shapes))


def multiplications(node: Node, shapes: Sequence[Shape]) -> int:
    """How many multiplications a step takes, where they are more than the numbers that it makes."""
    if node.function in PRODUCTS and len(shapes) > 1:
        return product(shapes[0]) * product(shapes[1][1:])
    if node.function == "convolution" and len(shapes[1]) == 4:
        return windows_size(node.parameters, shapes) * shapes[1][0]
    return 0


def broadcast_size(shapes: Sequence[Shape]) -> int:
    """The number of entries of arrays that are broadcast to one shape; where they cannot be, of the largest of them."""
    try:
        return product(np.broadcast_shapes(*shapes))
    except ValueError:  # the step itself says what does not fit
        return max(map(product, shapes))


def n_steps(operands: Sequence[Array]) -> int:
    """The number of entries of ``arange``; 0 where its operands make none, which the step itself says."""
    start, stop, step = (float(operand.ravel()[0]) if operand.size else math.nan for operand in operands)
    count = (stop - start) / step if step else math.nan
    return math.ceil(min(count, 1e15)) if count > 0 else 0


def windows_size(parameters: Mapping[str, Any], shapes: Sequence[Shape]) -> int:
    """The number of entries of all windows of the padded images; 0 where these are no images, which the step itself says."""
    size = parameters.get("size") or (shapes[1][2:] if len(shapes) > 1 else ())
    if len(shapes[0]) != 4 or not (isinstance(size, int) or len(size) == 2):
        return 0
    samples, channels, *extents = shapes[0]
    paddings, strides = pair(parameters.get("padding", 0)), pair(parameters.get("stride", 1))
    padded = [extent + 2 * padding for extent, padding in zip(extents, paddings, strict=True)]
    counts = [max(0, whole - part) // max(step, 1) + 1 for whole, part, step in zip(padded, pair(size), strides, strict=True)]
    return samples * channels * max(product(padded), product(counts) * product(pair(size)))

"""Computational graphs: values forward through every node, gradients back (dl-python, chapter V)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference import operations
from reference.comparisons import Array
from reference.layer_operations import LAYERS

FUNCTIONS: Mapping[str, operations.Function] = {**operations.FUNCTIONS, **LAYERS}


class Node(NamedTuple):
    """One step of a calculation: a named function of inputs or earlier nodes."""

    name: str
    function: str
    operands: tuple[str, ...]
    parameters: Mapping[str, Any]


def forward(nodes: Sequence[Node], inputs: Mapping[str, Array]) -> dict[str, Array]:
    """The value of every input and node."""
    values = dict(inputs)
    for node in nodes:
        with np.errstate(all="ignore"):  # an overflow that the book shows is a result here
            values[node.name] = np.asarray(
                FUNCTIONS[node.function].value(node.parameters, *(values[name] for name in node.operands))
            )
    return values


def backward(nodes: Sequence[Node], values: Mapping[str, Array], final: str, upstream: Array) -> dict[str, Array]:
    """The gradient of ``final`` with respect to every input and node it depends on, for the gradient ``upstream`` of ``final``.

    A node that is used several times collects the sum of what comes back.
    """
    gradients = {final: upstream}
    for node in reversed(nodes):
        rule = FUNCTIONS[node.function].backward
        if node.name in gradients and rule:
            back = rule(node.parameters, [values[name] for name in node.operands], values[node.name], gradients[node.name])
            found = ((name, gradient) for name, gradient in zip(node.operands, back, strict=True) if gradient is not None)
            for name, gradient in found:
                gradients[name] = np.asarray(gradients[name] + gradient if name in gradients else gradient)
    return gradients

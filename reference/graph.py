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

    Where several nodes use one operand, its gradient is the sum of theirs.
    """
    gradients = {final: upstream}
    for node in reversed(nodes):
        rule = FUNCTIONS[node.function].backward
        if node.name in gradients and rule:
            operands = [values[name] for name in node.operands]
            of_operands = rule(node.parameters, operands, values[node.name], gradients[node.name])
            for name, gradient in zip(node.operands, of_operands, strict=True):
                if gradient is not None:
                    gradients[name] = np.asarray(gradients[name] + gradient if name in gradients else gradient)
    return gradients

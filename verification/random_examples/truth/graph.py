"""A calculation of the oracle: its values, and its gradients by central differences of a step of 1e-60 at 200 digits."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layers import LAYERS
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import OPERATIONS, Function, Parameters, total
from verification.random_examples.truth.windows import WINDOWS

FUNCTIONS: Mapping[str, Function] = {**OPERATIONS, **WINDOWS, **LAYERS}
H = mpmath.mpf(10) ** -60


class Node(NamedTuple):
    """A step: its name, its function, its operands, and parameters such as an axis."""

    name: str
    function: str
    operands: tuple[str, ...]
    parameters: Parameters


class Graph:
    """Inputs and steps with their values; a step is computed when it is added."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.values: dict[str, Array] = {}
        self._branches: dict[str, Branches] = {}

    def add_input(self, name: str, value: Array) -> None:
        """Add an input."""
        self.values[name] = value

    def add(self, node: Node) -> Array:
        """Add a step; its value."""
        branches = Branches()
        value = array(FUNCTIONS[node.function](branches, node.parameters, *(self.values[name] for name in node.operands)))
        self.nodes.append(node)
        self.values[node.name], self._branches[node.name] = value, branches
        return value

    def users(self, name: str) -> list[Node]:
        """The steps that depend on an input or step, in their order."""
        changed, nodes = {name}, []
        for node in self.nodes:
            if changed & set(node.operands):
                changed.add(node.name)
                nodes.append(node)
        return nodes

    def changed(self, name: str, value: Array, final: str) -> Array:
        """The value of the step ``final`` where that of ``name`` is another; every branch is the one that was taken."""
        values = {**self.values, name: value}
        for node in self.users(name):
            branches = self._branches[node.name]
            branches.repeat()
            operands = (values[operand] for operand in node.operands)
            values[node.name] = array(FUNCTIONS[node.function](branches, node.parameters, *operands))
        return values[final]

    def derivative(self, final: str, upstream: Array, name: str, index: tuple[int, ...]) -> Any:
        """The derivative of ``sum(upstream * final)`` with respect to one entry of an input or step."""
        if name == final:
            return upstream[index]
        ends = []
        for step in (H, -H):
            value = self.values[name].copy()
            value[index] = value[index] + step
            ends.append(total(upstream * self.changed(name, value, final)))
        return (ends[0] - ends[1]) / (2 * H)

"""Repeated calculations of the oracle: lines before all passes, and passes whose lines give the states their new values."""

from collections.abc import Iterable, Sequence
from typing import Any

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.graph import FUNCTIONS, H, Node
from verification.random_examples.truth.iterated.script import FIXED, INPUT, Place, Script, differences
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import total


class Program:
    """Lines before, and passes of lines, as far as they have been carried out.

    ``whole`` are all lines, in which gradients go back through all passes; ``scope`` those before and those of the present pass, at
    whose start the states are given.
    """

    def __init__(self) -> None:
        self.inputs: dict[str, Array] = {}
        self.whole, self.before, self.scope = (Script(self.inputs) for _ in range(3))
        self.states: Sequence[str] = ()
        self.body: list[Node] = []
        self.passes = 0
        self.scopes: list[Script] = []
        self.lines: dict[tuple[str, int], int] = {}

    def add_input(self, name: str, value: Array) -> None:
        """Add an input."""
        self.inputs[name] = value

    def add(self, node: Node) -> Array:
        """Add a line: before the passes, or to the first of them."""
        if self.passes == 1:
            self.body.append(node)
        return self.carry_out(node)

    def carry_out(self, node: Node) -> Array:
        """Carry out a line; its value."""
        value = self.scope.add(node)
        self.lines[node.name, self.passes] = len(self.whole.nodes)
        return self.whole.append(node, value, self.scope.branches[-1])

    def begin(self, states: Sequence[str]) -> None:
        """Begin the first pass: all lines behind are repeated."""
        self.before, self.states = self.scope, states
        self.next_pass()

    def next_pass(self) -> None:
        """Begin a pass: the states are what they are now."""
        values = self.scope.values()
        given = {name: values[name] for name in self.states}
        self.scope, self.passes = Script(self.inputs), self.passes + 1
        self.whole.fixed = range(len(self.before.nodes), len(self.whole.nodes))
        for line in zip(self.before.nodes, self.before.results, self.before.branches, strict=True):
            self.scope.append(*line)
        for name, value in given.items():
            self.scope.add(Node(name, FIXED, (), {"value": value}))
        self.scopes.append(self.scope)

    def repeat(self) -> None:
        """Carry out one more pass."""
        self.next_pass()
        for node in self.body:
            self.carry_out(node)

    def condition(self, nodes: Iterable[Node], number: int) -> Array:
        """The value of a condition behind the pass of a number, by the last of its lines."""
        values = self.scopes[number - 1].values()
        for node in nodes:
            values[node.name] = array(
                FUNCTIONS[node.function](Branches(), node.parameters, *(values[name] for name in node.operands))
            )
            last = node.name
        return values[last]

    def place(self, name: str, number: int) -> Place:
        """What gives a name its value in the pass of a number: at 0, and where no pass does, before all of them."""
        return self.lines.get((name, number), self.lines.get((name, 0), INPUT)), name

    def value(self, name: str, number: int) -> Array:
        """The value of a name that a pass gives it, or that it has before all of them."""
        return self.whole.value(self.place(name, number))

    def gradient(self, final: int, upstream: Array, name: str, number: int) -> Array:
        """The gradient of ``sum(upstream * y)``, ``y`` line ``final``, with respect to a name of a pass, through all behind."""
        place = self.place(name, number)
        if place[0] == final:
            return upstream

        def end(changed: Array) -> Any:
            return total(upstream * self.whole.changed(place, changed, final + 1, is_fresh=False).results[final])

        return differences(end, self.whole.value(place), H)

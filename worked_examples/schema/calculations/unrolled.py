"""The nodes of a calculation, those of all its passes behind each other, and what written names mean among them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reference.graph import Node
from worked_examples.expression.formulas import Formulas
from worked_examples.expression.iterated import Repeated, of_pass
from worked_examples.schema.calculations.iteration import Passes

LAST = -1  # in place of a number of passes: all that are made


class Unrolled(NamedTuple):
    """The formulas before the passes, those of one pass, and how many passes are made."""

    before: Formulas
    body: Repeated | None
    passes: Passes

    def nodes(self) -> Iterator[Node]:
        """All nodes in their order."""
        yield from self.before.nodes
        for number in range(1, self.passes.made + 1):
            yield from self.of_pass(number)

    def of_pass(self, number: int) -> Iterator[Node]:
        """The nodes of one pass: its steps, and behind them its condition, unless that is the one that is open."""
        if self.body:
            is_open = self.passes.open and number == self.passes.made
            yield from self.body.passed(number, self.body.nodes if is_open else (*self.body.nodes, *self.body.condition))

    def names(self, inputs: Mapping[str, object]) -> list[str]:
        """The names of inputs and steps; numbers, and formulas inside of others, have none."""
        written = self.body.written if self.body else ()
        return [name for name in dict.fromkeys((*inputs, *self.before.lines, *written)) if name.isidentifier()]

    def node(self, name: str, done: int) -> tuple[str, int]:
        """The node that a written name means after so many passes, and how many of them it takes.

        Raises:
            ValueError: for a step of a pass, before the first one.

        """
        if self.body is None or name not in self.body.written:
            return name, 0
        if not done and name not in self.body.states:
            raise ValueError(f"'{name}' has no value before the first iteration; only states have")
        return of_pass(name, self.passes.made if done == LAST else done), done

    def repeated_names(self) -> dict[str, list[str]]:
        """The nodes of every name that a pass gives a value, in their order; a state begins with its value at the start."""
        numbers, written = range(1, self.passes.made + 1), self.body.written if self.body else {}
        states = self.body.states if self.body else ()
        return {name: [*([name] if name in states else []), *(of_pass(name, number) for number in numbers)] for name in written}

    def place(self, node: str) -> str:
        """Where a node is written, ready for a message."""
        if node in self.before.lines or self.body is None:
            return f"steps: line {self.before.lines[node]}: '{node}'"
        written = self.body.written_name(node)
        if written in self.body.written:
            return f"iteration.steps: line {self.body.written[written]}: '{node}'"
        return f"iteration.until: '{node}'"

    def conditions(self) -> Sequence[str]:
        """The nodes of the conditions, one for each pass, without one that is open."""
        last = self.passes.made - bool(self.passes.open)
        return [self.body.until(number) for number in range(1, last + 1)] if self.body and self.body.condition else []

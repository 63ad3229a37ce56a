"""Formulas that are repeated: a text whose names may be *states*, which every pass gives a new value from their last one.

Before the line that changes it, a state is what the pass before has left; behind that line it has its new value. The nodes of a
pass have names of their own, ``NAME (iteration K)``; in front of the first pass a state is the input or step of its name.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reference.graph import Node
from worked_examples.expression.derivatives import renamed
from worked_examples.expression.formulas import Compiler, formulas, name_of
from worked_examples.expression.statements import Statement, fault, statements

UNTIL = "until"
BODY = " (iteration)"
NUMBERED = " (iteration "
BEFORE = " (before)"


class Repeated(NamedTuple):
    """The nodes of one pass and of its condition, the line of each written name, the numbers, the first use of each other name."""

    nodes: tuple[Node, ...]
    condition: tuple[Node, ...]
    written: Mapping[str, int]
    constants: tuple[str, ...]
    used: Mapping[str, int]
    states: tuple[str, ...]

    def passed(self, number: int, nodes: Sequence[Node]) -> Iterator[Node]:
        """Nodes of this text in the pass of a number, from 1 on."""
        names = {node.name: of_pass(node.name.removesuffix(BODY), number) for node in (*self.nodes, *self.condition)}
        names |= {state + BEFORE: of_pass(state, number - 1) for state in self.states}
        return (renamed(node, names) for node in nodes)

    def written_name(self, node: str) -> str:
        """The name that is written for a node of a pass."""
        return node.rpartition(NUMBERED)[0]

    def until(self, number: int) -> str:
        """The node of the condition in the pass of a number."""
        return of_pass(UNTIL, number)


def of_pass(name: str, number: int) -> str:
    """The name of a step or state in the pass of a number; at 0 that of a state is its own."""
    return f"{name}{NUMBERED}{number})" if number else name


class PassCompiler(Compiler):
    """The nodes of a pass, which changes the states."""

    def node_name(self, name: str) -> str:
        """The name of a node says that it is one of a pass."""
        return name + BODY

    def value_name(self, name: str, line: int) -> str:
        """A step of the pass, a state in front of it, or an input or step of the text before."""
        if name in self.lines:
            return self.node_name(name)
        self.used.setdefault(name, line)
        return name + BEFORE if name in self.states else name

    def inner_name(self, statement: Statement, formula: ast.expr) -> str:
        """The name of a formula; one of a state that is changed already differs from the same text further up."""
        name, names = name_of(statement, formula), {node.id for node in ast.walk(formula) if isinstance(node, ast.Name)}
        is_later = any(state in self.lines for state in names.intersection(self.states))
        return f"{name} (line {statement.line})" if is_later else name


@lru_cache(maxsize=1000)
def repeated(before: str, text: str, states: tuple[str, ...], until: str) -> Repeated:
    """The nodes of a text that is repeated; those of the text ``before`` it are known.

    Raises:
        ValueError: for what is not accepted, as ``formulas``; where the condition is at fault, it begins with ``until``.

    """
    compiler = PassCompiler(formulas(before).nodes, states)
    for statement in statements(text):
        compiler.add(statement)
    if unchanged := [state for state in states if state not in compiler.lines]:
        raise ValueError(f"'{unchanged[0]}' is a state that no line changes; write {unchanged[0]} = ..., or take it out of state")
    nodes, lines = tuple(compiler.nodes), dict(compiler.lines)
    if until:
        add_condition(compiler, until)
    condition = tuple(compiler.nodes[len(nodes) :])
    return Repeated(nodes, condition, lines, tuple(compiler.constants), compiler.used, states)


def add_condition(compiler: PassCompiler, until: str) -> None:
    """Add the nodes of the condition behind those of a pass, as line 0; the last one is called ``until``."""
    if UNTIL in compiler.lines:
        raise fault(compiler.lines[UNTIL], f"'{UNTIL}' is the name of the condition; write another name")
    try:
        found = statements(f"{UNTIL} = {until}") if "\n" not in until else []
        if len(found) != 1 or found[0].targets != (UNTIL,):
            raise fault(1, f"'{until}' is not a condition; write a formula, such as until = 'E < 0.01'")
        compiler.add(found[0]._replace(line=0))
    except ValueError as error:
        raise ValueError(f"until: {str(error).partition(': ')[2]}") from None

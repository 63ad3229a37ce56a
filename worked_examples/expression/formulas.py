"""Formulas: a text of ``name = formula`` lines, compiled to nodes of the reference's graph; parsed, never executed.

A number is an input whose name is its own text, a formula inside of another a node whose name is its own text: neither is an
identifier, so that they clash with no name and cannot be printed. The same text twice is one node.
"""

import ast
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from reference.graph import Node
from worked_examples.expression.derivatives import Derivative, derivative_node, derivative_of
from worked_examples.expression.grammar import exactly
from worked_examples.expression.operations import is_infinity, is_number, operation
from worked_examples.expression.refusals import INFINITY
from worked_examples.expression.statements import FORM, Statement, fault, statements
from worked_examples.limits import STEPS

LONGEST_NAME = 60  # characters of a formula that is a node's name; a longer one is cut off, and told by its place


class Formulas(NamedTuple):
    """Nodes in the order of the text, the line of each, the numbers, and the line where each input is first used."""

    nodes: tuple[Node, ...]
    lines: Mapping[str, int]
    constants: tuple[str, ...]
    used: Mapping[str, int]


@lru_cache(maxsize=1000)
def formulas(text: str) -> Formulas:
    """The nodes of a text.

    Raises:
        ValueError: for what is not accepted; it begins with the line, quotes it, and says what to write instead.

    """
    compiler = Compiler()
    for statement in statements(text):
        compiler.add(statement)
    return Formulas(tuple(compiler.nodes), compiler.lines, tuple(compiler.constants), compiler.used)


class Compiler:
    """The nodes of the statements so far; ``lines`` have the names as they are written, ``earlier`` are nodes of another text.

    ``states`` may get a new value once; there are none but in an iteration.
    """

    def __init__(self, earlier: Sequence[Node] = (), states: Collection[str] = ()) -> None:
        self.nodes, self.lines, self.earlier, self.states = list[Node](), dict[str, int](), tuple(earlier), states
        self.constants, self.used = dict[str, None](), dict[str, int]()
        self.instead = "add it to state, or write another name" if states else "write another name"

    def add(self, statement: Statement) -> None:
        """Add the nodes of a statement."""
        self.check_targets(statement)
        step = self.step(statement, statement.formula)
        if itself := [name for name in statement.targets if name in self.used and not self.is_changed(name)]:
            raise fault(statement.line, f"'{itself[0]}' is used in its own formula; {self.instead}")
        if step.function == "split":
            self.add_parts(statement, step)
        elif len(statement.targets) > 1:
            raise fault(statement.line, f"'{statement.text}' has {len(statement.targets)} names; only those of a split are several")
        else:
            self.add_node(statement, step, statement.targets[0])

    def is_changed(self, name: str) -> bool:
        """Whether a name is a state, which may get a new value after it was used."""
        return name in self.states

    def check_targets(self, statement: Statement) -> None:
        """Refuse names that have a value already, or are used without one."""
        for place, name in enumerate(statement.targets):
            if name == INFINITY:
                raise fault(statement.line, f"'{INFINITY}' is the infinity; write another name")
            if name in self.lines:
                raise fault(statement.line, f"'{name}' has a value already, by line {self.lines[name]}; write another name")
            if name in self.used and not self.is_changed(name):
                raise fault(
                    statement.line, f"'{name}' is used before, in line {self.used[name]}; {self.instead}, or this line first"
                )
            if name != "_" and name in statement.targets[:place]:
                raise fault(statement.line, f"'{name}' is on the left twice; write another name")
        if statement.targets == ("_",):
            raise fault(statement.line, f"'_' is not a name; {FORM}")

    def add_parts(self, statement: Statement, step: Node) -> None:
        """Add a node for each name of a split but ``_``."""
        count, sections = len(statement.targets), step.parameters["sections"]
        if count != sections:
            raise fault(
                statement.line, f"'{statement.text}': {sections} parts; write as many names on the left, '_' for one of no use"
            )
        for part, name in enumerate(statement.targets):
            if name != "_":
                self.add_node(statement, step._replace(parameters={**step.parameters, "part": part}), name)

    def add_node(self, statement: Statement, node: Node, name: str) -> None:
        """Add a node under the name that is written for it."""
        if len(self.nodes) >= STEPS:
            raise fault(statement.line, f"more than {STEPS:,} operations; accepted: at most so many")
        self.nodes.append(node._replace(name=self.node_name(name)))
        self.lines[name] = statement.line

    def node_name(self, name: str) -> str:
        """The name of the node of a step."""
        return name

    def value_name(self, name: str, line: int) -> str:
        """The name of the value that a name in a formula stands for."""
        if name not in self.lines:
            self.used.setdefault(name, line)
        return name

    def step(self, statement: Statement, formula: ast.expr) -> Node:
        """The node of a formula, after those of its operands have been added; it has no name yet."""
        try:
            derivative = derivative_of(formula)
            if derivative:
                return self.derivative(statement, derivative)
            found = operation(formula)
        except ValueError as error:
            raise fault(statement.line, f"'{segment(statement, formula)}': {error}") from None
        operands = tuple(self.operand(statement, operand) for operand in found.operands)
        return Node("", found.function, operands, found.parameters)

    def derivative(self, statement: Statement, written: Derivative) -> Node:
        """The node of a derivative; it has no name yet."""
        step = self.operand(statement, written.step) if written.step else ""
        of, by = (self.value_name(name, statement.line) for name in (written.of, written.by))
        return derivative_node("", written, of, by, step, (*self.earlier, *self.nodes))

    def operand(self, statement: Statement, formula: ast.expr) -> str:
        """The name of the value of a formula, which gets a node where it needs one."""
        if is_number(formula):
            return self.constant(statement, formula)
        if isinstance(formula, ast.Name):
            return self.value_name(formula.id, statement.line)
        name = self.inner_name(statement, formula)
        if name not in self.lines:
            step = self.step(statement, formula)
            if step.function == "split":
                raise fault(
                    statement.line, f"'{name}': a split has several parts; write a line of its own, such as a, b = split(x, 2)"
                )
            self.add_node(statement, step, name)
        return self.node_name(name)

    def inner_name(self, statement: Statement, formula: ast.expr) -> str:
        """The name of a formula inside of another."""
        return name_of(statement, formula)

    def constant(self, statement: Statement, formula: ast.expr) -> str:
        """The name of a number: its own text, which is exact, or an infinity with its sign, which is not an identifier."""
        digits = formula.operand if isinstance(formula, ast.UnaryOp) else formula
        sign = "-" if digits is not formula else "+" if is_infinity(digits) else ""
        text = sign + segment(statement, digits)
        try:
            if not is_infinity(digits):
                exactly(text)
        except ValueError as error:
            raise fault(statement.line, str(error)) from None
        self.constants[text] = None
        return text


def segment(statement: Statement, formula: Any) -> str:
    """The text of a formula inside of a statement; of a number that a range has by default, its digits."""
    return ast.get_source_segment(statement.text, formula) or str(getattr(formula, "value", statement.text))


def name_of(statement: Statement, formula: ast.expr) -> str:
    """The name of a formula inside of another: its text, cut off where it is long."""
    text = segment(statement, formula)
    if len(text) <= LONGEST_NAME:
        return text
    return f"{text[:LONGEST_NAME]}... (line {statement.line}, {formula.col_offset} to {formula.end_col_offset})"

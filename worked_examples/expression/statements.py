"""A text of formulas as statements: one ``name = formula`` each, with the number of its line."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from worked_examples.expression.grammar import tree_of
from worked_examples.limits import STEPS

FORM = "write NAME = FORMULA"


class Statement(NamedTuple):
    """The names that a formula gives values (``_`` for none), the formula's tree, its text in one line, the number of the line."""

    targets: tuple[str, ...]
    formula: ast.expr
    text: str
    line: int


def fault(line: int, message: str) -> ValueError:
    """The error for what is wrong in a line of the text."""
    return ValueError(f"line {line}: {message}")


def statements(text: str) -> list[Statement]:
    """The statements of a text; ``#`` begins a comment, and a formula goes on in the next line inside of brackets.

    Raises:
        ValueError: for what is no such statement; it begins with the line.

    """
    found = [statement(line, joined) for line, joined in logical_lines(text)]
    if len(found) > STEPS:
        raise fault(found[STEPS].line, f"more than {STEPS:,} formulas; accepted: at most so many")
    return found


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number, without its comment; lines inside of brackets are joined."""
    pending, first, depth = list[str](), 0, 0
    for number, raw in enumerate(text.split("\n"), start=1):
        part = " ".join(raw.partition("#")[0].split())
        if not part:
            continue
        first = first if pending else number
        pending.append(part)
        depth += sum(part.count(bracket) for bracket in "([{") - sum(part.count(bracket) for bracket in ")]}")
        if depth <= 0:
            yield first, " ".join(pending)
            pending, depth = [], 0
    if pending:
        yield first, " ".join(pending)


def statement(line: int, text: str) -> Statement:
    """One statement."""
    try:
        tree = tree_of(text, "exec")
    except ValueError as error:
        raise fault(line, str(error)) from None
    if len(tree.body) != 1:
        raise fault(line, f"'{text}' is more than one formula; write each on a line of its own")
    assignment = tree.body[0]
    if isinstance(assignment, ast.AugAssign):
        raise fault(line, f"'{text}' changes a value; write a new name, such as total_2 = total + x")
    if not isinstance(assignment, ast.Assign) or len(assignment.targets) != 1:
        raise fault(line, f"'{text}' is not a formula with a name; {FORM}")
    return Statement(tuple(names_of(line, text, assignment.targets[0])), assignment.value, text, line)


def names_of(line: int, text: str, target: ast.expr) -> Iterator[str]:
    """The names on the left of a statement."""
    if isinstance(target, ast.Subscript):
        raise fault(line, f"'{text}' changes a part of an array; write NEW = assign(ARRAY, ENTRIES, index=\"0:2,1\")")
    for name in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
        if not isinstance(name, ast.Name):
            raise fault(line, f"'{ast.get_source_segment(text, name)}' is not a name; {FORM}")
        yield name.id

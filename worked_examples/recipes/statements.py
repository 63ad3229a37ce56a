"""The text of a draw as statements: ``NAME = EXPRESSION``, ``NAME, NAME = EXPRESSION``, or an expression alone."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from worked_examples.expression.grammar import parsed
from worked_examples.limits import STEPS

ASSIGNMENT = re.compile(r"(?P<targets>[^\W\d]\w*(?: ?, ?[^\W\d]\w*)*) ?=(?!=) ?(?P<expression>.*)")
DOTTED = re.compile(r"[^\W\d]\w*\.[^\W\d]\w*")


class Statement(NamedTuple):
    """One statement: its text in one line, the names that it gives a value, and the tree of its expression."""

    text: str
    targets: tuple[str, ...]
    tree: ast.expr


def statements(text: str) -> list[Statement]:
    """The statements of a draw; an expression may go on over several lines inside brackets, and ``#`` begins a comment.

    Raises:
        ValueError: where a line is no statement, an expression is none of the language, or there are too many.

    """
    lines = list(joined_lines(text))
    if not 0 < len(lines) <= STEPS:
        raise ValueError(f"{len(lines):,} statements; accepted: from 1 to {STEPS:,}")
    return [statement(line) for line in lines]


def joined_lines(text: str) -> Iterator[str]:
    """Every statement on one line, without comments."""
    parts, depth = list[str](), 0
    for line in text.splitlines():
        code = " ".join(line.partition("#")[0].split())
        depth += sum(code.count(bracket) for bracket in "([{") - sum(code.count(bracket) for bracket in ")]}")
        parts += [code] if code else []
        if parts and depth <= 0:
            yield " ".join(parts)
            parts, depth = [], 0
    if parts:
        yield " ".join(parts)


def statement(line: str) -> Statement:
    """One statement.

    Raises:
        ValueError: where its expression is none of the language.

    """
    if dotted := DOTTED.search(line):
        raise ValueError(
            f"'{dotted[0]}' in '{line}': no name has a dot; write randn(3, 4) for np.random.randn(3, 4), transpose(W) for W.T"
        )
    match = ASSIGNMENT.fullmatch(line)
    targets = tuple(name.strip() for name in match["targets"].split(",")) if match else ()
    return Statement(line, targets, parsed(match["expression"] if match else line, keywords=True))

"""What formulas do not have: every line says what to write instead."""

import ast

import pytest

from worked_examples.expression.refusals import REFUSALS, refusal


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_a_line_that_helps(kind: type[ast.AST]) -> None:
    """It says what is accepted or what to write, in one line."""
    line = refusal(kind())
    assert "\n" not in line
    assert any(word in line for word in ("accepted", "write", "take whole arrays"))


def test_anything_else_is_told_what_formulas_have() -> None:
    """A function without a name, for example."""
    line = "accepted: numbers, names, + - * / ** @, comparisons, x[0, 1:3], x.T and functions by name"
    assert refusal(ast.parse("lambda: x", mode="eval").body) == line

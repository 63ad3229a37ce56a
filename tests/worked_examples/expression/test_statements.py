"""Statements: one formula a line, told by the number of its line."""

import re

import pytest

from worked_examples.expression.statements import statements

TEXT = """
net = x @ W + b   # a comment: ((

p = max_pooling(x,   # goes on
    size=2,
)
i, _ = split(net, 2)
"""


def test_a_statement_has_targets_and_the_line_where_it_begins() -> None:
    """Comments and empty lines are passed over; lines inside of brackets are joined."""
    found = [(statement.targets, statement.text, statement.line) for statement in statements(TEXT)]
    assert found == [
        (("net",), "net = x @ W + b", 2),
        (("p",), "p = max_pooling(x, size=2, )", 4),
        (("i", "_"), "i, _ = split(net, 2)", 7),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y", "line 1: 'y' is not a formula with a name; write NAME = FORMULA"),
        ("\nimport os", "line 2: 'import os' is not a formula with a name; write NAME = FORMULA"),
        ("y = z = x", "line 1: 'y = z = x' is not a formula with a name; write NAME = FORMULA"),
        ("y: int = x", "line 1: 'y: int = x' is not a formula with a name; write NAME = FORMULA"),
        ("y += 1", "line 1: 'y += 1' changes a value; write a new name, such as total_2 = total + x"),
        ("y = x; z = x", "line 1: 'y = x; z = x' is more than one formula; write each on a line of its own"),
        ("y[0] = x", "line 1: 'y[0] = x' changes a part of an array; write NEW = assign(ARRAY, ENTRIES, index=\"0:2,1\")"),
        ("y.a = x", "line 1: 'y.a' is not a name; write NAME = FORMULA"),
        ("(a, b), c = x", "line 1: '(a, b)' is not a name; write NAME = FORMULA"),
        ("y = (x", "line 1: 'y = (x' is not a formula"),
        ("y = 1 if", "line 1: 'y = 1 if' is not a formula"),
        (f"y = {3_000 * 'x'}", "line 1: an expression of 3,004 characters; accepted: at most 2,000"),
        ("y = " + 300 * "(" + "x" + 300 * ")", f"line 1: 'y = {300 * '('}x{300 * ')'}' is not a formula"),
    ],
)
def test_what_is_no_statement_is_refused(text: str, message: str) -> None:
    """With its line, and what to write instead."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        statements(text)


def test_there_are_not_too_many() -> None:
    """A thousand."""
    with pytest.raises(ValueError, match=r"^line 1001: more than 1,000 formulas; accepted: at most so many$"):
        statements("\n".join(f"y{i} = x" for i in range(1_001)))

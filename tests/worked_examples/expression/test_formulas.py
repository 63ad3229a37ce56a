"""Formulas: nodes of the reference's graph, with names that clash with none."""

import re

import pytest

from reference.graph import Node
from worked_examples.expression.formulas import formulas

LSTM = """
i, f, g, o = split(x @ W + h0 @ U + b, 4)
c = sigmoid(f) * c0 + sigmoid(i) * tanh(g)   # the cell
h = sigmoid(o) * tanh(c)
E = sum((h - t)**2) / 2
"""


def test_a_text_becomes_nodes() -> None:
    """In the order in which they can be computed; a formula inside of another is a node that has its text as name."""
    compiled = formulas("y = 0.1 * exp(a + 1)\nz = where(y > 0, y, -2)")
    assert compiled.nodes == (
        Node("a + 1", "add", ("a", "1"), {}),
        Node("exp(a + 1)", "exp", ("a + 1",), {}),
        Node("y", "multiply", ("0.1", "exp(a + 1)"), {}),
        Node("y > 0", "greater", ("y", "0"), {}),
        Node("z", "where", ("y > 0", "y", "-2"), {}),
    )
    assert compiled.constants == ("0.1", "1", "0", "-2")
    assert compiled.used == {"a": 1}
    assert compiled.lines == {"a + 1": 1, "exp(a + 1)": 1, "y": 1, "y > 0": 2, "z": 2}


def test_a_number_may_have_brackets_and_blanks() -> None:
    """Its name is its digits, with the minus before them."""
    assert formulas("y = -(0.5) * x + (- 2) - (-(3))").constants == ("-0.5", "-2", "-3")


def test_infinities_are_numbers_whose_names_are_no_identifiers() -> None:
    """So that they clash with no name; a step that is one has a gradient of its own."""
    compiled = formulas("y = where(a > inf, -inf, -(inf))\nz = inf")
    assert compiled.constants == ("+inf", "-inf")
    assert compiled.used == {"a": 1}
    assert compiled.nodes[-1] == Node("z", "identity", ("+inf",), {})


def test_an_lstm_step_is_four_lines() -> None:
    """Every name is a node, and every other node is no identifier."""
    compiled = formulas(LSTM)
    assert [name for name in compiled.lines if name.isidentifier()] == ["i", "f", "g", "o", "c", "h", "E"]
    assert [node.parameters["part"] for node in compiled.nodes if node.function == "split"] == [0, 1, 2, 3]
    assert set(compiled.used) == {"x", "W", "h0", "U", "b", "c0", "t"}


def test_a_formula_that_is_there_twice_is_one_node() -> None:
    """Its text is its name."""
    assert [node.name for node in formulas("y = exp(x) + exp(x)\nz = exp(x)").nodes] == ["exp(x)", "y", "z"]


def test_a_long_formula_is_told_by_its_place() -> None:
    """So that no name is as long as the text; equal beginnings are no clash."""
    long = " + ".join(f"x{i}" for i in range(40))
    names = [node.name for node in formulas(f"y = exp({long})\nz = exp({long})").nodes]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 100
    assert "x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11 ... (line 2, 8 to 235)" in names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y = x\ny = x", "line 2: 'y' has a value already, by line 1; write another name"),
        ("z = y\ny = x", "line 2: 'y' is used before, in line 1; write another name, or this line first"),
        ("y = y + 1", "line 1: 'y' is used in its own formula; write another name"),
        ("_ = x", "line 1: '_' is not a name; write NAME = FORMULA"),
        ("a, b = x", "line 1: 'a, b = x' has 2 names; only those of a split are several"),
        ("a, b = split(x, 3)", "line 1: 'a, b = split(x, 3)': 3 parts; write as many names on the left, '_' for one of no use"),
        ("a, a = split(x, 2)", "line 1: 'a' is on the left twice; write another name"),
        (
            "y = 1 + split(x, 2)",
            "line 1: 'split(x, 2)': a split has several parts; write a line of its own, such as a, b = split(x, 2)",
        ),
        ("y = 1\nz = 2 * exp(a, b)", "line 2: 'exp(a, b)': 2 arguments without a keyword; 'exp' takes 1"),
        ("y = x % 2", "line 1: 'x % 2': accepted operators: + - * / ** @"),
        ("y = x.__class__", "line 1: 'x.__class__': accepted attribute: .T; for another write a function, such as sum(x)"),
        ("y = 1e999 * x", "line 1: '1e999' is not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("y = 0x10 * x", "line 1: '0x10' is not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("y = 1_0 * x", "line 1: '1_0' is not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("y = é + *x", "line 1: 'y = é + *x' is not a formula"),
    ],
)
def test_what_cannot_be_compiled_is_refused(text: str, message: str) -> None:
    """With the line, the part of it, and what to write instead."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        formulas(text)


def test_there_are_not_too_many_operations() -> None:
    """A thousand, those inside of others counted."""
    with pytest.raises(ValueError, match=r"^line 501: more than 1,000 operations; accepted: at most so many$"):
        formulas("\n".join(f"y{i} = exp(x{i}) + 1" for i in range(501)))

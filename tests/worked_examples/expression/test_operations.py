"""One formula: the function of the reference, its operands, its parameters."""

import ast
import re
from typing import Any

import pytest

from worked_examples.expression.operations import operation


def found(text: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """Function, operands as texts, parameters."""
    function, operands, parameters = operation(ast.parse(text, mode="eval").body)
    return function, tuple(map(ast.unparse, operands)), dict(parameters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", ("identity", ("x",), {})),
        ("-0.5", ("identity", ("-0.5",), {})),
        ("-inf", ("identity", ("-inf",), {})),
        ("a + b", ("add", ("a", "b"), {})),
        ("a - b * c", ("subtract", ("a", "b * c"), {})),
        ("a / b", ("divide", ("a", "b"), {})),
        ("-a ** b", ("negative", ("a ** b",), {})),
        ("a ** -b", ("power", ("a", "-b"), {})),
        ("a @ b", ("dot", ("a", "b"), {})),
        ("a > b", ("greater", ("a", "b"), {})),
        ("a < b", ("greater", ("b", "a"), {})),
        ("a >= b", ("greater or equal", ("a", "b"), {})),
        ("a == b", ("equal", ("a", "b"), {})),
        ("a <= b", ("greater or equal", ("b", "a"), {})),
        ("(a @ b).T", ("transpose", ("a @ b",), {})),
        ("x[0]", ("index", ("x",), {"index": (0,)})),
        ("x[1:, ::-1, -2]", ("index", ("x",), {"index": (slice(1, None), slice(None, None, -1), -2)})),
        ("exp(x)", ("exp", ("x",), {})),
    ],
)
def test_a_formula_is_a_function_of_the_reference(text: str, expected: Any) -> None:
    """The outermost one; what is smaller is what is greater the other way round."""
    assert found(text) == expected


INDEX = "an index is whole numbers and slices, such as x[0, 1:3]; for an entry by label write pick(x, labels)"
OPERATORS = "accepted operators: + - * / ** @"
COMPARED = "accepted: one comparison by >, >=, <, <= or ==; for a != b write 1 - (a == b), for a < b < c write (a < b) * (b < c)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a % b", OPERATORS),
        ("a // b", OPERATORS),
        ("a | b", OPERATORS),
        ("not a", "accepted before a formula: -; for 'not a' write 1 - a"),
        ("+a", "accepted before a formula: -; for 'not a' write 1 - a"),
        ("a != b", COMPARED),
        ("a < b < c", COMPARED),
        ("a in b", COMPARED),
        ("a and b", "for 'a and b' write a * b, for 'a or b' write maximum(a, b)"),
        ("a if b else c", "for a condition write where(CONDITION, a, b)"),
        ("x.shape", "accepted attribute: .T; for another write a function, such as sum(x)"),
        ("x[i]", INDEX),
        ("x[None]", INDEX),
        ("x[...]", INDEX),
        ("x[()]", INDEX),
        ("x[1.5]", INDEX),
        ("x[True]", INDEX),
        ("x[-i]", INDEX),
        ("x[[0, 1]]", INDEX),
        ("x[10000000000]", INDEX),
        ("[a, b]", "for an array of numbers write an input, for one of formulas stack([a, b])"),
        ("(a, b)", "write one formula; for an array of several stack([a, b])"),
        ("[a for a in b]", "no loops; functions take whole arrays"),
        ("'a'", "not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("True", "not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("2j", "not a number; accepted: decimal digits such as 0.05 or 1e-7"),
    ],
)
def test_what_formulas_do_not_have_is_refused(text: str, message: str) -> None:
    """With what to write instead."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        found(text)

"""Calls: operands in their places, parameters behind them or by keyword, and nothing else."""

import ast
import re
from typing import Any

import pytest

from worked_examples.errors import nearest
from worked_examples.expression.callables import CALLABLES
from worked_examples.expression.calls import call
from worked_examples.expression.derivatives import FORMS


def found(text: str) -> tuple[str, list[str], dict[str, Any]]:
    """Function, operands as texts, parameters."""
    node = ast.parse(text, mode="eval").body
    assert isinstance(node, ast.Call)
    function, operands, parameters = call(node)
    return function, [ast.unparse(operand) for operand in operands], parameters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("half_squared_error(y, t)", ("half squared error", ["y", "t"], {})),
        ("gru_reset_after(x, k, u, b, c)", ("gru reset after", ["x", "k", "u", "b", "c"], {})),
        ("average_pooling_padding_counted(x, 2)", ("average pooling, padding counted", ["x"], {"size": 2})),
        ("max_pooling(x, size=(2, 3), stride=[2, 1])", ("max pooling", ["x"], {"size": [2, 3], "stride": [2, 1]})),
        ("sum(x, axis=-1, keepdims=True)", ("sum", ["x"], {"axis": -1, "keepdims": True})),
        ("reshape(x, (2, -1))", ("reshape", ["x"], {"shape": [2, -1]})),
        ("concatenate([a, b + c], axis=1)", ("concatenate", ["a", "b + c"], {"axis": 1})),
        ("concatenate((a, b), 0)", ("concatenate", ["a", "b"], {"axis": 0})),
        ("stack([a])", ("stack", ["a"], {})),
        ("linspace(0, b, 5)", ("linspace", ["0", "b"], {"num": 5})),
        ("arange(5)", ("arange", ["0", "5", "1"], {})),
        ("arange(a, b)", ("arange", ["a", "b", "1"], {})),
        ("arange(a, b, c)", ("arange", ["a", "b", "c"], {})),
        ("split(x, 4, axis=1)", ("split", ["x"], {"sections": 4, "axis": 1})),
        ('assign(x, y, index="0:2,-1")', ("assign", ["x", "y"], {"index": (slice(0, 2), -1)})),
        ("sum_of_products(a, b, c, d)", ("sum of products", ["a", "b", "c", "d"], {})),
    ],
)
def test_a_call_has_operands_and_parameters(text: str, expected: Any) -> None:
    """Required parameters may stand behind the operands; those of a range that are left out are 0 and 1."""
    assert found(text) == expected


WRITTEN_OUT = "a parameter must be written out: a whole number, (2, 3), True or False"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sigmod(x)", f"'sigmod' is not a function; {nearest('sigmod', [*CALLABLES, *FORMS])}"),
        ("dot(a, b)", "'dot' has a sign; write a @ b"),
        ("greater_or_equal(a, b)", "'greater_or_equal' has a sign; write a >= b"),
        ("x.sum()", "no function of an array or a module is called; write sum(...)"),
        ("f(x)(y)", "functions are called by their names; write NAME(...)"),
        ("exp()", "0 operands given; 'exp' takes 1"),
        ("lstm(x)", "1 operand given; 'lstm' takes 4 or 5"),
        ("stack([])", "0 operands given; 'stack' takes 1 or more"),
        ("arange()", "0 operands given; 'arange' takes 1 to 3"),
        ("exp(x, y)", "2 arguments without a keyword; 'exp' takes 1"),
        ("flip(x, 0, 1)", "3 arguments without a keyword; 'flip' takes 1 and axis"),
        ("stack(a, b)", "the operands of 'stack' are one list; write stack([a, b])"),
        ("concatenate([a, b])", "'concatenate' needs axis; write axis=..."),
        ("relu(x, axis=0)", "'relu' has no parameter 'axis'; it has operands only"),
        ("argmax(x, shape=(6,))", "'argmax' has no parameter 'shape'; accepted: axis"),
        ("split(x, 2, part=1)", "'split' has no parameter 'part'; accepted: sections, axis"),
        ("exp(x, **y)", "'exp' has no parameter '**'; it has operands only"),
        ("reshape(x, (2,), shape=(2,))", "'shape' is given twice; write it once"),
        ("reshape(x, 2)", "shape: 2 is not a shape; accepted: whole numbers such as (2, 3), or (2, -1)"),
        ("reshape(x, ())", "shape: [] is not a shape; accepted: whole numbers such as (2, 3), or (2, -1)"),
        ("sum(x, axis=n)", f"axis: {WRITTEN_OUT}"),
        ("sum(x, axis=1 + 1)", f"axis: {WRITTEN_OUT}"),
        ("sum(x, axis=1.5)", f"axis: {WRITTEN_OUT}"),
        ("sum(x, axis=None)", f"axis: {WRITTEN_OUT}"),
        ("sum(x, axis=9)", "axis: 9 is not accepted; accepted: a whole number from -8 to 7"),
        ("sum(x, axis=True)", "axis: True is not accepted; accepted: a whole number from -8 to 7"),
        ("sum(x, keepdims=1)", "keepdims: 1 is not accepted; accepted: True or False"),
        ("linspace(a, b, 0)", "num: 0 is not accepted; accepted: a whole number from 1 to 1,000,000"),
        ("max_pooling(x, -1)", "size: -1 is not an extent; accepted: a whole number from 0, or [rows, columns]"),
        ("assign(x, y, 2)", 'index: 2 is not an index; accepted: whole numbers and slices in a text, such as "0:4,1"'),
        ("assign(x, y, 'a')", 'index: \'a\' is not an index; accepted: whole numbers and slices such as "0:4,1" or "::-1"'),
    ],
)
def test_a_call_that_does_not_fit_is_refused(text: str, message: str) -> None:
    """With what the function takes."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        found(text)

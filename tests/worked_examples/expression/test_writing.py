"""A step as text: what is read again is the same step."""

from typing import Any

import pytest

from worked_examples.expression.formulas import formulas
from worked_examples.expression.writing import formula

CASES: list[tuple[str, str, list[str], dict[str, Any]]] = [
    ("y = a + b", "add", ["a", "b"], {}),
    ("y = a @ b", "dot", ["a", "b"], {}),
    ("y = a == b", "equal", ["a", "b"], {}),
    ("y = a >= b", "greater or equal", ["a", "b"], {}),
    ("y = -a", "negative", ["a"], {}),
    ("y = a.T", "transpose", ["a"], {}),
    ("y = a[0:4, 1, ::-1]", "index", ["a"], {"index": (slice(0, 4), 1, slice(None, None, -1))}),
    ('y = assign(a, b, index="0:4,1")', "assign", ["a", "b"], {"index": (slice(0, 4), 1)}),
    ("y = gru_reset_after(x, k, u, b, c)", "gru reset after", ["x", "k", "u", "b", "c"], {}),
    ("y = concatenate([a, b], axis=1)", "concatenate", ["a", "b"], {"axis": 1}),
    ("y = reshape(a, (2, -1))", "reshape", ["a"], {"shape": [2, -1]}),
    ("y = max_pooling(a, size=(2, 2), stride=2)", "max pooling", ["a"], {"size": [2, 2], "stride": 2}),
    ("_, y, _ = split(a, 3, axis=0)", "split", ["a"], {"sections": 3, "part": 1, "axis": 0}),
    ("y, = split(a, 1)", "split", ["a"], {"sections": 1, "part": 0}),
]


@pytest.mark.parametrize(("text", "function", "operands", "parameters"), CASES)
def test_a_step_is_written_as_it_is_read(text: str, function: str, operands: list[str], parameters: dict[str, Any]) -> None:
    """There and back."""
    assert formula("y", function, operands, parameters) == text
    (node,) = formulas(text).nodes
    assert (node.name, node.function, list(node.operands), dict(node.parameters)) == ("y", function, operands, parameters)


def test_an_index_may_be_a_text() -> None:
    """As a fixture's parameter is."""
    assert formula("y", "index", ["a"], {"index": "0:4, 1"}) == "y = a[0:4, 1]"

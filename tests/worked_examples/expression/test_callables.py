"""The names of formulas."""

import ast
from typing import Any

import pytest

from reference.graph import FUNCTIONS
from worked_examples.expression.callables import CALLABLES, OPERATORS, PARAMETERS, called, literal, parameters_of, slices


def test_every_function_is_called_by_a_name_or_by_a_sign() -> None:
    """Names are identifiers; no two functions have one name."""
    assert {*CALLABLES.values(), *OPERATORS} == set(FUNCTIONS)
    assert len(CALLABLES) + len(OPERATORS) == len(FUNCTIONS)
    assert all(name.isidentifier() for name in CALLABLES)
    assert called("average pooling, padding counted") == "average_pooling_padding_counted"


def test_every_parameter_has_a_check() -> None:
    """And no check is without use."""
    assert {name for function in FUNCTIONS.values() for name in parameters_of(function)} == set(PARAMETERS)


@pytest.mark.parametrize(
    ("text", "index"),
    [("1", (1,)), ("0:4,1", (slice(0, 4), 1)), ("::-1", (slice(None, None, -1),)), (" -1 , : ", (-1, slice(None, None)))],
)
def test_an_index_is_that_of_numpy(text: str, index: tuple[int | slice, ...]) -> None:
    """Whole numbers and slices."""
    assert slices(text) == index


def test_anything_else_is_no_index() -> None:
    """It is refused."""
    with pytest.raises(ValueError, match=r"^'a\[0\]' is not an index; accepted: whole numbers and slices"):
        slices("a[0]")


@pytest.mark.parametrize(
    ("text", "value"), [("2", 2), ("-1", -1), ("(2, -3)", [2, -3]), ("[1]", [1]), ("True", True), ("'a'", "a")]
)
def test_a_parameter_is_written_out(text: str, value: Any) -> None:
    """As a number, several, a text, True or False."""
    assert literal(ast.parse(text, mode="eval").body) == value

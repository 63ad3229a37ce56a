"""What all tables have in common: no unknown keys, frozen, decimal strings, words from a list."""

from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from worked_examples.schema.base import Extent, Matching, Matrix, Model, Number, Vector, Word, rectangle


class Table(Model):
    """A table for these tests."""

    number: Number = "0"
    word: Annotated[str, Word("a colour", ("red", "green"))] = "red"
    code: Annotated[str, Matching("[a-z]+", "lower-case letters")] = "a"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"numbr": "1"}, "unknown key 'numbr'; accepted: code, number, word; did you mean 'number'?"),
        ({"number": 0.5}, '0.5 must be written as a string, "0.5", so that its digits are kept'),
        ({"number": "0.5x"}, "'0.5x' is not a number; accepted: a decimal string such as \"0.05\""),
        ({"number": "nan"}, "'nan' is not a number"),
        ({"word": "gren"}, "'gren' is not a colour; accepted: green, red; did you mean 'green'?"),
        ({"code": "a\n"}, "'a\\n' is not accepted; accepted: lower-case letters"),
    ],
)
def test_what_is_not_accepted_is_named(table: dict[str, object], message: str) -> None:
    """The message says what was found and what is accepted."""
    with pytest.raises(ValidationError) as caught:
        Table.model_validate(table)
    assert message in str(caught.value)


@given(st.decimals(allow_nan=False, allow_infinity=False).map(str))
def test_a_number_keeps_its_digits(text: str) -> None:
    """Whatever decimal is written comes out as the same text."""
    assert Table(number=text).number == text


def test_a_table_cannot_be_changed() -> None:
    """Models are frozen."""
    with pytest.raises(ValidationError, match="Instance is frozen"):
        Table().number = "1"  # type: ignore[misc]  # that is what must fail


def test_the_schema_for_editors_says_what_is_accepted() -> None:
    """Words are an enumeration, strings have their pattern."""
    properties = Table.model_json_schema()["properties"]
    assert properties["word"]["enum"] == ["green", "red"]
    assert properties["code"]["pattern"] == "^([a-z]+)$"


@pytest.mark.parametrize("extent", [True, -1, [1], [1, 2, 3], "1", 1.0, [1, -1]])
def test_an_extent_is_one_or_two_whole_numbers(extent: object) -> None:
    """Anything else is refused."""
    adapter: TypeAdapter[object] = TypeAdapter(Extent)
    assert (adapter.validate_python(3), adapter.validate_python([0, 2])) == (3, [0, 2])
    with pytest.raises(ValidationError, match="is not an extent; accepted: a whole number from 0, or "):
        adapter.validate_python(extent)


def test_a_matrix_has_rows_of_one_length() -> None:
    """Its shape, or an error with the lengths."""
    assert rectangle([["1", "2"], ["3", "4"], ["5", "6"]]) == (3, 2)
    with pytest.raises(ValueError, match=r"rows of different lengths: \[1, 2\]"):
        rectangle([["1"], ["2", "3"]])


def test_an_array_of_floats_may_stand_for_lists() -> None:
    """As it is, so that many numbers never become texts."""
    matrix, vector = np.ones((2, 3)), np.ones(3)
    read: list[object] = [TypeAdapter(Matrix).validate_python(matrix), TypeAdapter(Vector).validate_python(vector)]
    assert read[0] is matrix
    assert read[1] is vector


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.ones(3), "an array of the shape [3]; accepted: 2 axes, and an entry"),
        (np.ones((0, 3)), "an array of the shape [0, 3]; accepted: 2 axes, and an entry"),
        (np.array([[1.0, np.inf]]), "an entry that is not finite; accepted: finite numbers"),
    ],
)
def test_an_array_of_another_shape_is_refused(array: np.ndarray[Any, Any], message: str) -> None:
    """And one with an entry that is not finite."""
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Matrix).validate_python(array)
    assert raised.value.errors()[0]["msg"] == f"Value error, {message}"

"""Fields of formats: their names, and what their numbers look like."""

import re

import pytest

from worked_examples.printed.fields import Field, braces, pattern, percents


@pytest.mark.parametrize(
    ("keys", "accepted", "refused"),
    [
        ({"type": "d"}, ["1", "-12", "007"], ["1.0", "nan", "1,000"]),
        ({"type": "f", "precision": "2"}, ["1.00", "-0.50", "nan", "-inf"], ["1.0", "1.000", ".50"]),
        ({"type": "f", "precision": "0"}, ["1"], ["1.", "1.0"]),
        ({"type": "f"}, ["1.000000"], ["1.0"]),
        ({"type": "e", "precision": "1"}, ["1.0e-05"], ["10.0e-05", "0.1"]),
        ({"type": "%", "precision": "1"}, ["12.5%"], ["12.5", "12%"]),
        ({"type": "f", "precision": "1", "grouping": ","}, ["1,234.5", "12.0"], ["1234.5", "1,23.5"]),
        ({}, ["1", "1e-5", "True", "[1 2]", "[[1.]\t[2.]]", "tensor(0.5, grad_fn=<A>)"], ["one", "[1", "[[[1]]]"]),
    ],
)
def test_a_number_looks_as_its_field_says(keys: dict[str, str], accepted: list[str], refused: list[str]) -> None:
    """Decimals, exponent, sign, commas and percent sign; without a type any number or array."""
    form = re.compile(pattern(**keys))
    assert [text for text in accepted if not form.fullmatch(text)] == []
    assert [text for text in refused if form.fullmatch(text)] == []


def test_literals_and_fields_in_turn() -> None:
    """Of both kinds of format; a number in braces is no name."""
    named = [piece.name if isinstance(piece, Field) else f"'{piece}'" for piece in braces("a {x:5d}{0} {y=}b")]
    assert named == ["'a '", "x", "''", "", "' y='", "y", "'b'"]
    named = [piece.name if isinstance(piece, Field) else f"'{piece}'" for piece in percents("a %(x)d%%, %5.1f")]
    assert named == ["'a '", "x", "'%'", "', '", "", "''"]

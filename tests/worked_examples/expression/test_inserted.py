"""Values in a line of words."""

from fractions import Fraction
from typing import Any

import pytest

from worked_examples.expression.inserted import filled_in, inserted, unreadable_outcome

VALUES: dict[str, Any] = {"x": Fraction(1, 4), "W": [[Fraction(1, 2), 0.25]], "n": Fraction(3), "name": "ReLU"}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a NameError", "a NameError"),
        ("{x * 2} for {n} of {name}", "0.5 for 3 of ReLU"),
        ("{W:.3f}; {sum(W):.2e}", "[[0.500, 0.250]]; 7.50e-01"),
        ("{W[0][1]:.4g} and {'a' + name}", "0.25 and aReLU"),
    ],
)
def test_expressions_have_their_values(line: str, text: str) -> None:
    """As they are, or in a format, every number of a list in the same."""
    assert unreadable_outcome(line, VALUES) == ""
    assert filled_in(line, VALUES) == text


def test_the_expressions_are_told_with_their_formats() -> None:
    """A line without braces has none."""
    assert [tuple(each) for each in inserted("{a} and {b[0]:.8f}")] == [("a", ""), ("b[0]", ".8f")]
    assert list(inserted("a NameError")) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{x", "a brace that is not one of a pair; accepted: {expression} or {expression:.8f}"),
        ("{{x}}", "a brace that is not one of a pair; accepted: {expression} or {expression:.8f}"),
        ("{y}", "'y' in 'y' is unknown; accepted: "),
        ("{}", "'' is not an expression"),
        ("{x:.3d}", "'x:.3d' is not an expression"),
        ("{x.real}", "'x.real' in 'x.real' is not accepted (Attribute)"),
    ],
)
def test_what_cannot_be_read_is_told(line: str, problem: str) -> None:
    """A single brace, an unknown name, no expression, an unknown format, what expressions do not have."""
    assert unreadable_outcome(line, VALUES).startswith(problem)


def test_a_text_has_no_digits() -> None:
    """A format asks for a number."""
    with pytest.raises(ValueError, match="could not convert string to float: 'ReLU'"):
        filled_in("{name:.3f}", VALUES)

"""Which texts are expressions, and which names they need."""

import ast
from fractions import Fraction

import pytest

from worked_examples.expression.grammar import check, exactly, names, parsed


@pytest.mark.parametrize(
    ("text", "number"), [("0.1", Fraction(1, 10)), (".5", Fraction(1, 2)), ("1e-7", Fraction(1, 10**7)), ("12", 12)]
)
def test_a_decimal_is_the_fraction_of_its_digits(text: str, number: Fraction) -> None:
    """No rounding."""
    assert exactly(text) == number


@pytest.mark.parametrize("text", ["0x10", "1_000", "1e9999", "1e-12345", "nan", "1j"])
def test_other_numbers_are_refused(text: str) -> None:
    """Other notations, and exponents of more than three digits."""
    with pytest.raises(ValueError, match=r"is not a number; accepted: decimal digits such as 0.05 or 1e-7"):
        exactly(text)


def test_names_that_a_comprehension_binds_need_no_value() -> None:
    """Its source and free names do."""
    assert names("[a * b for a in rows if a > limit]") == {"b", "rows", "limit"}


def test_known_names_are_accepted() -> None:
    """Functions of the table need not be known."""
    check("sum(x) + mean(x)", {"x"})
    with pytest.raises(ValueError, match=r"^'y' in 'sum\(y\)' is unknown; accepted: x$"):
        check("sum(y)", {"x"})


def test_arguments_have_keywords_only_where_they_are_read() -> None:
    """A proof refuses them; a recipe asks for them."""
    assert isinstance(parsed("f(a, b=1)", keywords=True), ast.Call)
    with pytest.raises(ValueError, match=r"^'f\(a, b=1\)' in 'f\(a, b=1\)' is not accepted \(Call\)"):
        parsed("f(a, b=1)")

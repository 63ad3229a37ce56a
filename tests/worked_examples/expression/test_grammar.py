"""Which texts are expressions."""

import ast
from fractions import Fraction

import pytest

from worked_examples.expression.grammar import exactly, parsed


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


def test_arguments_of_draws_may_have_names() -> None:
    """Unpacked ones are refused."""
    assert isinstance(parsed("f(a, b=1)"), ast.Call)
    with pytest.raises(ValueError, match=r"^'\*\*b' in 'f\(\*\*b\)' is not accepted \(keyword\)|is not accepted"):
        parsed("f(**b)")

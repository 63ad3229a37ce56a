"""Printed numbers, exactly."""

from fractions import Fraction

from verification.proofs.exact import exact_numbers


def test_decimal_strings_become_exact_numbers() -> None:
    """0.1 is a tenth, in any nesting; words stay words."""
    assert exact_numbers([["0.1", "-2e3"], "False"]) == [[Fraction(1, 10), Fraction(-2000)], "False"]
    assert exact_numbers(["-inf", "inf", "nan"]) == [float("-inf"), float("inf"), "nan"]

"""Printed texts of numbers."""

import pytest

from verification.random_examples.texts.printing import Format, printed
from verification.random_examples.truth.numbers import number


@pytest.mark.parametrize(
    ("value", "form", "text", "up", "down"),
    [
        ("1.23456", Format("fixed", 3), "1.235", "1.236", "1.234"),
        ("-0.0004", Format("fixed", 3), "-0.000", "0.001", "-0.001"),
        ("0", Format("fixed", 3), "0.000", "0.001", "-0.001"),
        ("0.5", Format("fixed", 0), "0", "1", "-1"),
        ("1.5", Format("fixed", 0), "2", "3", "1"),
        ("2.5", Format("fixed", 0, point=True), "2.", "3.", "1."),
        ("0.25", Format("fixed", 1), "0.2", "0.3", "0.1"),
        ("12345", Format("significant", 2), "1.2e+04", "1.3e+04", "1.1e+04"),
        ("0.012345", Format("significant", 3), "0.0123", "0.0124", "0.0122"),
        ("-9.996", Format("scientific", 2, "E"), "-1.00E1", "-1.01E1", "-1.01E1"),
        ("0.000012", Format("scientific", 1, "e"), "1.2e-5", "1.3e-5", "1.1e-5"),
        ("9", Format("scientific", 0), "9e+00", "8e+00", "8e+00"),
        ("0", Format("significant", 2), "0.0", "0.1", "-0.1"),
        ("0.001", Format("significant", 1), "0.001", "0.002", "0.000"),
    ],
)
def test_a_number_is_printed_and_changed(value: str, form: Format, text: str, up: str, down: str) -> None:
    """Rounded to the nearest, halves to the even digit; a negative number that rounds to 0 keeps its sign."""
    number_ = printed(number(value), form)
    assert number_ is not None
    assert (number_.text, number_.changed(1).text, number_.changed(-1).text) == (text, up, down)


def test_decimals_that_sum_to_a_half_are_a_half() -> None:
    """0.1 + 0.15 is 0.25, although neither is exact in binary."""
    sum_ = printed(number("0.1") + number("0.15"), Format("fixed", 1))
    assert sum_ is not None
    assert sum_.text == "0.2"


@pytest.mark.parametrize("value", ["inf", "nan", "1e-90", "0.25" + 60 * "0" + "1"])
def test_uncertain_digits_are_not_printed(value: str) -> None:
    """Nothing that is not finite, nearly 0, or nearly a half."""
    assert printed(number(value), Format("fixed", 1)) is None


def test_zero_has_no_certain_exponent() -> None:
    """It may be any number that is nearer to 0 than differences see."""
    assert printed(number("0"), Format("scientific", 1)) is None


def test_an_epoch_is_never_changed() -> None:
    """It says of what other numbers are."""
    epoch = printed(number("7"), Format("fixed", 0))
    assert epoch is not None
    fixed = type(epoch)(epoch.units, epoch.places, negative=False, fixed=True)
    assert fixed.changed(1).text == "7"

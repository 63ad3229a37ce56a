"""Notations: each print is a plain decimal with the same last place, and a plain decimal can be written like a print."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worked_examples.printed.notations import exact, is_number, like, notation, plain, rewritten


@pytest.mark.parametrize(
    ("text", "name", "decimal"),
    [
        ("12.5%", "percent", "0.125"),
        ("-0.0%", "percent", "-0.000"),
        ("50 %", "percent", "0.50"),
        ("1,234,567", "thousands", "1234567"),
        ("-1,234.50", "thousands", "-1234.50"),
        ("1/2", "fraction", "0.50000000000000000000"),
        ("-2/3", "fraction", "-0.66666666666666666667"),
        ("200/3", "fraction", "66.666666666666666667"),
        ("1e-05", "decimal", "1e-05"),
        ("-003.10", "decimal", "-3.10"),
        ("000", "decimal", "0"),
        ("0.05", "decimal", "0.05"),
        ("nan", "decimal", "nan"),
        ("True", "decimal", "True"),
    ],
)
def test_a_print_is_a_plain_decimal(text: str, name: str, decimal: str) -> None:
    """A percent sign moves the point, commas and padding mean nothing, and a fraction has 20 significant digits."""
    assert (notation(text), plain(text)) == (name, decimal)


@pytest.mark.parametrize(
    ("decimal", "printed", "text"),
    [
        ("0.130", "12.5%", "13.0%"),
        ("-0.001", "0.0%", "-0.1%"),
        ("1.2e-03", "12%", "0.12%"),
        ("3", "12%", "300%"),
        ("1235", "1,234", "1,235"),
        ("999.5", "1,000.0", "999.5"),
        ("7", "003", "007"),
        ("-7.5", "003.5", "-07.5"),
        ("0.33333333333333333333", "1/2", "1/3"),
        ("-0.50000000000000000000", "1/3", "-1/2"),
        ("0.31415926535897932385", "1/3", "0.31415926535897932385"),
        ("0.13", "0.12", "0.13"),
        ("nan", "12%", "nan"),
    ],
)
def test_a_correction_has_the_notation_of_the_print(decimal: str, printed: str, text: str) -> None:
    """In percent, with commas, as the simple fraction that it rounds to, or as it is."""
    assert like(decimal, printed) == text


def test_words_around_numbers_stay() -> None:
    """Every number of a correction in words is written like the print."""
    assert rewritten("0.130 or at most 1.2e-03 in size", "12.5%") == "13.0% or at most 0.12% in size"
    assert rewritten("a number from 1234 to 1236", "1,111") == "a number from 1,234 to 1,236"
    assert rewritten("no digit is certain", "12%") == "no digit is certain"
    assert rewritten("0.130", "0.125") == "0.130"


@settings(derandomize=True)
@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["f", ",f"]), st.booleans())
def test_a_print_is_written_again_as_it_was(number: object, spec: str, percent: bool) -> None:
    """Percent signs and commas come back where they were."""
    text = f"{number:f}%" if percent else f"{number:{spec}}"
    assert like(plain(text), text) == text


def test_the_exact_number_of_a_print() -> None:
    """A fraction is not rounded; a word has none."""
    assert [exact(text) for text in ("1/3", "12.5%", "1,000", ".5")] == [Fraction(1, 3), Fraction(1, 8), 1000, Fraction(1, 2)]
    assert [exact(text) for text in ("nan", "-inf", "True")] == [None, None, None]


def test_what_is_one_number() -> None:
    """As the parser reads it, and nothing besides."""
    assert all(map(is_number, ("1", "-0.5e-7", "nan", "True", ".5", "12.5%", "1,234", "1/2")))
    assert not any(map(is_number, ("", "1 ", "x", "１", "1e999", 201 * "1", "[1]", "1\n", "1,23", "0,123", "1/0", "1e5%", "nan%")))

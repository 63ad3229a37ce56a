"""The verdict on one printed number: only a value that rounds to the text confirms it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.verdicts.verdict import Judgement, Verdict, judge


@pytest.mark.parametrize(
    ("value", "text", "verdict", "corrected"),
    [
        ("4.1428", "4.143", "confirmed", "4.143"),
        ("-0.0004", "-0.000", "confirmed", "-0.000"),
        ("0.0004", "-0.000", "wrong", "0.000"),
        ("-0.0004", "0.000", "wrong", "-0.000"),
        ("0.29949", "0.298", "off", "0.299"),
        ("3.1499", "3.14", "truncated", "3.15"),
        ("2.5", "2.50", "confirmed", "2.50"),
        ("79", "79", "confirmed", "79"),
        ("80", "79", "off", "80"),
        ("0.05", ".05", "confirmed", "0.05"),
        ("5", "5.", "confirmed", "5."),
        ("1.26e-7", "1.3e-07", "confirmed", "1.3e-07"),
        ("1.26e-7", "1.2e-07", "truncated", "1.3e-07"),
        ("7", "0.298", "wrong", "7.000"),
        ("NaN", "0.298", "wrong", "NaN"),
        ("-0", "-0.000", "confirmed", "-0.000"),
        ("-0", "0.000", "confirmed", "0.000"),
        ("0", "-0.000", "wrong", "0.000"),
        ("0.25", "0.2", "confirmed", "0.2"),
        ("0.25", "0.3", "off", "0.2"),
        ("-0.25", "-0.2", "confirmed", "-0.2"),
        ("0.35", "0.4", "confirmed", "0.4"),
        ("0.35", "0.3", "truncated", "0.4"),
    ],
)
def test_a_printed_number_is_confirmed_only_if_the_value_rounds_to_it(value: str, text: str, verdict: str, corrected: str) -> None:
    """Sign, decimals and exponent of the text count; halves go to the even digit; the corrected text has the same form."""
    judgement = judge(Decimal(value), text)
    assert (judgement.verdict.value, judgement.corrected) == (verdict, corrected)


@pytest.mark.parametrize(
    ("value", "text", "verdict", "corrected"),
    [
        ("0.499685259", "5.2e-08", "wrong", "5.0e-01"),
        ("0.499685259", "5.20000E-8", "wrong", "4.99685E-1"),
        ("0.45000000004", "3e-8", "wrong", "5e-1"),
        ("9.994e-9", "1.000e-08", "off", "9.994e-09"),
        ("9.996e-8", "9.98e-8", "wrong", "1.00e-7"),
        ("12.7", "1.3e+03", "wrong", "1.3e+01"),
        ("1e12", "1.3e-03", "wrong", "1.0e+12"),
        ("1234567", "1.2e2", "wrong", "1.2e6"),
        ("-0.5", "1.2e-08", "wrong", "-5.0e-01"),
        ("-0.0123", "12.5e-3", "wrong", "-12.3e-3"),
        ("1.26e-7", "1.2e-07", "truncated", "1.3e-07"),
        ("0", "1.2e-3", "wrong", "0.0e-3"),
        ("0.5", "0.0e-3", "wrong", "5e-1"),
    ],
)
def test_a_corrected_text_is_written_as_the_printed_one(value: str, text: str, verdict: str, corrected: str) -> None:
    """In scientific notation with a normalised mantissa of as many digits, rounded once, where the magnitude is another."""
    judgement = judge(Decimal(value), text)
    assert (judgement.verdict.value, judgement.corrected) == (verdict, corrected)
    assert judge(Decimal(value), judgement.corrected).verdict is Verdict.CONFIRMED


@settings(derandomize=True)
@given(st.floats(-1e6, 1e6), st.integers(0, 9))
def test_every_float_confirms_its_own_rounding(value: float, places: int) -> None:
    """What Python prints for a float is confirmed for this float."""
    assert judge(value, f"{value:.{places}f}").verdict is Verdict.CONFIRMED


@settings(derandomize=True)
@given(st.decimals(-1000, 1000, places=6), st.integers(0, 4))
def test_the_corrected_text_is_confirmed(value: Decimal, places: int) -> None:
    """Whatever is printed, the corrected text is right and has as many decimals."""
    corrected = judge(value, f"{Decimal(7):.{places}f}").corrected
    assert judge(value, corrected).verdict is Verdict.CONFIRMED
    assert len(corrected.partition(".")[2]) == places


def test_a_value_of_any_size_is_judged() -> None:
    """Its corrected text has all digits, up to a limit; then it has an exponent."""
    large = judge(Decimal("1.5e1200"), "0.01")
    assert (large.verdict, large.corrected) == (Verdict.WRONG, f"15{'0' * 1199}.00")
    assert judge(Decimal("1.5e1200"), "1.5e1200").verdict is Verdict.CONFIRMED
    assert judge(Decimal("-1.5e90000"), "0.01") == Judgement(Verdict.WRONG, "-1.5000000000000000000000000e+90000")

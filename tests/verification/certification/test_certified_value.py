"""Certified values and their verdicts."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import pytest

from verification.certification.certified_value import CertifiedValue, certified_value, enclosure
from verification.verdicts.verdict import Verdict
from worked_examples.exact_numbers import Exact

NEAR = CertifiedValue(Decimal("0.1250000000000000000000000"), Decimal("5e-26"))


def test_a_value_on_a_rounding_boundary_is_undecided() -> None:
    """Where the exact value may lie on either side of a boundary, no verdict is given; an exact one is judged."""
    assert NEAR.judge("0.12").verdict is Verdict.UNDECIDED
    assert NEAR.judge("0.125").verdict is Verdict.CONFIRMED
    assert certified_value("0.125").judge("0.13").verdict is not Verdict.UNDECIDED


def test_an_undecided_value_admits_both_neighbours() -> None:
    """Either printed text may be the exact value's; a third may not."""
    assert NEAR.admits("0.12")
    assert NEAR.admits("0.13")
    assert not NEAR.admits("0.14")


@pytest.mark.parametrize(("text", "radius"), [("0.125", "0"), ("0", "0"), ("0.1250000000000000000000000", "5e-26")])
def test_a_short_string_is_exact(text: str, radius: str) -> None:
    """A string of 25 digits is rounded, by at most half of its last digit."""
    assert certified_value(text).radius == Decimal(radius)


def test_a_verdict_says_how_many_further_digits_are_guaranteed() -> None:
    """Beside the certified value is how far its digits go beyond the printed ones."""
    assert certified_value("1.5714").described("1.571") == "certified 1.5714 (exact)"
    known = certified_value("1.571428571428571428571429")
    assert known.described("1.571") == "certified 1.571428571428571428571429 (21 further digits guaranteed)"


def test_the_enclosure_contains_the_exact_value() -> None:
    """A third rounded to 25 digits is a ball around the third, hardly wider than half a digit."""
    ball = enclosure("0.3333333333333333333333333")
    with flint.ctx.workprec(200):
        assert ball.contains(flint.arb(1) / 3)
    assert float(ball.rad()) < 5.1e-26
    assert enclosure("0.125").is_exact()


@pytest.mark.parametrize("number", [Fraction(1, 4), 0.25, Exact.read("0.25"), flint.arb(0.25), "0.250"])
def test_a_short_decimal_has_no_error(number: Any) -> None:
    """It is the value itself, whatever type it has."""
    assert certified_value(number) == CertifiedValue(Decimal("0.25"), Decimal(0))


@pytest.mark.parametrize("number", [Fraction(1, 3), Exact.read(Fraction(1, 3))])
def test_a_third_has_the_error_of_its_digits(number: Any) -> None:
    """Its sixty digits are off by less than the radius."""
    value = certified_value(number)
    assert 0 < abs(Fraction(value.decimal) - Fraction(1, 3)) <= Fraction(value.radius) < Fraction(1, 10**59)


def test_a_ball_keeps_its_radius() -> None:
    """A little wider, never narrower; one without bound has none, and decides nothing."""
    ball = certified_value(flint.arb(1, 0.25))
    assert ball.decimal == 1
    assert Decimal("0.25") <= ball.radius <= Decimal("0.6")
    unknown = certified_value(flint.arb("nan"))
    assert unknown.judge("0.5") == (Verdict.UNDECIDED, "no digit is certain")
    assert unknown.described("0.5") == "certified: no digit is certain"


def test_an_infinity_is_written_as_programs_print_it() -> None:
    """In the correction, and in the description of the value."""
    value = certified_value(flint.arb("-inf"))
    assert value.judge("-1e9") == (Verdict.WRONG, "-inf")
    assert value.judge("nan") == (Verdict.WRONG, "-inf")
    assert value.described("-1e9") == "certified -inf (exact)"


@pytest.mark.parametrize(("ball", "text"), [(flint.arb("inf"), "inf"), (flint.arb("-inf"), "-inf")])
def test_an_exact_infinity_is_that_infinity(ball: flint.arb, text: str) -> None:
    """The logarithm of 0 is minus infinity, and no number; nan is neither."""
    assert certified_value(ball).judge(text).verdict is Verdict.CONFIRMED
    for other in {"inf", "-inf", "nan", "-3.5"} - {text}:
        assert certified_value(ball).judge(other).verdict is Verdict.WRONG


def test_more_digits_than_python_s_decimals_have_are_judged() -> None:
    """Thirty-three digits: the last of them decides."""
    value = CertifiedValue(Decimal("641539155182248332034.7252171779721234"), Decimal("1e-16"))
    assert value.judge("641539155182248332034.725217177972").verdict is Verdict.CONFIRMED
    assert value.judge("641539155182248332034.725217177973") == (Verdict.OFF, "641539155182248332034.725217177972")


def test_a_tie_is_told() -> None:
    """0.125 is as far from 0.12 as from 0.13; 0.1251 is not."""
    assert CertifiedValue(Decimal("0.125"), Decimal(0)).is_tie("0.13")
    assert not CertifiedValue(Decimal("0.1251"), Decimal(0)).is_tie("0.13")
    assert not NEAR.is_tie("0.13")


def test_near_zero_the_sign_is_not_certain() -> None:
    """Decimals show a zero; a scientific text shows that it may be one, and how large it may be."""
    tiny = CertifiedValue(Decimal("1e-92"), Decimal("5e-91"))
    assert tiny.judge("0.001") == (Verdict.OFF, "0.000")
    assert tiny.judge("0.000").verdict is Verdict.UNDECIDED
    assert tiny.judge("1.00e0") == (Verdict.WRONG, "0.00e0 or at most 5.1e-91 in size")


def test_only_digits_that_are_certain_are_shown() -> None:
    """The digits beyond the radius are left out, of the value and of the corrected text."""
    wide = CertifiedValue(Decimal("1.23456789"), Decimal("0.0002"))
    assert wide.described("1.2345") == "certified 1.235 (up to 2.0e-4 away)"
    assert wide.judge("1.5") == (Verdict.WRONG, "1.2")
    assert wide.judge("1.5000") == (Verdict.WRONG, "a number from 1.2344 to 1.2348")


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_a_finite_value_is_no_nan(text: str) -> None:
    """Nor an infinity; what should be printed has the digits that are certain."""
    assert NEAR.judge(text) == (Verdict.WRONG, "0.1250000000000000000000000")


def test_what_a_program_gave_is_confirmed() -> None:
    """A witness within the radius confirms a print; another print within it is undecided, and a witness outside says nothing."""
    value = CertifiedValue(Decimal("0.3"), Decimal("1e-7"), (0.30000001192092896, 0.35, float("nan")), "float32")
    assert value.judge("0.30000001").verdict is Verdict.CONFIRMED
    assert value.judge("nan").verdict is Verdict.WRONG
    assert value.judge("0.35").verdict is Verdict.WRONG
    assert value._replace(radius=Decimal("Infinity")).judge("0.30000001").verdict is Verdict.UNDECIDED
    assert value.judge("0.30000004").verdict is Verdict.UNDECIDED
    assert value.judge("0.3000003").verdict is Verdict.WRONG
    assert value.judge("0.3").verdict is Verdict.CONFIRMED


def test_an_enclosure_that_is_wider_than_every_print_decides_nothing() -> None:
    """Whatever its width."""
    for exponent in (30, 1200, 90000):
        wide = CertifiedValue(Decimal("0.1"), Decimal(f"4e{exponent}"))
        assert wide.judge("0.000000000000000001").verdict is Verdict.UNDECIDED

"""Certified values and their verdicts."""

from decimal import Decimal

import flint
import pytest

from verification.certification.certified_value import CertifiedValue, certified_value, enclosure
from verification.verdicts.verdict import Verdict

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

"""Printed numbers as intervals: what they admit together."""

from decimal import Decimal

import pytest

from verification.verdicts.intervals import Interval, half_square, half_squared_error, interval


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0.5", "0.45", "0.55"), ("-2", "-2.5", "-1.5"), ("1.3e-7", "1.25e-7", "1.35e-7"), ("0.00", "-0.005", "0.005")],
)
def test_a_print_is_every_number_that_rounds_to_it(text: str, low: str, high: str) -> None:
    """Half a unit of its last place on both sides."""
    assert interval(text) == Interval(Decimal(low), Decimal(high))


def test_intervals_meet_up_to_their_ends() -> None:
    """A common end is a common number."""
    unit = Interval(Decimal(0), Decimal(1))
    assert unit.meets(Interval(Decimal(1), Decimal(2)))
    assert Interval(Decimal(1), Decimal(2)).meets(unit)
    assert not unit.meets(Interval(Decimal("1.001"), Decimal(2)))


@pytest.mark.parametrize(
    ("text", "target", "low", "high"),
    [("0.5", "0", "0.10125", "0.15125"), ("0.0", "0", "0", "0.00125"), ("0.5", "1", "0.10125", "0.15125")],
)
def test_a_square_is_least_where_the_target_is_nearest(text: str, target: str, low: str, high: str) -> None:
    """0 where the target is within the interval."""
    assert half_square(interval(text), Decimal(target)) == Interval(Decimal(low), Decimal(high))


def test_printed_outputs_bound_the_loss() -> None:
    """Outputs printed to four decimals admit an interval of losses, and the printed loss lies in it."""
    admitted = half_squared_error(["0.4955", "0.5135", "0.4960", "0.4873"], ["0", "0", "1", "0"])
    assert admitted.meets(interval("0.5003"))
    assert not admitted.meets(interval("0.5006"))


def test_outputs_and_targets_are_as_many() -> None:
    """A missing target is an error, not a shorter sum."""
    with pytest.raises(ValueError, match="zip"):
        half_squared_error(["0.5", "0.5"], ["0"])

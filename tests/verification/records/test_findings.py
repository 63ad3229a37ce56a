"""Findings travel between processes, count digits, and share nothing with each other."""

import math
from typing import Any

import pytest

from verification.records import Ending, Findings, LoggedValue, Outcome


def findings() -> Findings:
    """The findings of a check that found nothing yet."""
    return Findings(example="a/b", engine="reference", check="outputs", dtype="float64")


def test_findings_are_the_same_after_a_round_trip() -> None:
    """What a worker sends as JSON is what the controller reads."""
    record = findings()
    record.outcome, record.problems, record.correct_digits = Outcome.FAILED, ["x"], {"output": "exact", "loss": 12.5}
    record.ending = Ending(how="stalled", epoch=3, loss=0.5)
    assert Findings.model_validate(record.model_dump(mode="json")) == record


def test_two_findings_share_no_list() -> None:
    """A problem of one is not a problem of another."""
    changed, untouched = findings(), findings()
    changed.problems.append("x")
    changed.notes.append("y")
    changed.correct_digits["loss"] = 1.0
    changed.images.log_rows = [LoggedValue(title="epoch 1", value="1")]
    assert (untouched.problems, untouched.notes, untouched.correct_digits, untouched.images.log_rows) == ([], [], {}, None)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ([math.inf], "exact"),
        ([math.inf, 15.257], 15.26),
        ([15.25, math.inf], 15.25),
        ([15.0, 14.0, 16.0], 14.0),
        ([0.0], 0.0),
        ([-1.5, math.inf], -1.5),
    ],
)
def test_the_fewest_digits_are_kept(digits: list[float], expected: float | str) -> None:
    """Exact is more than any number of digits."""
    record = findings()
    for number in digits:
        record.note_digits("output", number)
    assert record.correct_digits == {"output": expected}


@pytest.mark.parametrize("digits", [[math.nan, 15.0], [15.0, math.nan], [math.nan], [-math.inf], [math.inf, -math.inf]])
def test_no_digits_are_left_where_a_number_is_not_finite(digits: list[float]) -> None:
    """Nan and an infinite error leave no correct digit, whatever comes before or after; JSON knows neither."""
    record = findings()
    for number in digits:
        record.note_digits("output", number)
    assert record.correct_digits == {"output": 0.0}


@pytest.mark.parametrize(
    ("errors", "bounds", "tightness"),
    [
        ([0.25, 1.0], [1.0, 8.0], {"outputs": 0.25}),
        ([[0.25], [6.0]], [[1.0], [8.0]], {"outputs": 0.75}),
        (0.5, 2.0, {"outputs": 0.25}),
        (0.0, 2.0, {"outputs": 0.0}),
        ([3.0], [2.0], {"outputs": 1.5}),
        ([0.0], [0.0], {}),
        ([1.0], [0.0], {}),
        ([math.nan, math.inf, 1.0], [1.0, 1.0, math.inf], {}),
        ([math.nan, 0.5], [1.0, 1.0], {"outputs": 0.5}),
        ([1.0], [math.nan], {}),
        ([], [], {}),
    ],
)
def test_the_largest_error_over_its_bound_is_kept(errors: Any, bounds: Any, tightness: dict[str, float]) -> None:
    """Of any shape; an error without bound, none beside none, and what is not finite say nothing."""
    record = findings()
    record.note_tightness("outputs", errors, bounds)
    assert record.tightness == tightness
    record.note_tightness("outputs", 0.0, 1.0)
    assert record.tightness == {"outputs": 0.0} | tightness


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (Ending(how="stopped", epoch=79), "79"),
        (Ending(how="stopped", epoch=208021), "208,021"),
        (Ending(how="stopped", epoch=0), "0"),
        (Ending(how="stalled", epoch=1356), "stalled at 1,356"),
        (Ending(how="overflowed"), "overflowed"),
    ],
)
def test_an_ending_in_words(ending: Ending, text: str) -> None:
    """A stop is its epoch; anything else says how."""
    assert str(ending) == text

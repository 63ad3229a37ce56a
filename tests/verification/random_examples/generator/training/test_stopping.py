"""Random stopping criteria."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.training import stopping
from verification.random_examples.generator.training.stopping import CRITERIA, near, stopped
from verification.random_examples.truth.numbers import number
from verification.random_examples.truth.training import Epoch

LOSSES = (None, 8, 4, 1, 1)
REACHED = [
    Epoch(epoch, (), loss if loss is None else mpmath.mpf(loss), {} if loss is None else {"arg max": 4 - epoch})
    for epoch, loss in enumerate(LOSSES)
]


def test_what_is_tested_of_an_epoch() -> None:
    """There is no loss before the first epoch online, and no change before the second loss."""
    values = [[stopping.tested(tests, "arg max", REACHED[: end + 1]) for end in range(5)] for tests in ("loss", "change", "errors")]
    assert values == [[None, 8, 4, 1, 1], [None, None, 4, 3, 0], [None, 3, 2, 1, 0]]


@pytest.mark.parametrize("first", [0, 1])
def test_a_training_ends_at_the_first_epoch_of_which_its_criterion_holds(drawn: Callable[..., list[Any]], first: int) -> None:
    """Of every kind; the epoch is counted as the book counts. Where it never holds, no epoch is written."""

    @st.composite
    def ends(draw: st.DrawFn) -> tuple[dict[str, Any], int]:
        table: dict[str, Any] = {"max_epochs": 4}
        return table, len(draw(stopped(table, REACHED, first, of_classes=True))) - 1

    seen = set[str]()
    for table, last in drawn(ends(), 150):
        written = dict(table["stopping_criterion"])
        epoch = written.pop("epoch", None)
        ((key, threshold),) = written.items()
        holds = [end for end in range(5) if holds_at(key, threshold, end)]
        assert (epoch, last) == ((holds[0] + first, holds[0]) if holds else (None, 4))
        seen.add(key)
    assert seen == set(CRITERIA)


def holds_at(key: str, threshold: str, end: int) -> bool:
    """Whether a criterion holds at an epoch, in float64."""
    if key == "no_errors":
        return threshold == "arg max" and end == 4
    before, loss = (LOSSES[end - 1] if end else None), LOSSES[end]
    value = loss if key.startswith("loss") else None if loss is None or before is None else abs(loss - before)
    if value is None:
        return False
    return value < float(threshold) if key.endswith("below") else value <= float(threshold)


@pytest.mark.parametrize(
    ("loss", "units", "text"),
    [("0.12345", 0, "0.123"), ("0.12345", 1, "0.124"), ("1234.5", 0, "1230"), ("0", 1, "0"), ("2.5", -1, "2.49")],
)
def test_a_threshold_has_three_digits(loss: str, units: int, text: str) -> None:
    """Of the loss, some units more or less."""
    assert near(number(loss), units) == text


def test_a_loss_that_is_not_finite_makes_no_threshold(drawn: Callable[..., list[Any]]) -> None:
    """Only the others do; 1 where there are none."""
    overflown = [Epoch(epoch, (), loss, {}) for epoch, loss in enumerate((mpmath.mpf(8), mpmath.inf, mpmath.nan))]
    assert set(drawn(stopping.thresholds(overflown, "loss"), 20)) <= {"7.99", "8.00", "8.01"}
    assert set(drawn(stopping.thresholds(overflown[1:], "loss"), 20)) <= {"0.99", "1.00", "1.01"}

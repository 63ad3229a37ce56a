"""Quantities of a network at moments of its training, by hand: ``y = w x``, half squared error, one sample an update."""

from typing import Any

import pytest

from verification.random_examples.generator.derived.measured import MOMENTS, Measured, Point, Words, together
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers
from worked_examples.printed.moments import TAKEN

LINE = Network(("identity",), "half squared error")
X, T = numbers([["1"], ["2"], ["4"]]), numbers([["0"], ["0"], ["0"]])


def line(w: str) -> tuple[Any, ...]:
    """The parameters of a line through 0."""
    return numbers([[w]]), numbers(["0"])


@pytest.fixture
def measured() -> Measured:
    """An epoch from w = 2 by 1 to 0: a batch of two samples, then one of one; the book counts from 1."""
    seen = [(line("2"), X[:2], T[:2]), (line("1"), X[2:], T[2:])]
    rates = number("0.1"), number("0.2")
    known: dict[str, Any] = {
        "parameters": [line("2"), line("0")],
        "first_epoch": 1,
        "never_moves": False,
        "words": frozenset[str](),
    }
    training = Trained({}, **known, seen=[[], seen], rate=rates.__getitem__)
    made = Measured(LINE, Point(line("2"), X, T), training)
    made.further["test"] = numbers([["3"]]), numbers([["1"]])
    return made


def test_every_moment_of_fixtures_is_known() -> None:
    """A new one needs an entry here."""
    assert set(MOMENTS) == set(TAKEN)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("before the epoch", 42),
        ("after the epoch", 0),
        ("before each update, summed over the epoch", 18),
        ("before each update, averaged over the epoch", 9),
        ("before each update, averaged over the samples of the epoch", 28 / 3),
        ("before the last update of the epoch", 8),
    ],
)
def test_numbers_are_taken_at_their_moment(moment: str, expected: float, measured: Measured) -> None:
    """Of all data (4 + 16 + 64) / 2; of the batches (4 + 16) / 2 at w = 2, and 16 / 2 at w = 1."""
    value = measured.at_moment(Words("loss"), 0, moment)
    assert value is not None
    assert float(value) == pytest.approx(expected)


def test_batches_count_by_their_samples() -> None:
    """(10 * 2 + 8) / 3."""
    assert float(together([number("10"), number("8")], [2, 1], MOMENTS[4])) == pytest.approx(28 / 3)


@pytest.mark.parametrize(
    ("named", "text", "expected"),
    [
        (Words("output", place=(1, 0)), "output [1, 0]", 4),
        (Words("output", transposed=True, place=(0, 2)), "output transposed after update [0, 2]", 8),
        (Words("output", "test", place=(0, 0)), "output for test [0, 0]", 6),
        (Words("loss", "test"), "loss for test", 12.5),
        (Words("epoch"), "epoch", 1),
        (Words("learning rate"), "learning rate", 0.1),
    ],
)
def test_quantities_have_words_and_values(named: Words, text: str, expected: float, measured: Measured) -> None:
    """At the start of the epoch."""
    assert named.text(" after update" if "update" in text else "") == text
    value = measured.value(named, measured.point(0))
    assert value is not None
    assert float(value) == pytest.approx(expected)


def test_what_depends_on_targets_is_known(measured: Measured) -> None:
    """Losses and gradients, not outputs; an operand of further data makes a quantity one of them."""
    assert [measured.depends_on_targets(Words(words)) for words in ("loss", "target", "gradient of input", "output")] == [
        True
    ] * 3 + [False]
    assert measured.is_of_further_data(Words("loss", "test"))
    assert not measured.is_of_further_data(Words("loss"))
    assert measured.operand("learning_rate") == Words("learning rate")

"""Log rows: their epochs and when their numbers are taken."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples.schema.log import LogBlock, Table

NAME = "ours/loss-table"
TEXT = "1 0.5\n\n2 0.25\n3 0.125\n"


def block(**keys: Any) -> LogBlock:
    """Three rows of two numbers, on the lines 1, 3 and 4."""
    given = {"where": "console", "text": TEXT, "columns": ["n", "E"], "taken": "after the epoch"}
    return LogBlock.model_validate(given | keys | {"format": "%d %g"})


@pytest.mark.parametrize(
    ("keys", "first", "epochs"),
    [
        ({}, 0, {}),
        ({"every": 1}, 0, {1: 0, 3: 1, 4: 2}),
        ({"every": 1}, 1, {1: 1, 3: 2, 4: 3}),
        ({"every": 10}, 0, {1: 0, 3: 10, 4: 20}),
        ({"every": 10}, 1, {1: 10, 3: 20, 4: 30}),
        ({"every": 10, "epoch": 1}, 1, {1: 1, 3: 11, 4: 21}),
    ],
)
def test_rows_have_the_epochs_that_every_divides(keys: dict[str, int], first: int, epochs: dict[int, int]) -> None:
    """By their lines, empty ones left out; the first row may be at another epoch."""
    assert block(**keys).epochs(first) == epochs


def test_a_moment_is_that_of_all_names_or_of_each() -> None:
    """A table need not have all."""
    assert block().moment_of("E") == "after the epoch"
    table = block(taken={"E": "before the epoch"})
    assert [table.moment_of(name) for name in ("E", "n")] == ["before the epoch", ""]


SUMMED = 'taken = "before each update, summed over the epoch"'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SUMMED, "", "log[0].taken: missing"),
        (
            SUMMED,
            'taken = "after each epoch"',
            "log[0].taken: 'after each epoch' is not a moment of a training; accepted: after the epoch, before each "
            "update, averaged "
            "over the epoch, before each update, averaged over the samples of the epoch, before each update, summed "
            "over the epoch, "
            "before the epoch, before the last update of the epoch; did you mean 'after the epoch'?",
        ),
        (SUMMED, f"{SUMMED}\nepoch = 1", "log[0].epoch: that of the first row; write every = N too, the epochs from row to row"),
        (SUMMED, f"{SUMMED}\nevery = 0", "log[0].every: Input should be greater than or equal to 1; found 0"),
        (
            'error = "before each',
            'E = "before each',
            "log[1].taken: 'E' is not printed here; printed: epoch, error, mae, right, test_mae",
        ),
    ],
)
def test_a_wrong_log_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """With its key, and what to write."""
    assert refusal(NAME, old, new) == message


def test_rows_of_a_log_are_plain_decimals() -> None:
    """Percent signs and commas between thousands are read; a fraction stays what it is."""
    table = Table(where="here", text="n = 1,000, accuracy = 92.50%\nn = 2,000, accuracy = 1/2")
    assert table.lines == [{"n": "1000", "accuracy": "0.9250"}, {"n": "2000", "accuracy": "1/2"}]


def test_a_fit_is_a_log() -> None:
    """Every epoch of a progress bar is a row."""
    bar = "4/4 [====] - 0s 2ms/step - loss: 0.{} - accuracy: 0.50"
    table = Table(where="here", text="\n".join(f"Epoch {epoch}/2\n{bar.format(9 - epoch)}" for epoch in (1, 2)))
    assert table.lines == [{"Epoch": "1", "loss": "0.8", "accuracy": "0.50"}, {"Epoch": "2", "loss": "0.7", "accuracy": "0.50"}]

"""Rows of logs."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.random_examples.generator.derived.logs import MOST_ROWS, epochs_of_rows, smallest_shape
from verification.random_examples.generator.derived.measured import Measured, Point
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import numbers
from worked_examples.schema.log import LogBlock

START = Point((numbers([["1"]]), numbers(["0"])), numbers([["1"], ["2"]]), numbers([["1"], ["2"]]))


@pytest.mark.parametrize("first", [0, 1])
def test_rows_are_of_epochs_that_are_trained(first: int, drawn: Callable[..., list[Any]]) -> None:
    """Those that follow from ``every`` are the epochs that a log has by these keys, also where the first is not given."""
    training = Trained({}, [START.parameters] * 8, first, never_moves=False, words=frozenset())
    rows = drawn(epochs_of_rows(training), 60)
    assert {tuple(keys) for keys, _ in rows} == {(), ("every",), ("every", "epoch")}
    for keys, epochs in rows:
        assert all(0 <= epoch < training.last for epoch in epochs)
        assert len(epochs) <= MOST_ROWS
        if keys and epochs:
            text = "\n".join(["loss = 1"] * len(epochs))
            block = LogBlock(where="console", text=text, taken="after the epoch", **keys)
            assert [number - first for number in block.epochs(first).values()] == epochs


def test_entries_are_those_that_every_batch_has() -> None:
    """The first one along an axis of samples."""
    measured = Measured(Network(("identity",), "half squared error"), START, None)
    assert smallest_shape(measured, numbers([["1", "2", "3"]] * 2)) == [1, 3]

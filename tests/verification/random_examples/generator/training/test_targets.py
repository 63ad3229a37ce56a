"""Random targets."""

from collections.abc import Callable
from typing import Any

from verification.random_examples.generator.training.targets import as_labels, targets
from worked_examples.schema.one_hot import labels_read


def test_targets_of_a_cross_entropy_are_not_negative(drawn: Callable[..., list[Any]]) -> None:
    """One-hot rows, rows that sum to 1, and others."""
    rows = [[float(text) for text in row] for table in drawn(targets(2, 3, "cross entropy"), 40) for row in table]
    assert min(min(row) for row in rows) >= 0
    sums = [sum(row) for row in rows]
    assert any(abs(total - 1) < 1e-9 for total in sums)
    assert any(abs(total - 1) > 1e-9 for total in sums)


def test_one_hot_rows_may_be_labels(drawn: Callable[..., list[Any]]) -> None:
    """With the number of classes and without, wherever these are the same rows; other rows stay as they are."""
    for rows in ([["0", "1"], ["1", "0"]], [["1", "0"]], [["1"]]):
        written = {str(table) for table in drawn(as_labels(rows), 30)}
        assert all(labels_read(text) == rows for text in written if text.startswith("one hot"))
        assert len(written) == (2 if rows == [["1", "0"]] else 3)
    assert drawn(as_labels([["0.5", "0.5"]]))[0] == [["0.5", "0.5"]]

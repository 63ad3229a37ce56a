"""Targets written as labels: rows with one 1, and what is no list of labels."""

import pytest

from worked_examples.schema.data import Data
from worked_examples.schema.one_hot import labels_read, one_hot

ACCEPTED = "accepted: 'one hot of [0, 1, 2]', or with a number of classes: 'one hot of [0, 1, 1] with 3 classes'"


def test_a_label_is_a_row_with_one_1() -> None:
    """There are as many columns as labels up to the greatest, or as the text says."""
    assert one_hot("one hot of [0, 2]") == [["1", "0", "0"], ["0", "0", "1"]]
    assert one_hot("one hot of [1] with 3 classes") == [["0", "1", "0"]]


def test_targets_may_be_labels() -> None:
    """They are then given data like any others."""
    data = Data.model_validate({"input": [["1"], ["2"]], "target": "one hot of [1, 0]"})
    assert data.target == [["0", "1"], ["1", "0"]]


def test_anything_else_is_left_as_it_is() -> None:
    """Whoever reads it says what is wrong with it."""
    assert labels_read("T") == "T"
    assert labels_read([["1"]]) == [["1"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one hot of 1", f"'one hot of 1' is not a list of labels; {ACCEPTED}"),
        ("one hot of [-1]", f"'one hot of [-1]' is not a list of labels; {ACCEPTED}"),
        ("one hot of [0, 3] with 3 classes", "the label 3 is not one of 3 classes; accepted: labels from 0 to 2"),
        (f"one hot of [{', '.join(['9999'] * 71)}]", "710,000 numbers; accepted: at most 700,000"),
    ],
    ids=["no-list", "negative", "too-great", "too-many"],
)
def test_what_is_no_list_of_labels_is_refused(text: str, message: str) -> None:
    """In one line, with what is accepted."""
    with pytest.raises(ValueError, match=r"^") as caught:
        one_hot(text)
    assert str(caught.value) == message

"""Targets written as labels: ``one hot of [0, 1, 1, 0]`` stands for one row a label, with a 1 in the column of its number."""

import re
from typing import Any

from worked_examples.limits import entries_fault

BEGIN = "one hot of"
WORDS = re.compile(r"one hot of \[ *([0-9]{1,4}(?: *, *[0-9]{1,4})*) *\](?: with ([1-9][0-9]{0,3}) classes)?")
ACCEPTED = "'one hot of [0, 1, 2]', or with a number of classes: 'one hot of [0, 1, 1] with 3 classes'"


def one_hot(text: str) -> list[list[str]]:
    """The rows of a text of labels; there are as many classes as it says, else one more than the greatest label.

    Raises:
        ValueError: where the text is none, or a label is not below the number of classes.

    """
    match = WORDS.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a list of labels; accepted: {ACCEPTED}")
    labels = [int(label) for label in match[1].split(",")]
    classes = int(match[2]) if match[2] else max(labels) + 1
    if max(labels) >= classes:
        raise ValueError(f"the label {max(labels)} is not one of {classes} classes; accepted: labels from 0 to {classes - 1}")
    if fault := entries_fault(len(labels) * classes):
        raise ValueError(fault)
    return [["1" if column == label else "0" for column in range(classes)] for label in labels]


def labels_read(value: Any) -> Any:
    """The rows of a text of labels; anything else unchanged."""
    return one_hot(value) if isinstance(value, str) and value.startswith(BEGIN) else value

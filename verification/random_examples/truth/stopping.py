"""What the oracle tests where a training may stop: errors, the samples in another class than their targets; and patience."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath

from verification.random_examples.truth.numbers import Array, first_greatest, sign

CLASSES: Mapping[str, Callable[[Array], Any]] = {
    "above 0": lambda row: [sign(value) > 0 for value in row],
    "above 0.5": lambda row: [sign(value - mpmath.mpf(1) / 2) > 0 for value in row],
    "arg max": first_greatest,
}
"""The class of a row of outputs, or of targets, by the words of ``no_errors``."""


def errors(y: Array, t: Array) -> dict[str, int]:
    """How many samples are in another class than their targets, by each way of telling classes."""
    return {
        words: sum(class_of(row) != class_of(target) for row, target in zip(y, t, strict=True))
        for words, class_of in CLASSES.items()
    }


def waited(losses: Sequence[Any], min_delta: Any) -> int:
    """How many epochs at the end of some were in vain: none of them was lower than the least before by more than ``min_delta``."""
    least, best = losses[0], 0
    for place, loss in enumerate(losses):
        if sign(least - loss - min_delta) > 0:
            least, best = loss, place
    return len(losses) - 1 - best

"""What a stopping criterion tests where an epoch ends: the loss, how far it changed since the epoch before, or the errors.

An error is a sample of which an output ``y`` and its target ``t`` (both ``(batch, outputs)``) are not in the same class.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reference.comparisons import Array, argmax, less, positive


def above_zero(y: Array, t: Array) -> Any:
    """The samples of which an output is above 0 and its target is not, or the other way round."""
    return np.sum(np.any(positive(y) != positive(t), axis=1))


def above_half(y: Array, t: Array) -> Any:
    """The same with 1/2 in the place of 0."""
    return above_zero(2 * y - 1, 2 * t - 1)


def other_class(y: Array, t: Array) -> Any:
    """The samples of which another output is the greatest than of the targets; the first of several equal ones counts."""
    return np.sum(argmax(y, axis=1) != argmax(t, axis=1))


ERRORS: Mapping[str, Callable[[Array, Array], Any]] = {
    "above 0": above_zero,
    "above 0.5": above_half,
    "arg max": other_class,
}


class Observer:
    """The value that a stopping criterion tests, epoch after epoch.

    ``tests`` is ``"loss"``, ``"change"`` (its absolute value, from the second loss on) or ``"errors"``, counted by ``count``: those
    of the present epoch, each before its own update. A value that is None stops nothing.

    Or it is ``"patience"``: how many epochs it lasts yet. An epoch whose loss of further data, told by ``watch``, is not below the
    ``least`` one by more than ``min_delta`` takes one of them; any other epoch gives all of them back.
    """

    def __init__(
        self, tests: str, count: Callable[[Array, Array], Any] | None = None, patience: int = 0, min_delta: Any = 0
    ) -> None:
        self.tests, self.count, self.patience, self.min_delta = tests, count, patience, min_delta
        self.least: Any = None
        self.of_least: Sequence[Sequence[Array]] = ()
        self.n_waited: int | None = None
        self.before: Any = None
        self.n_errors: Any = None

    def begin_epoch(self) -> None:
        """Count from 0."""
        self.n_errors = 0

    def observe(self, y: Array, t: Array) -> None:
        """Count the errors of a batch, where they are counted."""
        self.n_errors += self.count(y, t) if self.count else 0

    def value(self, loss: Any) -> Any:
        """What is tested of the present epoch, whose loss is given; not finite where the loss is not."""
        if self.tests == "loss":
            return loss
        if self.tests == "change":
            return None if self.before is None else abs(loss - self.before)
        if self.tests == "patience":
            return None if self.n_waited is None else loss * 0 + (self.patience - self.n_waited)
        return None if self.n_errors is None else loss * 0 + int(self.n_errors)

    def watch(self, loss: Any, *deciding: Sequence[Array]) -> None:
        """Compare the loss of further data, after an epoch, with the least one before.

        Each of ``deciding`` are arrays that decide the loss, such as all parameters: where they are those of the least one, the
        loss is the same, although a ball of it reaches below itself.
        """
        not_finite = loss - loss != 0  # of no ball: it may be the same as itself
        pairs = zip(deciding, self.of_least, strict=False)
        is_same = any(all(np.all(now == then) for now, then in zip(*pair, strict=True)) for pair in pairs)
        if self.least is None or (not not_finite and not is_same and less(loss + self.min_delta, self.least)):
            self.least, self.of_least, self.n_waited = loss, deciding, 0
        else:
            self.n_waited = (self.n_waited or 0) + 1

    def end_epoch(self, loss: Any) -> None:
        """Keep the loss for the next epoch."""
        self.before = loss

    def forget(self) -> None:
        """Begin anew."""
        self.before = self.n_errors = self.least = self.n_waited = None
        self.of_least = ()

"""Losses of the oracle by their terms, one for every output of every sample, and the penalty of parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, entrywise
from verification.random_examples.truth.operations import OPERATIONS, total


def entropy(y: Array, t: Array) -> Array:
    """The cross entropy of probabilities."""
    return -t * entrywise(mpmath.log, y)


def binary_entropy(y: Array, t: Array) -> Array:
    """The cross entropy of outputs that are each a probability."""
    return entropy(y, t) + entropy(1 - y, 1 - t)


LOSSES: Mapping[str, Callable[[Branches, Array, Array], Array]] = {
    "half squared error": lambda _, y, t: (y - t) ** 2 / 2,
    "mean squared error": lambda _, y, t: (y - t) ** 2 / y.shape[1],
    "squared error": lambda _, y, t: (y - t) ** 2,
    "cross entropy": lambda _, y, t: entropy(y, t),
    "sparse cross entropy": lambda _, y, t: entropy(y, t),
    "binary cross entropy": lambda _, y, t: binary_entropy(y, t),
    "cross entropy from logits": lambda branches, y, t: entropy(OPERATIONS["softmax"](branches, {}, y), t),
    "binary cross entropy from logits": lambda branches, y, t: binary_entropy(OPERATIONS["sigmoid"](branches, {}, y), t),
    "hinge": lambda branches, y, t: OPERATIONS["maximum"](branches, {}, 1 - t * y, t * 0),
}
"""The terms, shaped like outputs and targets ``(samples, outputs)``."""


class Penalty(NamedTuple):
    """``l1 sum |w| + l2 sum w^2``, the second sum halved or not, of the parameters at some places."""

    l1: Any
    l2: Any
    half: bool
    places: tuple[int, ...]

    def of(self, parameters: Sequence[Array], branches: Branches | None = None) -> Any:
        """The penalty; the derivative of ``|w|`` at 0 is declared to be 0."""
        arrays, taken = [parameters[place] for place in self.places], branches or Branches()
        squares = sum(total(w * w) for w in arrays)
        return self.l1 * sum(total(OPERATIONS["abs"](taken, {}, w)) for w in arrays) + self.l2 * (
            squares / 2 if self.half else squares
        )

"""Which pattern each update sees, the same for every engine."""

from functools import cache

import numpy as np

from adapters import Array
from fixtures import NetworkExample
from reference.order import shuffled


def orders(example: NetworkExample) -> Array | None:
    """The patterns of every update, int32 ``(epochs, updates)``; None where an epoch is one update with all patterns.

    One row stands for all epochs where the order is given; see ``of_epoch``.
    """
    training = example.training
    if training is None or training.updates(example.data.patterns) == 1:
        return None
    return schedule(example.data.patterns, training.max_epochs, training.seed)


@cache
def schedule(patterns: int, epochs: int, seed: int | None) -> Array:
    """Given orders repeat from epoch to epoch; shuffled ones have a seed."""
    rows = [list(range(patterns))] if seed is None else list(shuffled(patterns, epochs, seed))
    return np.array(rows, dtype=np.int32)


def of_epoch(schedule: Array, epoch: int) -> Array:
    """The patterns ``(updates,)`` from ``epoch`` to the next; beyond the book's last epoch the orders begin again."""
    row: Array = schedule[epoch % len(schedule)]
    return row

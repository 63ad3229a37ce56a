"""Which pattern each update sees, the same for every engine."""

from functools import cache

import numpy as np

from adapters import Array
from reference.shuffling import shuffled
from worked_examples import FixtureError, NetworkExample
from worked_examples.schema.minibatch import Learning


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


def batches(learning: Learning, patterns: int) -> Array:
    """The patterns of every update of a learning, int32 ``(updates, batch)``.

    Raises:
        FixtureError: where an epoch is no whole number of batches.

    """
    if learning.order == "with repetition":
        return repeated(learning, patterns)
    if patterns % learning.batch:
        raise FixtureError(f"learning.batch: {patterns} images are no whole number of batches of {learning.batch}")
    epochs = -(-learning.total(patterns) * learning.batch // patterns)
    rows = schedule(patterns, epochs, learning.seed) if learning.order == "swapped" else permuted(patterns, epochs, learning.seed)
    return rows.reshape(-1, learning.batch)[: learning.total(patterns)]


def permuted(patterns: int, epochs: int, seed: int) -> Array:
    """A new permutation for each epoch, ``(epochs, patterns)``."""
    random = np.random.RandomState(seed)
    return np.array([random.permutation(patterns) for _ in range(epochs)], dtype=np.int32)


def repeated(learning: Learning, patterns: int) -> Array:
    """For each update a batch drawn from all patterns, as ``numpy.random.choice(patterns, batch)`` does: with repetition."""
    random = np.random.RandomState(learning.seed)
    size = learning.total(patterns), learning.batch
    return np.asarray(random.choice(patterns, size), dtype=np.int32)

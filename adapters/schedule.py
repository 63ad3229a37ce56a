"""Which pattern each update sees, the same for every engine."""

from functools import cache

import numpy as np

from adapters import Array
from reference.shuffling import shuffled
from worked_examples import FixtureError, NetworkExample
from worked_examples.schema.minibatch import MinibatchTraining


def sample_order(example: NetworkExample) -> Array | None:
    """The patterns of every update, int32 ``(epochs, updates)``; None where an epoch is one update with all patterns.

    One row stands for all epochs where the order is given; see ``of_epoch``.
    """
    training = example.training
    if training is None or training.updates(example.data.samples) == 1:
        return None
    return schedule(example.data.samples, training.max_epochs, training.seed)


@cache
def schedule(samples: int, epochs: int, seed: int | None) -> Array:
    """Given orders repeat from epoch to epoch; shuffled ones have a seed."""
    rows = [list(range(samples))] if seed is None else list(shuffled(samples, epochs, seed))
    return np.array(rows, dtype=np.int32)


def of_epoch(schedule: Array, epoch: int) -> Array:
    """The patterns ``(updates,)`` from ``epoch`` to the next; beyond the book's last epoch the orders begin again."""
    row: Array = schedule[epoch % len(schedule)]
    return row


def minibatches(learning: MinibatchTraining, samples: int) -> Array:
    """The patterns of every update of a learning, int32 ``(updates, batch)``.

    Raises:
        FixtureError: where an epoch is no whole number of batches.

    """
    if learning.order == "with replacement":
        return repeated(learning, samples)
    if samples % learning.batch_size:
        raise FixtureError(f"training.batch_size: {samples} images are no whole number of batches of {learning.batch_size}")
    epochs = -(-learning.total(samples) * learning.batch_size // samples)
    rows = (
        schedule(samples, epochs, learning.seed) if learning.order == "swap shuffle" else permuted(samples, epochs, learning.seed)
    )
    return rows.reshape(-1, learning.batch_size)[: learning.total(samples)]


def permuted(samples: int, epochs: int, seed: int) -> Array:
    """A new permutation for each epoch, ``(epochs, patterns)``."""
    random = np.random.RandomState(seed)
    return np.array([random.permutation(samples) for _ in range(epochs)], dtype=np.int32)


def repeated(learning: MinibatchTraining, samples: int) -> Array:
    """For each update a batch drawn from all patterns, as ``numpy.random.choice(patterns, batch)`` does: with repetition."""
    random = np.random.RandomState(learning.seed)
    size = learning.total(samples), learning.batch_size
    return np.asarray(random.choice(samples, size), dtype=np.int32)

"""Which sample each update sees, the same for every engine."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, overload

import numpy as np

from adapters.protocol import Array
from reference.optimization.learning_rates import inverse_time_decay, step_decay
from reference.optimization.shuffling import shuffled
from worked_examples import ImageExample, NetworkExample, numbers
from worked_examples.schema.trainings.images import ImageTraining
from worked_examples.schema.trainings.learning_rate import LearningRates
from worked_examples.schema.trainings.training import Training


@overload
def training_of(example: NetworkExample) -> Training: ...
@overload
def training_of(example: ImageExample) -> ImageTraining: ...
def training_of(example: NetworkExample | ImageExample) -> Training | ImageTraining:
    """The example's training.

    Raises:
        ValueError: where it has none.

    """
    if example.training is None:
        raise ValueError(f"{example.id} has no training")
    return example.training


def sample_order(example: NetworkExample) -> Array | None:
    """The samples of every epoch in turn, int32 ``(epochs, samples)``; None where an epoch is one update with the full batch.

    A sequential order has one row for all epochs, or where epochs are updates one for each batch; see ``of_epoch``. A batch is the
    next ``batch_size`` of a row, or what is left.
    """
    return None if training_of(example).is_full_batch(example.data.samples) else visited(example)


def visited(example: NetworkExample) -> Array:
    """The samples of every epoch in turn, also of one update with all of them."""
    training, samples = training_of(example), example.data.samples
    if isinstance(training.order, list):
        return np.array(training.order, dtype=np.int32)
    size = samples if training.batch_size == "full" else training.batch_size
    passes = -(-training.max_epochs * training.updates(samples) // training.batches(samples))
    rows = schedule(training.order, samples, passes, training.seed, size)
    return rows.reshape(-1, size) if training.epoch_counts == "updates" else rows


@lru_cache(maxsize=16)  # every trainer of an example asks for the same one; a long swap shuffle takes longer than an epoch
def schedule(order: str, samples: int, epochs: int, seed: int | None, batch_size: int) -> Array:
    """Orders of the samples: one sequential row without a seed, else a row for each epoch.

    With replacement a row has as many batches as fit over all samples, and each is a random one of all samples, as
    ``numpy.random.choice(samples, batch_size)`` gives it.
    """
    random = np.random.RandomState(seed)
    match order:
        case "permutation":
            rows: Any = [random.permutation(samples) for _ in range(epochs)]
        case "with replacement":
            rows = random.choice(samples, (epochs, -(-samples // batch_size) * batch_size))
        case "swap shuffle":
            rows = list(shuffled(samples, epochs, seed or 0))
        case _:
            rows = [range(samples)]
    return np.array(rows, dtype=np.int32)


def of_epoch(schedule: Array, epoch: int) -> Array:
    """The samples in turn from ``epoch`` to the next; beyond the last scheduled epoch the orders begin again."""
    row: Array = schedule[epoch % len(schedule)]
    return row


def batches_of(order: Array, epoch: int, batch_size: int) -> list[Array]:
    """The samples of every update of an epoch."""
    row = of_epoch(order, epoch)
    return [row[start : start + batch_size] for start in range(0, len(row), batch_size)]


def batches_at(example: NetworkExample, epoch: int) -> list[Array]:
    """The samples of every update of an epoch; a full batch has all in their own order."""
    size = training_of(example).batch_size
    return [np.arange(example.data.samples)] if size == "full" else batches_of(visited(example), epoch, size)


def learning_rate_at(training: Training, number_type: str) -> Callable[[Any], Any]:
    """The learning rate in an epoch, or in each of an array of epochs, in a number type."""
    given = training.learning_rate
    if isinstance(given, LearningRates):
        start = numbers(given.start, number_type)[()]
        if given.times is not None:
            return partial(step_decay, start, numbers(given.times, number_type)[()], given.every or 1)
        return partial(inverse_time_decay, start, numbers(given.decay, number_type)[()])
    listed = numbers(given if isinstance(given, list) else [given], number_type)
    return lambda epoch: listed[np.minimum(epoch, len(listed) - 1)]


def learning_rates(training: Training) -> Array:
    """The learning rate of every epoch in float64; one number where it does not change."""
    epochs = 1 if isinstance(training.learning_rate, str) else training.max_epochs
    return np.asarray(learning_rate_at(training, "float64")(np.arange(epochs)), dtype=float)


def minibatches(training: ImageTraining, samples: int, updates: int) -> Array:
    """The samples of the first updates in batches of equal size, int32 ``(updates, batch_size)``.

    Raises:
        ValueError: where the batch size does not divide the number of samples, though an epoch sees every sample once.

    """
    size = training.batch
    if training.order != "with replacement" and samples % size:
        raise ValueError(f"{samples} samples are not a whole number of batches of {size}")
    rows = schedule(str(training.order), samples, -(-updates // -(-samples // size)), training.seed, size)
    return rows.reshape(-1, size)[:updates]

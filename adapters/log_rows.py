"""The course of a learning, the same for every engine: from line to line of a table, and what stands in each line."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from adapters import Array, BatchMetrics, MinibatchTrainer
from adapters.training import DivergedError

CHUNK = 10_000  # patterns that are handed to an engine at once: 63 MB of MNIST in float64
INFERENCE_BATCH = 1_000  # patterns at a time where the test images are looked through


class Samples(NamedTuple):
    """Inputs ``(patterns, inputs)`` in float64, and labels ``(patterns,)``."""

    x: Array
    labels: Array


class LogRow(NamedTuple):
    """After ``updates`` updates: the quantities of ``fixtures.training``, and the smallest gap since the last row."""

    updates: int
    values: Mapping[str, float]
    gap: float


def train_with_log(
    trainer: MinibatchTrainer, train: Samples, test: Samples, batches: Array, lines: Iterable[int], wanted: set[str]
) -> Iterator[LogRow]:
    """Learn ``batches (updates, batch)``; stop at each of ``lines``, given in updates, for the quantities that are wanted.

    Epochs end after as many updates as one pass over the training images takes.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the update.

    """
    done, epoch = 0, len(train.labels) // batches.shape[1]
    total = BatchMetrics(0.0, 0, np.inf)
    for line in lines:
        since = BatchMetrics(0.0, 0, np.inf)
        for start, end in pieces(done, line, epoch):
            if start % epoch == 0:
                total = BatchMetrics(0.0, 0, np.inf)
            found = train_chunks(trainer, train, batches[start:end])
            if not np.isfinite(found.loss):
                raise DivergedError(f"the loss is {found.loss} by update {end}; the learning rate is too large for these weights")
            since, total = added(since, found), added(total, found)
        counted = (line - done, (line - 1) % epoch + 1)
        done = line
        yield LogRow(line, values(trainer, train, test, batches[line - 1], since, total, counted, wanted), since.gap)


def pieces(start: int, end: int, epoch: int) -> Iterator[tuple[int, int]]:
    """The way from one line to the next, cut where an epoch ends."""
    cuts = [start, *range((start // epoch + 1) * epoch, end, epoch), end]
    yield from pairwise(cuts)


def train_chunks(trainer: MinibatchTrainer, train: Samples, batches: Array) -> BatchMetrics:
    """Learn batches in equal parts of at most ``CHUNK`` patterns: a compiled loop is compiled once for each size."""
    count, batch = batches.shape
    size = max(part for part in range(1, count + 1) if count % part == 0 and (part * batch <= CHUNK or part == 1))
    total = BatchMetrics(0.0, 0, np.inf)
    for rows in batches.reshape(-1, size * batch):
        total = added(total, trainer.learn(train.x[rows], train.labels[rows], batch))
    return total


def added(one: BatchMetrics, other: BatchMetrics) -> BatchMetrics:
    """Both together."""
    return BatchMetrics(one.loss + other.loss, one.n_correct + other.n_correct, min(one.gap, other.gap))


def values(
    trainer: MinibatchTrainer,
    train: Samples,
    test: Samples,
    batch: Array,
    since: BatchMetrics,
    total: BatchMetrics,
    counted: tuple[int, int],
    wanted: set[str],
) -> dict[str, float]:
    """The quantities of one line; ``counted`` are the updates since the last row, and in this epoch."""
    samples = counted[1] * len(batch)
    found: dict[str, Any] = {
        "n_correct": lambda: total.n_correct,
        "n_wrong": lambda: samples - total.n_correct,
        "accuracy": lambda: total.n_correct / samples,
        "loss since the last row": lambda: since.loss / counted[0],
        "loss in this epoch": lambda: total.loss / counted[1],
        "loss of the batch": lambda: trainer.loss(train.x[batch], train.labels[batch]),
        "training accuracy": lambda: accuracy(trainer, train),
        "test accuracy": lambda: accuracy(trainer, test),
        "test loss": lambda: trainer.loss(test.x, test.labels),
    }
    return {name: float(found[name]()) for name in found if name in wanted}


def min_margin(outputs: Array) -> float:
    """The smallest distance between the two greatest entries of a row of ``(patterns, classes)``."""
    second, first = np.partition(outputs, -2, axis=1)[:, -2:].T
    return float((first - second).min())


def accuracy(trainer: MinibatchTrainer, samples: Samples) -> float:
    """The share of patterns whose greatest output is the right one."""
    size = max(part for part in range(1, INFERENCE_BATCH + 1) if len(samples.labels) % part == 0)
    return float(np.mean(trainer.outputs(samples.x, size).argmax(axis=1) == samples.labels))

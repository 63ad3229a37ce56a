"""The log rows of a training, the same for every engine: train from row to row, and compute each row's quantities."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from adapters.batch_metrics import NO_BATCHES, combined
from adapters.protocol import Array, BatchMetrics, Trainer
from adapters.training import DivergedError

CHUNK = 10_000  # samples that are handed to an engine at once: 63 MB of MNIST in float64
INFERENCE_BATCH = 1_000  # samples at a time for the accuracy on a whole set


class Samples(NamedTuple):
    """Inputs ``(samples, inputs)`` and targets ``(samples, outputs)`` in float64."""

    x: Array
    t: Array

    @property
    def labels(self) -> Array:
        """The classes ``(samples,)``, each that of the greatest target."""
        return np.asarray(self.t.argmax(axis=1))

    def rows(self, indices: Array | slice) -> "Samples":
        """Some of the samples."""
        return Samples(self.x[indices], self.t[indices])


class LogRow(NamedTuple):
    """After ``updates`` updates: the quantities by name, and the minimum margin since the last row."""

    updates: int
    values: Mapping[str, float]
    min_margin: float


class Interval(NamedTuple):
    """The metrics of so many updates: since the last row, or in this epoch so far."""

    updates: int
    metrics: BatchMetrics


def train_with_log(
    trainer: Trainer, train: Samples, test: Samples, batches: Array, log_updates: Iterable[int], wanted: set[str]
) -> Iterator[LogRow]:
    """Train on the batches ``(updates, batch_size)``, indices of training samples; yield a row after each of ``log_updates``.

    An epoch is as many updates as one pass over the training samples takes. ``wanted`` names the quantities of a row.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the update.

    """
    done, epoch, in_epoch = 0, len(train.t) // batches.shape[1], NO_BATCHES
    for row in log_updates:
        since_row = NO_BATCHES
        for start, end in intervals(done, row, epoch):
            metrics = train_chunks(trainer, train, batches[start:end])
            if not np.isfinite(metrics.loss):
                raise DivergedError(f"the loss is {metrics.loss} by update {end}; the learning rate is too large for these weights")
            since_row = combined(since_row, metrics)
            in_epoch = combined(NO_BATCHES if start % epoch == 0 else in_epoch, metrics)
        known = quantities(
            trainer, train, test, batches[row - 1], Interval(row - done, since_row), Interval((row - 1) % epoch + 1, in_epoch)
        )
        yield LogRow(row, {name: float(compute()) for name, compute in known.items() if name in wanted}, since_row.min_margin)
        done = row


def intervals(start: int, end: int, epoch: int) -> Iterator[tuple[int, int]]:
    """The updates from one row to the next, cut where an epoch ends."""
    return pairwise([start, *range((start // epoch + 1) * epoch, end, epoch), end])


def train_chunks(trainer: Trainer, train: Samples, batches: Array) -> BatchMetrics:
    """Train on batches in equal chunks of at most ``CHUNK`` samples: a compiled loop is compiled once for each size."""
    count, batch_size = batches.shape
    chunk = max(size for size in range(1, count + 1) if count % size == 0 and (size * batch_size <= CHUNK or size == 1))
    total = NO_BATCHES
    for rows in batches.reshape(-1, chunk * batch_size):
        total = combined(total, trainer.train_batches(*train.rows(rows), batch_size))
    return total


def quantities(
    trainer: Trainer, train: Samples, test: Samples, batch: Array, since_row: Interval, in_epoch: Interval
) -> dict[str, Callable[[], float]]:
    """How each quantity of a row is computed; ``batch`` holds the samples of the last update."""
    samples, n_correct = in_epoch.updates * len(batch), in_epoch.metrics.n_correct
    return {
        "n_correct": lambda: n_correct,
        "n_wrong": lambda: samples - n_correct,
        "accuracy": lambda: n_correct / samples,
        "loss since the last row": lambda: since_row.metrics.loss / since_row.updates,
        "loss in this epoch": lambda: in_epoch.metrics.loss / in_epoch.updates,
        "loss of the batch": lambda: trainer.loss_on(*train.rows(batch)),
        "training accuracy": lambda: accuracy(trainer, train),
        "test accuracy": lambda: accuracy(trainer, test),
        "test loss": lambda: trainer.loss_on(*test),
    }


def accuracy(trainer: Trainer, samples: Samples) -> float:
    """The fraction of correctly classified samples."""
    size = max(size for size in range(1, INFERENCE_BATCH + 1) if len(samples.t) % size == 0)
    return float(np.mean(trainer.outputs_for(samples.x, size).argmax(axis=1) == samples.labels))

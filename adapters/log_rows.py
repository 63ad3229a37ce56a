"""The course of a learning, the same for every engine: from line to line of a table, and what stands in each line."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from adapters import Array, Learner, Tally
from adapters.training import DivergedError

CHUNK = 10_000  # patterns that are handed to an engine at once: 63 MB of MNIST in float64
ASKED = 1_000  # patterns at a time where the test images are looked through


class Patterns(NamedTuple):
    """Inputs ``(patterns, inputs)`` in float64, and labels ``(patterns,)``."""

    x: Array
    labels: Array


class Line(NamedTuple):
    """After ``updates`` updates: the quantities of ``fixtures.learning``, and the smallest gap since the last line."""

    updates: int
    values: Mapping[str, float]
    gap: float


def course(
    learner: Learner, train: Patterns, test: Patterns, batches: Array, lines: Iterable[int], wanted: set[str]
) -> Iterator[Line]:
    """Learn ``batches (updates, batch)``; stop at each of ``lines``, given in updates, for the quantities that are wanted.

    Epochs end after as many updates as one pass over the training images takes.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the update.

    """
    done, epoch = 0, len(train.labels) // batches.shape[1]
    total = Tally(0.0, 0, np.inf)
    for line in lines:
        since = Tally(0.0, 0, np.inf)
        for start, end in pieces(done, line, epoch):
            if start % epoch == 0:
                total = Tally(0.0, 0, np.inf)
            found = learn(learner, train, batches[start:end])
            if not np.isfinite(found.loss):
                raise DivergedError(f"the loss is {found.loss} by update {end}; the learning rate is too large for these weights")
            since, total = added(since, found), added(total, found)
        counted = (line - done, (line - 1) % epoch + 1)
        done = line
        yield Line(line, values(learner, train, test, batches[line - 1], since, total, counted, wanted), since.gap)


def pieces(start: int, end: int, epoch: int) -> Iterator[tuple[int, int]]:
    """The way from one line to the next, cut where an epoch ends."""
    cuts = [start, *range((start // epoch + 1) * epoch, end, epoch), end]
    yield from pairwise(cuts)


def learn(learner: Learner, train: Patterns, batches: Array) -> Tally:
    """Learn batches in equal parts of at most ``CHUNK`` patterns: a compiled loop is compiled once for each size."""
    count, batch = batches.shape
    size = max(part for part in range(1, count + 1) if count % part == 0 and (part * batch <= CHUNK or part == 1))
    total = Tally(0.0, 0, np.inf)
    for rows in batches.reshape(-1, size * batch):
        total = added(total, learner.learn(train.x[rows], train.labels[rows], batch))
    return total


def added(one: Tally, other: Tally) -> Tally:
    """Both together."""
    return Tally(one.loss + other.loss, one.hits + other.hits, min(one.gap, other.gap))


def values(
    learner: Learner,
    train: Patterns,
    test: Patterns,
    batch: Array,
    since: Tally,
    total: Tally,
    counted: tuple[int, int],
    wanted: set[str],
) -> dict[str, float]:
    """The quantities of one line; ``counted`` are the updates since the last line, and in this epoch."""
    patterns = counted[1] * len(batch)
    found: dict[str, Any] = {
        "hits": lambda: total.hits,
        "misses": lambda: patterns - total.hits,
        "accuracy": lambda: total.hits / patterns,
        "loss since the last line": lambda: since.loss / counted[0],
        "loss in this epoch": lambda: total.loss / counted[1],
        "loss of the batch": lambda: learner.loss(train.x[batch], train.labels[batch]),
        "training accuracy": lambda: recognised(learner, train),
        "test accuracy": lambda: recognised(learner, test),
        "test loss": lambda: learner.loss(test.x, test.labels),
    }
    return {name: float(found[name]()) for name in found if name in wanted}


def smallest_gap(outputs: Array) -> float:
    """The smallest distance between the two greatest entries of a row of ``(patterns, classes)``."""
    second, first = np.partition(outputs, -2, axis=1)[:, -2:].T
    return float((first - second).min())


def recognised(learner: Learner, patterns: Patterns) -> float:
    """The share of patterns whose greatest output is the right one."""
    size = max(part for part in range(1, ASKED + 1) if len(patterns.labels) % part == 0)
    return float(np.mean(learner.outputs(patterns.x, size).argmax(axis=1) == patterns.labels))

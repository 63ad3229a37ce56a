"""Metrics of batches, the same for every engine."""

import numpy as np

from adapters.protocol import Array, BatchMetrics

NO_BATCHES = BatchMetrics(0.0, 0, np.inf)


def combined(metrics: BatchMetrics, other: BatchMetrics) -> BatchMetrics:
    """The metrics of both together; a margin that is nan stays so."""
    margin = float(np.minimum(metrics.min_margin, other.min_margin))
    return BatchMetrics(metrics.loss + other.loss, metrics.n_correct + other.n_correct, margin)


def min_margin(outputs: Array) -> float:
    """The least distance between the two largest entries of a row of ``(samples, outputs)``."""
    second, first = np.partition(outputs, -2, axis=1)[:, -2:].T
    return float((first - second).min())

"""Losses, each beside its gradient. All are summed over samples; only the mean squared error is a mean over outputs.

``y`` are outputs and ``t`` targets of shape ``(batch, outputs)``; a value has shape ``()``, a gradient the shape of ``y``.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array


class Loss(NamedTuple):
    """A loss, its gradient with respect to the outputs, and its terms: one for every output of every sample."""

    value: Callable[[Array, Array], Any]
    gradient: Callable[[Array, Array], Array]
    terms: Callable[[Array, Array], Array]


def squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2``."""
    return np.sum(np.square(y - t))


def squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = 2 (y - t)``."""
    return 2 * (y - t)


def half_squared_error_terms(y: Array, t: Array) -> Array:
    """``(y - t)^2 / 2``."""
    return np.square(y - t) / 2


def half_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / 2``. The factor 1/2 is the book's (numpy-dnn, 311_1), which calls it the mean squared error."""
    return squared_error(y, t) / 2


def half_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = y - t``."""
    return y - t


def mean_squared_error_terms(y: Array, t: Array) -> Array:
    """``(y - t)^2 / K`` with K outputs."""
    return np.square(y - t) / y.shape[1]


def mean_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / K`` with K outputs: Keras's ``"mse"`` for one sample at a time (backprop-notes, 3-1)."""
    return squared_error(y, t) / y.shape[1]


def mean_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = 2 (y - t) / K``."""
    return squared_error_gradient(y, t) / y.shape[1]


def cross_entropy_terms(y: Array, t: Array) -> Array:
    """``-t log y``."""
    return np.asarray(-t * np.log(y))


def cross_entropy(y: Array, t: Array) -> Any:
    """``E = -sum t log y`` with the natural logarithm (numpy-dnn, 318_1)."""
    return np.sum(cross_entropy_terms(y, t))


def cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = -t / y``."""
    return -t / y


LOSSES: Mapping[str, Loss] = {
    "half squared error": Loss(half_squared_error, half_squared_error_gradient, half_squared_error_terms),
    "mean squared error": Loss(mean_squared_error, mean_squared_error_gradient, mean_squared_error_terms),
    "cross entropy": Loss(cross_entropy, cross_entropy_gradient, cross_entropy_terms),
}

"""Losses, each beside its gradient. All are summed over samples; only the mean squared error is a mean over outputs.

``y`` are outputs and ``t`` targets of shape ``(batch, outputs)``; a value has shape ``()``, a gradient the shape of ``y``.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array


class Loss(NamedTuple):
    """A loss and its gradient with respect to the outputs."""

    value: Callable[[Array, Array], Any]
    gradient: Callable[[Array, Array], Array]


def squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2``."""
    return np.sum(np.square(y - t))


def squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = 2 (y - t)``."""
    return 2 * (y - t)


def half_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / 2``. The factor 1/2 is the book's (numpy-dnn, 311_1), which calls it the mean squared error."""
    return squared_error(y, t) / 2


def half_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = y - t``."""
    return y - t


def mean_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / K`` with K outputs: Keras's ``"mse"`` for one sample at a time (backprop-notes, 3-1)."""
    return squared_error(y, t) / y.shape[1]


def mean_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = 2 (y - t) / K``."""
    return squared_error_gradient(y, t) / y.shape[1]


def cross_entropy(y: Array, t: Array) -> Any:
    """``E = -sum t log y`` with the natural logarithm (numpy-dnn, 318_1)."""
    return np.sum(-t * np.log(y))


def cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = -t / y``."""
    return -t / y


def binary_cross_entropy(y: Array, t: Array) -> Any:
    """``E = -sum t log y + (1 - t) log (1 - y)``: the cross entropy of outputs that are each a probability of their own."""
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))


def binary_cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = (y - t) / (y (1 - y))``."""
    return (y - t) / (y * (1 - y))


LOSSES: Mapping[str, Loss] = {
    "squared error": Loss(squared_error, squared_error_gradient),
    "half squared error": Loss(half_squared_error, half_squared_error_gradient),
    "mean squared error": Loss(mean_squared_error, mean_squared_error_gradient),
    "cross entropy": Loss(cross_entropy, cross_entropy_gradient),
    "binary cross entropy": Loss(binary_cross_entropy, binary_cross_entropy_gradient),
}

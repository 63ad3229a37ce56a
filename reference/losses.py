"""Losses, each beside its gradient. All are summed over patterns; only the mean squared error is a mean over outputs.

``y`` are outputs and ``t`` targets of shape ``(patterns, outputs)``; a value has shape ``()``, a gradient the shape of ``y``.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array


class Loss(NamedTuple):
    """A loss and its gradient with respect to the outputs."""

    value: Callable[[Array, Array], Any]
    gradient: Callable[[Array, Array], Array]


def half_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / 2``. The factor 1/2 is the book's (numpy-dnn, 311_1), which calls it the mean squared error."""
    return ((y - t) ** 2).sum() / 2


def half_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = y - t``."""
    return y - t


def mean_squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2 / K`` with K outputs: Keras's ``"mse"`` for one pattern at a time (backprop-notes, 3-1)."""
    return ((y - t) ** 2).sum() / y.shape[1]


def mean_squared_error_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = 2 (y - t) / K``."""
    return 2 * (y - t) / y.shape[1]


def cross_entropy(y: Array, t: Array) -> Any:
    """``E = -sum t log y`` with the natural logarithm (numpy-dnn, 318_1)."""
    return (-t * np.log(y)).sum()


def cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = -t / y``."""
    return -t / y


LOSSES: Mapping[str, Loss] = {
    "half squared error": Loss(half_squared_error, half_squared_error_gradient),
    "mean squared error": Loss(mean_squared_error, mean_squared_error_gradient),
    "cross entropy": Loss(cross_entropy, cross_entropy_gradient),
}

"""Losses, each beside its gradient. All are summed over samples; only the mean squared error is a mean over outputs.

``y`` are outputs and ``t`` targets of shape ``(batch, outputs)``; a value has shape ``()``, a gradient the shape of ``y``.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.activations import sigmoid, softmax
from reference.comparisons import Array, reaches


class Loss(NamedTuple):
    """A loss, its gradient with respect to the outputs, and its terms: one for every output of every sample."""

    value: Callable[[Array, Array], Any]
    gradient: Callable[[Array, Array], Array]
    terms: Callable[[Array, Array], Array]


def squared_error(y: Array, t: Array) -> Any:
    """``E = sum (y - t)^2``."""
    return squared_error_terms(y, t).sum()


def squared_error_terms(y: Array, t: Array) -> Array:
    """``(y - t)^2``."""
    return np.asarray(np.square(y - t))


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
    return cross_entropy_terms(y, t).sum()


def cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = -t / y``."""
    return -t / y


def binary_cross_entropy_terms(y: Array, t: Array) -> Array:
    """``-(t log y + (1 - t) log (1 - y))``."""
    return np.asarray(-(t * np.log(y) + (1 - t) * np.log(1 - y)))


def binary_cross_entropy(y: Array, t: Array) -> Any:
    """``E = -sum t log y + (1 - t) log (1 - y)``: the cross entropy of outputs that are each a probability of their own."""
    return binary_cross_entropy_terms(y, t).sum()


def binary_cross_entropy_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = (y - t) / (y (1 - y))``."""
    return (y - t) / (y * (1 - y))


def cross_entropy_from_logits_terms(y: Array, t: Array) -> Array:
    """``-t log softmax(y)``, the logarithm as ``-log sum_j e^(y_j - y_k)``."""
    differences = y[..., np.newaxis, :] - y[..., np.newaxis]
    return np.asarray(t * np.log(np.exp(differences).sum(axis=-1)))


def cross_entropy_from_logits(y: Array, t: Array) -> Any:
    """``E = -sum t log softmax(y)``: the cross entropy of a network that gives logits, with the softmax inside of the loss."""
    return cross_entropy_from_logits_terms(y, t).sum()


def cross_entropy_from_logits_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = softmax(y) sum_k t_k - t``."""
    return softmax(y) * t.sum(axis=-1, keepdims=True) - t


def binary_cross_entropy_from_logits_terms(y: Array, t: Array) -> Array:
    """``log(1 + e^y) - t y``."""
    return np.asarray(np.log(1 + np.exp(y)) - t * y)


def binary_cross_entropy_from_logits(y: Array, t: Array) -> Any:
    """``E = sum log(1 + e^y) - t y``: the binary cross entropy of ``sigmoid(y)``, with the sigmoid inside of the loss."""
    return binary_cross_entropy_from_logits_terms(y, t).sum()


def binary_cross_entropy_from_logits_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = sigmoid(y) - t``."""
    return sigmoid(y) - t


def hinge_terms(y: Array, t: Array) -> Array:
    """``max(0, 1 - t y)``."""
    margin = np.asarray(1 - t * y)
    return np.asarray(reaches(margin, margin * 0) * margin)


def hinge(y: Array, t: Array) -> Any:
    """``E = sum max(0, 1 - t y)`` for targets of 1 and -1."""
    return hinge_terms(y, t).sum()


def hinge_gradient(y: Array, t: Array) -> Array:
    """``dE/dy = -t`` where ``t y <= 1``, else 0: at the kink as in PyTorch and in Keras."""
    margin = np.asarray(1 - t * y)
    return np.asarray(reaches(margin, margin * 0) * -t)


LOSSES: Mapping[str, Loss] = {
    "squared error": Loss(squared_error, squared_error_gradient, squared_error_terms),
    "half squared error": Loss(half_squared_error, half_squared_error_gradient, half_squared_error_terms),
    "mean squared error": Loss(mean_squared_error, mean_squared_error_gradient, mean_squared_error_terms),
    "cross entropy": Loss(cross_entropy, cross_entropy_gradient, cross_entropy_terms),
    "binary cross entropy": Loss(binary_cross_entropy, binary_cross_entropy_gradient, binary_cross_entropy_terms),
    "cross entropy from logits": Loss(
        cross_entropy_from_logits, cross_entropy_from_logits_gradient, cross_entropy_from_logits_terms
    ),
    "binary cross entropy from logits": Loss(
        binary_cross_entropy_from_logits, binary_cross_entropy_from_logits_gradient, binary_cross_entropy_from_logits_terms
    ),
    "hinge": Loss(hinge, hinge_gradient, hinge_terms),
}

"""Batch normalization (dl-python, VI.3; Batch Normalization, 2015), over all axes but the second: units or channels.

In training a batch is normalized by its own mean and *biased* variance (divided by the number n of entries, not n - 1); at
inference by the running mean and variance.
"""

from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array


class Gradients(NamedTuple):
    """The gradients with respect to the batch, the scale and the shift, each in its shape."""

    x: Array
    gamma: Array
    beta: Array


def total(x: Array) -> Array:
    """The sum over all axes but the second, ``(C,)``."""
    return x.sum(axis=tuple(axis for axis in range(x.ndim) if axis != 1))


def count(x: Array) -> int:
    """The number n of entries a channel has in the batch."""
    return x.size // x.shape[1]


def per_channel(channels: Array, x: Array) -> Array:
    """One number for every channel, ``(C,)``, reshaped to broadcast against ``x`` ``(N, C, ...)``."""
    return channels.reshape(-1, *[1] * (x.ndim - 2))


def mean(x: Array) -> Array:
    """The mean of every channel, ``(C,)``."""
    return total(x) / count(x)


def variance(x: Array) -> Array:
    """The biased variance of every channel, ``sum (x - mean)^2 / n``, ``(C,)``."""
    return total(np.square(x - per_channel(mean(x), x))) / count(x)


def unbiased_variance(x: Array) -> Array:
    """``sum (x - mean)^2 / (n - 1)``: PyTorch's running variance averages it."""
    return variance(x) * count(x) / (count(x) - 1)


def inference(x: Array, gamma: Array, beta: Array, running_mean: Array, running_variance: Array, epsilon: Any) -> Array:
    """``gamma (x - mean) / sqrt(variance + epsilon) + beta`` with the running mean and variance; shape of ``x``."""
    scale = gamma / np.sqrt(running_variance + epsilon)
    return (x - per_channel(running_mean, x)) * per_channel(scale, x) + per_channel(beta, x)


def training(x: Array, gamma: Array, beta: Array, epsilon: Any) -> Array:
    """The same with the batch's own mean and biased variance."""
    return inference(x, gamma, beta, mean(x), variance(x), epsilon)


def running(old: Array, new: Array, momentum: Any) -> Array:
    """``momentum * old + (1 - momentum) * new``: Keras's momentum; PyTorch's is ``1 - momentum``."""
    return momentum * old + (1 - momentum) * new


def inference_backward(x: Array, gamma: Array, running_mean: Array, running_variance: Array, epsilon: Any, dy: Array) -> Gradients:
    """``dx = gamma / sqrt(variance + epsilon) dy``: the running mean and variance are constants, the layer is affine in ``x``."""
    inverse_std = 1 / np.sqrt(running_variance + epsilon)
    return Gradients(
        dy * per_channel(gamma * inverse_std, x), total(dy * (x - per_channel(running_mean, x))) * inverse_std, total(dy)
    )


def training_backward(x: Array, gamma: Array, epsilon: Any, dy: Array) -> Gradients:
    """``dx = gamma / sqrt(variance + epsilon) (dy - mean(dy) - x_hat mean(dy x_hat))``: mean and variance depend on ``x``."""
    inverse_std = 1 / np.sqrt(variance(x) + epsilon)
    x_hat = (x - per_channel(mean(x), x)) * per_channel(inverse_std, x)
    dgamma = total(dy * x_hat)
    dx = dy - per_channel(mean(dy), x) - x_hat * per_channel(dgamma / count(x), x)
    return Gradients(dx * per_channel(gamma * inverse_std, x), dgamma, total(dy))

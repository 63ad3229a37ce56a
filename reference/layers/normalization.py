"""Batch normalisation (dl-python, VI.3; Batch Normalization, 2015), over all axes but the second: units or channels.

In training a batch is normalised by its own mean and *biased* variance (divided by the number n of entries, not n - 1); at
inference by running ones.
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


def spread(channels: Array, x: Array) -> Array:
    """A vector ``(C,)`` in a shape that broadcasts against ``x`` ``(N, C, ...)``."""
    return channels.reshape(-1, *[1] * (x.ndim - 2))


def mean(x: Array) -> Array:
    """The mean of every channel, ``(C,)``."""
    return total(x) / count(x)


def variance(x: Array) -> Array:
    """The biased variance of every channel, ``sum (x - mean)^2 / n``, ``(C,)``."""
    return total((x - spread(mean(x), x)) ** 2) / count(x)


def unbiased_variance(x: Array) -> Array:
    """``sum (x - mean)^2 / (n - 1)``: what PyTorch lets its running variance follow."""
    return variance(x) * count(x) / (count(x) - 1)


def inference(x: Array, gamma: Array, beta: Array, centre: Array, square: Array, epsilon: Any) -> Array:
    """``gamma (x - centre) / sqrt(square + epsilon) + beta`` with a running mean and variance; shape of ``x``."""
    scale = gamma / np.sqrt(square + epsilon)
    return (x - spread(centre, x)) * spread(scale, x) + spread(beta, x)


def training(x: Array, gamma: Array, beta: Array, epsilon: Any) -> Array:
    """The same with the batch's own mean and biased variance."""
    return inference(x, gamma, beta, mean(x), variance(x), epsilon)


def running(old: Array, new: Array, kept: Any) -> Array:
    """``kept * old + (1 - kept) * new``: Keras calls ``kept`` momentum, PyTorch calls ``1 - kept`` momentum."""
    return kept * old + (1 - kept) * new


def inference_backward(x: Array, gamma: Array, centre: Array, square: Array, epsilon: Any, dy: Array) -> Gradients:
    """``dx = gamma / sqrt(square + epsilon) dy``: what runs along is a constant, and the layer an affine map of ``x``."""
    width = 1 / np.sqrt(square + epsilon)
    return Gradients(dy * spread(gamma * width, x), total(dy * (x - spread(centre, x))) * width, total(dy))


def training_backward(x: Array, gamma: Array, epsilon: Any, dy: Array) -> Gradients:
    """``dx = gamma / sqrt(variance + epsilon) (dy - mean(dy) - x_hat mean(dy x_hat))``: mean and variance move too."""
    width = 1 / np.sqrt(variance(x) + epsilon)
    normal = (x - spread(mean(x), x)) * spread(width, x)
    slope = total(dy * normal)
    inner = dy - spread(mean(dy), x) - normal * spread(slope / count(x), x)
    return Gradients(inner * spread(gamma * width, x), slope, total(dy))

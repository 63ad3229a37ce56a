"""Stochastic pooling with given draws, and its expectation for inference (dl-python, VII.3).

Stochastic Pooling for Regularization of Deep Convolutional Neural Networks, 2013; the entries of the image must not be negative.
"""

import numpy as np

from reference.comparisons import Array, positive
from reference.layers.im2col import Window, scatter
from reference.layers.pooling import gather, gather_backward, rows


def stochastic_indices(x: Array, slide: Window, draws: Array) -> Array:
    """The index that each of ``draws`` ``(N, C, OH, OW)``, from [0, 1), selects in its window with probability ``x_i / sum x``.

    It is the first at which the running sum exceeds ``draw * sum x``; in a window of zeros the first.
    """
    running = np.cumsum(rows(x, slide), axis=-1)
    return np.asarray(np.argmax(positive(running - draws[..., np.newaxis] * running[..., -1:]), axis=-1))


def stochastic(x: Array, slide: Window, draws: Array) -> Array:
    """The entry of every window that its draw selects."""
    return gather(rows(x, slide), stochastic_indices(x, slide, draws))


def stochastic_backward(x: Array, slide: Window, draws: Array, dy: Array) -> Array:
    """The upstream gradient at the selected entry of every window."""
    return gather_backward(x, slide, stochastic_indices(x, slide, draws), dy)


def expected(x: Array, slide: Window) -> Array:
    """Stochastic pooling at inference: the expectation over the draws, ``sum x_i^2 / sum x_i`` in every window."""
    windows = rows(x, slide)
    return (windows * windows).sum(axis=-1) / windows.sum(axis=-1)


def expected_backward(x: Array, slide: Window, dy: Array) -> Array:
    """``dx_i = dy (2 x_i - y) / sum x``."""
    windows = rows(x, slide)
    gradient = (2 * windows - expected(x, slide)[..., np.newaxis]) / windows.sum(axis=-1, keepdims=True)
    return scatter((dy[..., np.newaxis] * gradient).reshape(*dy.shape, *slide.size), x, slide)

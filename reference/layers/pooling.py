"""Pooling layers: one number for every window of every channel; nothing to learn, channels kept (dl-python, VII.3)."""

import math

import numpy as np

from reference.comparisons import Array, UndecidedError, positive
from reference.layers.im2col import Window, patches, scatter


def rows(x: Array, slide: Window, fill: object = 0) -> Array:
    """What every window sees in a row of its own, ``(N, C, OH, OW, FH FW)``."""
    seen = patches(x, slide, fill)
    return seen.reshape(*seen.shape[:4], slide.size[0] * slide.size[1])


def taken(seen: Array, chosen: Array) -> Array:
    """The entry of every window that ``chosen`` ``(N, C, OH, OW)`` points to."""
    return np.take_along_axis(seen, chosen[..., np.newaxis], axis=-1)[..., 0]


def returned(x: Array, slide: Window, chosen: Array, dy: Array) -> Array:
    """The gradient of each output goes to the chosen entry of its window, whole; shape of ``x``."""
    picked = chosen[..., np.newaxis] == np.arange(math.prod(slide.size))
    return scatter((dy[..., np.newaxis] * picked).reshape(*dy.shape, *slide.size), x, slide)


def greatest(x: Array, slide: Window) -> Array:
    """Where in its window the greatest entry stands, the first of several equal ones; the padding never wins.

    Raises:
        UndecidedError: where balls overlap, so that the greatest is not certain.

    """
    seen = rows(x, slide, -np.inf)
    chosen = np.argmax(seen, axis=-1)
    if not np.all(taken(seen, chosen)[..., np.newaxis] >= seen):
        raise UndecidedError("the greatest entry of a window cannot be decided at this precision")
    return np.asarray(chosen)


def maximum(x: Array, slide: Window) -> Array:
    """The greatest entry of every window, ``(N, C, OH, OW)``."""
    return taken(rows(x, slide, -np.inf), greatest(x, slide))


def maximum_backward(x: Array, slide: Window, dy: Array) -> Array:
    """The gradient goes to the greatest entry, of several equal ones to the first."""
    return returned(x, slide, greatest(x, slide), dy)


def sizes(x: Array, slide: Window, padding: int) -> Array:
    """How many entries every mean is over, ``(OH, OW)``: an entry inside the image counts 1, one in the padding 0 or 1."""
    return rows(x[:1, :1] * 0 + 1, slide, padding).sum(axis=-1)[0, 0]


def average(x: Array, slide: Window, padding: int = 0) -> Array:
    """The mean of every window; where it reaches over the edge, of the entries inside."""
    return rows(x, slide).sum(axis=-1) / sizes(x, slide, padding)


def average_backward(x: Array, slide: Window, dy: Array, padding: int = 0) -> Array:
    """Every entry of a window gets an equal share of the gradient."""
    share = dy / sizes(x, slide, padding)
    return scatter(np.broadcast_to(share[..., np.newaxis, np.newaxis], (*dy.shape, *slide.size)), x, slide)


def average_counted(x: Array, slide: Window) -> Array:
    """The mean of every window, the zeros of the padding counted."""
    return average(x, slide, 1)


def average_counted_backward(x: Array, slide: Window, dy: Array) -> Array:
    """As ``average_backward``, with the share of a whole window."""
    return average_backward(x, slide, dy, 1)


def drawn(x: Array, slide: Window, draws: Array) -> Array:
    """Which entry of its window each of ``draws`` ``(N, C, OH, OW)``, from [0, 1), picks with the probability ``x_i / sum x``.

    It is the first at which the running sum exceeds ``draw * sum x``; in a window of zeros the first (Stochastic Pooling for
    Regularization of Deep Convolutional Neural Networks, 2013; entries must not be negative).
    """
    seen = rows(x, slide)
    running = np.cumsum(seen, axis=-1)
    return np.asarray(np.argmax(positive(running - draws[..., np.newaxis] * running[..., -1:]), axis=-1))


def stochastic(x: Array, slide: Window, draws: Array) -> Array:
    """The entry of every window that its draw picks."""
    return taken(rows(x, slide), drawn(x, slide, draws))


def stochastic_backward(x: Array, slide: Window, draws: Array, dy: Array) -> Array:
    """The gradient goes to the entry that was picked."""
    return returned(x, slide, drawn(x, slide, draws), dy)


def expected(x: Array, slide: Window) -> Array:
    """Stochastic pooling at inference: the mean of every window weighted with the probabilities, ``sum x_i^2 / sum x_i``."""
    seen = rows(x, slide)
    return (seen * seen).sum(axis=-1) / seen.sum(axis=-1)


def expected_backward(x: Array, slide: Window, dy: Array) -> Array:
    """``dx_i = dy (2 x_i - y) / sum x``."""
    seen = rows(x, slide)
    slope = (2 * seen - expected(x, slide)[..., np.newaxis]) / seen.sum(axis=-1, keepdims=True)
    return scatter((dy[..., np.newaxis] * slope).reshape(*dy.shape, *slide.size), x, slide)

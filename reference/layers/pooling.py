"""Maximum and average pooling: one number for every window of every channel, no parameters (dl-python, VII.3)."""

import math

import numpy as np

from reference.comparisons import Array, argmax
from reference.layers.im2col import Window, patches, scatter


def rows(x: Array, slide: Window, fill: object = 0) -> Array:
    """The entries of every window in one row, ``(N, C, OH, OW, FH FW)``; the padding holds ``fill``."""
    windows = patches(x, slide, fill)
    return windows.reshape(*windows.shape[:4], slide.size[0] * slide.size[1])


def gather(windows: Array, indices: Array) -> Array:
    """The entry of every window at its index of ``indices`` ``(N, C, OH, OW)``."""
    return np.take_along_axis(windows, indices[..., np.newaxis], axis=-1)[..., 0]


def gather_backward(x: Array, slide: Window, indices: Array, dy: Array) -> Array:
    """Each upstream gradient at the index of its window, zeros elsewhere, summed over windows; shape of ``x``."""
    mask = indices[..., np.newaxis] == np.arange(math.prod(slide.size))
    return scatter((dy[..., np.newaxis] * mask).reshape(*dy.shape, *slide.size), x, slide)


def maximum_indices(x: Array, slide: Window) -> Array:
    """The index of the greatest entry of every window, the first of several equal ones; never one of the padding.

    Raises:
        UndecidedError: where balls overlap, so that the greatest is not certain.

    """
    return argmax(rows(x, slide, -np.inf), axis=-1)


def maximum(x: Array, slide: Window) -> Array:
    """The greatest entry of every window, ``(N, C, OH, OW)``."""
    return gather(rows(x, slide, -np.inf), maximum_indices(x, slide))


def maximum_backward(x: Array, slide: Window, dy: Array) -> Array:
    """The upstream gradient at the greatest entry of every window, of several equal ones at the first."""
    return gather_backward(x, slide, maximum_indices(x, slide), dy)


def sizes(x: Array, slide: Window, padding: int) -> Array:
    """The number of entries of every mean, ``(OH, OW)``: an entry inside the image counts 1, one in the padding 0 or 1."""
    return rows(x[:1, :1] * 0 + 1, slide, padding).sum(axis=-1)[0, 0]


def average(x: Array, slide: Window, padding: int = 0) -> Array:
    """The mean of every window; where a window overlaps the padding, of the entries inside the image."""
    return rows(x, slide).sum(axis=-1) / sizes(x, slide, padding)


def average_backward(x: Array, slide: Window, dy: Array, padding: int = 0) -> Array:
    """The upstream gradient divided equally among the entries of the window."""
    share = dy / sizes(x, slide, padding)
    return scatter(np.broadcast_to(share[..., np.newaxis, np.newaxis], (*dy.shape, *slide.size)), x, slide)


def average_counted(x: Array, slide: Window) -> Array:
    """The mean of every window, the zeros of the padding counted."""
    return average(x, slide, 1)


def average_counted_backward(x: Array, slide: Window, dy: Array) -> Array:
    """The upstream gradient divided equally among all entries of the window, padding included."""
    return average_backward(x, slide, dy, 1)

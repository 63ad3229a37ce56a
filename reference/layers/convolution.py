"""The convolution layer, as one matrix product over the windows of the image (dl-python, VII.2).

What the slides, Keras and PyTorch call convolution is a cross-correlation: the filter is not flipped.
"""

from typing import NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.layers.im2col import Window, col2im, im2col


class Gradients(NamedTuple):
    """The gradients of a loss with respect to image, filters and biases, each in its shape."""

    x: Array
    filters: Array
    bias: Array


def forward(x: Array, filters: Array, bias: Array, slide: Window) -> Array:
    """``y[n, f, i, j] = sum_c,a,b x[n, c, i s + a, j s + b] filters[f, c, a, b] + bias[f]``, shape ``(N, FN, OH, OW)``."""
    count = filters.shape[0]
    sums = im2col(x, slide) @ filters.reshape(count, -1).T + bias
    return sums.reshape(x.shape[0], *slide.positions(*x.shape[2:]), count).transpose(0, 3, 1, 2)


def backward(x: Array, filters: Array, slide: Window, dy: Array) -> Gradients:
    """An affine layer's rules on the matrix of windows: ``dK = X^T dY``, ``db = sum dY``, ``dX = dY K^T`` put back."""
    count = filters.shape[0]
    error = dy.transpose(0, 2, 3, 1).reshape(-1, count)
    slope = (im2col(x, slide).T @ error).T.reshape(filters.shape)
    return Gradients(col2im(error @ filters.reshape(count, -1), x, slide), slope, error.sum(axis=0))


def flipped(filters: Array) -> Array:
    """The filters turned by half a turn: with these ``forward`` is the convolution of mathematics."""
    return np.flip(filters, axis=(2, 3))

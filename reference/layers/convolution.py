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
    n_filters = filters.shape[0]
    y = im2col(x, slide) @ filters.reshape(n_filters, -1).T + bias
    return y.reshape(x.shape[0], *slide.positions(*x.shape[2:]), n_filters).transpose(0, 3, 1, 2)


def backward(x: Array, filters: Array, slide: Window, dy: Array) -> Gradients:
    """A dense layer's rules on the matrix of windows: ``dK = X^T dY``, ``db = sum dY``, and ``col2im`` of ``dX = dY K^T``."""
    n_filters = filters.shape[0]
    dy = dy.transpose(0, 2, 3, 1).reshape(-1, n_filters)
    dfilters = (im2col(x, slide).T @ dy).T.reshape(filters.shape)
    return Gradients(col2im(dy @ filters.reshape(n_filters, -1), x, slide), dfilters, dy.sum(axis=0))


def flipped(filters: Array) -> Array:
    """The filters rotated by 180 degrees: with these ``forward`` is the convolution of mathematics."""
    return np.flip(filters, axis=(2, 3))

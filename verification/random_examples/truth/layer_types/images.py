"""Layers of images ``(N, C, H, W)``: convolutions in groups, and pooling."""

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import Options, Weights
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.windows import WINDOWS

FILTERS_LAST = "(rows, columns, in, out)"


def filters_first(p: Options, kernel: Array) -> Array:
    """The kernel ``(filters, channels, rows, columns)``."""
    return np.moveaxis(kernel, (3, 2), (0, 1)) if p["layout"] == FILTERS_LAST else kernel


def convolution(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """Every group of filters on its own channels; a bias for each filter, where there is one."""
    kernel, groups = filters_first(p, weights["kernel"]), p["groups"]
    bias = weights.get("bias", array([mpmath.mpf(0)] * len(kernel)))
    filters, channels = len(kernel) // groups, x.shape[1] // groups
    maps = []
    for group in range(groups):
        mine = slice(group * filters, (group + 1) * filters)
        seen = x[:, group * channels : (group + 1) * channels]
        maps.append(WINDOWS["convolution"](branches, p, seen, kernel[mine], bias[mine]))
    return np.concatenate(maps, axis=1)


def max_pooling(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """The greatest pixel of every window."""
    return WINDOWS["max pooling"](branches, p, x)


def average_pooling(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """The mean of every window, of its pixels or of all its places."""
    return WINDOWS["average pooling, padding counted" if p["counts_padding"] else "average pooling"](branches, p, x)

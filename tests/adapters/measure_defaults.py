"""Where the layers of Keras and PyTorch differ by default, measured: the book's array beside each framework's, by name.

A ``Measured`` holds the frameworks' arrays with their defaults and with the settings under which they compute what the book writes;
all in the reference's layout, so that what is left of a difference is arithmetic. ``None`` stands for settings that do not exist.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.adapters.measuring import Measured, drawn, f64, images, in_keras, in_torch, last

# isort: split

import keras
import numpy as np
import torch
from keras import layers
from torch import nn

from adapters import Array
from reference.layers import convolution, dropout, normalization, pooling
from reference.layers.im2col import Window, window

MOMENTUM, EPSILON = 0.9, 2.0**-10


def batch_norm_epsilon() -> Measured:
    """What is added to the variance: 1e-3 in Keras, 1e-5 in PyTorch; the book names no number, 2^-10 is ours."""
    x, gamma, beta = drawn(5, 3), drawn(3), drawn(3) * 0
    book = normalization.training(x, gamma, beta, EPSILON)
    return Measured(
        book,
        in_keras(f64(layers.BatchNormalization), x, gamma, beta, training=True),
        in_torch(nn.BatchNorm1d(3), x, gamma, beta),
        in_keras(f64(layers.BatchNormalization, epsilon=EPSILON), x, gamma, beta, training=True),
        in_torch(nn.BatchNorm1d(3, eps=EPSILON), x, gamma, beta),
    )


def running(x: Array, keras_options: dict[str, Any], torch_options: dict[str, Any], part: int) -> tuple[Array, Array]:
    """The running mean (part 0) or variance (part 1) after one batch, from 0 or 1."""
    one, other = f64(layers.BatchNormalization, **keras_options), nn.BatchNorm1d(x.shape[1], **torch_options)
    in_keras(one, x, training=True)
    in_torch(other, x)
    statistics = other.running_var if part else other.running_mean
    assert statistics is not None, "statistics are tracked by default"
    return one.get_weights()[2 + part], statistics.numpy()


def batch_norm_momentum() -> Measured:
    """How much of the old running mean is kept after one batch: Keras's momentum, 0.99; 1 - PyTorch's momentum, 0.9; here 0.9."""
    x = drawn(5, 3)
    book = normalization.running(np.zeros(3), normalization.mean(x), MOMENTUM)
    return Measured(book, *running(x, {}, {}, 0), *running(x, {"momentum": MOMENTUM}, {"momentum": 1 - MOMENTUM}, 0))


def batch_norm_variance() -> Measured:
    """Which variance the running one follows, at equal momenta: Keras the biased, PyTorch the unbiased; the book's is biased.

    Equality takes the batch's own factor n / (n - 1) out again.
    """
    x = drawn(4, 3)
    book = normalization.running(np.ones(3), normalization.variance(x), MOMENTUM)
    one, other = running(x, {"momentum": MOMENTUM}, {"momentum": 1 - MOMENTUM}, 1)
    return Measured(book, one, other, one, MOMENTUM + (other - MOMENTUM) * (len(x) - 1) / len(x))


def same_padding() -> Measured:
    """Padding "same" with stride 2 over four columns: Keras pads behind only.

    PyTorch refuses the word for strides other than 1; its ``padding=1`` pads both sides.
    """
    x, filters, bias = drawn(1, 1, 4, 4), np.ones((1, 1, 3, 3)), np.zeros(1)
    book = convolution.forward(x, filters, bias, Window((3, 3), (2, 2), ((0, 1), (0, 1))))
    one = images(f64(layers.Conv2D, 1, 3, strides=2, padding="same"), x, filters, bias)
    padded = nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(1, 1, 3, stride=2))
    return Measured(
        book, one, in_torch(nn.Conv2d(1, 1, 3, stride=2, padding=1), x, filters, bias), one, in_torch(padded, x, filters, bias)
    )


def average_at_the_edge() -> Measured:
    """The mean of a window over the edge: Keras and the book of what is inside, PyTorch of the padding's zeros too."""
    x, one = drawn(1, 2, 4, 3), f64(layers.AveragePooling2D, 3, strides=1, padding="same")
    found = images(one, x)
    return Measured(
        pooling.average(x, window(3, 1, 1)),
        found,
        in_torch(nn.AvgPool2d(3, 1, 1), x),
        found,
        in_torch(nn.AvgPool2d(3, 1, 1, count_include_pad=False), x),
    )


def flipped_filter() -> Measured:
    """The convolution of mathematics turns the filter; both frameworks, and the slides, do not."""
    x, filters, bias = drawn(1, 2, 4, 5), drawn(3, 2, 3, 2), drawn(3)
    turned = convolution.flipped(filters)
    book = convolution.forward(x, turned, bias, window((3, 2)))

    def pair(kernel: Array) -> tuple[Array, Array]:
        one = f64(layers.Conv2D, 3, (3, 2))
        return images(one, x, kernel, bias), in_torch(nn.Conv2d(2, 3, (3, 2)), x, kernel, bias)

    return Measured(book, *pair(filters), *pair(turned))


def convolution_layout() -> Measured:
    """Arrays handed over as the slides lay them out, (N, C, H, W) and (FN, C, FH, FW): PyTorch's layouts, and not Keras's.

    With all extents equal nothing complains.
    """
    x, filters, bias, plain = drawn(3, 3, 3, 3), drawn(3, 3, 3, 3), np.zeros(3), f64(layers.Conv2D, 3, 3, padding="same")
    book, unpermuted = convolution.forward(x, filters, bias, window(3, 1, 1)), in_keras(plain, x, filters, bias)
    one = in_torch(nn.Conv2d(3, 3, 3, padding=1), x, filters, bias)
    right = images(f64(layers.Conv2D, 3, 3, padding="same"), x, filters, bias)
    return Measured(book, unpermuted, one, right, one)


def flatten_order() -> Measured:
    """Maps (N, C, H, W) in a row: channel by channel in PyTorch, pixel by pixel in Keras, where channels are last."""
    x = drawn(2, 3, 2, 4)
    first = f64(layers.Permute, (3, 1, 2))
    one = in_keras(f64(layers.Flatten), last(x))
    right = in_keras(f64(layers.Flatten), keras.ops.convert_to_numpy(first(last(x))))
    return Measured(x.reshape(2, -1), one, in_torch(nn.Flatten(), x), right, in_torch(nn.Flatten(), x))


def dropout_scale() -> Measured:
    """What dropout makes of a unit of 1 that stays, at a rate of 1/4: the first paper leaves 1, both frameworks 4/3 (inverted).

    Equality takes the factor out again, and puts it in at inference.
    """
    ones, kept = np.ones((8, 5)), 0.75
    torch.manual_seed(79)
    one, other = in_keras(f64(layers.Dropout, 0.25, seed=79), ones, training=True), in_torch(nn.Dropout(0.25), ones)
    found = [np.unique(array[array > 0]) for array in (one, other)]
    return Measured(np.unique(dropout.original(ones, ones)), *found, *(kept * array for array in found))


DEFAULTS: Mapping[str, Callable[[], Measured]] = {
    "batch norm: epsilon": batch_norm_epsilon,
    "batch norm: momentum": batch_norm_momentum,
    "batch norm: running variance": batch_norm_variance,
    "padding same with stride": same_padding,
    "average pooling at the edge": average_at_the_edge,
    "convolution: flipped filter": flipped_filter,
    "convolution: layout": convolution_layout,
    "flatten order": flatten_order,
    "dropout: scale": dropout_scale,
}

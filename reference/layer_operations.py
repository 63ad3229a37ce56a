"""Layers as named functions of calculations: those of ``reference.layers``, with their options in ``parameters``.

Images are ``(N, C, H, W)``, filters ``(FN, C, FH, FW)``, sequences ``(N, T, inputs)``; ``size``, ``stride`` and ``padding`` are
one whole number or ``[rows, columns]``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reference.comparisons import Array
from reference.layers import (
    augmentation,
    convolution,
    dropout,
    gates,
    lstm_gru,
    normalization,
    pooling,
    rbm,
    recurrent,
    stochastic_pooling,
)
from reference.layers.im2col import Window, window
from reference.operations import Function, Parameters

Arrays = Sequence[Array]
Gradients = tuple[Array | None, ...]


def sliding(parameters: Parameters, filters: Array | None = None) -> Window:
    """The window that the parameters describe; that of a convolution has the size of its filters."""
    size = parameters["size"] if filters is None else filters.shape[2:]
    return window(size, parameters.get("stride", 1), parameters.get("padding", 0))


def convolution_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``convolution.backward``."""
    return convolution.backward(arrays[0], arrays[1], sliding(p, arrays[1]), dy)


def pooled(value: Callable[..., Any], backward: Callable[..., Any], *more: Any) -> Function:
    """A pooling layer; ``more`` are further arguments of value and backward rule."""
    return Function(
        lambda p, x: value(x, sliding(p), *more), lambda p, arrays, y, dy: (backward(arrays[0], sliding(p), dy, *more),)
    )


def stochastic_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``stochastic_pooling.stochastic_backward``; draws have no gradient."""
    return stochastic_pooling.stochastic_backward(arrays[0], sliding(p), arrays[1], dy), None


def inference_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``normalization.inference_backward``; the running mean and variance and epsilon are settings without gradient."""
    x, gamma, _, running_mean, running_variance, epsilon = arrays
    return *normalization.inference_backward(x, gamma, running_mean, running_variance, epsilon, dy), None, None, None


def normalization_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``normalization.training_backward``; epsilon is a setting without gradient."""
    x, gamma, _, epsilon = arrays
    return *normalization.training_backward(x, gamma, epsilon, dy), None


def recurrent_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``recurrent.backward``."""
    dx, weights = recurrent.backward(arrays[0], recurrent.Weights(*arrays[1:]), y, dy)
    return dx, *weights


def gate_weights(arrays: Arrays) -> gates.Weights:
    """The weights of a gated layer; an LSTM, which only adds its two biases, may have one."""
    kernel, recurrent_kernel, bias, *more = arrays[1:]
    return gates.Weights(kernel, recurrent_kernel, bias, more[0] if more else bias * 0)


def gated(name: str) -> Function:
    """A gated layer; its operands are sequence, kernel, recurrent kernel, bias and (GRU) recurrent bias."""
    cell = lstm_gru.CELLS[name]

    def backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
        dx, weights = lstm_gru.backward(cell, arrays[0], gate_weights(arrays), dy)
        return dx, *weights[: len(arrays) - 1]

    return Function(lambda p, *arrays: lstm_gru.forward(cell, arrays[0], gate_weights(arrays)), backward)


def crop(p: Parameters, x: Array) -> Array:
    """The pixels ``[index]`` of all images and channels; ``index`` is a slice of rows and one of columns."""
    rows, columns = p["index"]
    return augmentation.crop(x, rows.start, columns.start, (rows.stop - rows.start, columns.stop - columns.start))


def concatenate_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """The upstream gradient, split as the operands were joined."""
    ends = np.cumsum([array.shape[p["axis"]] for array in arrays])
    return tuple(np.split(dy, ends[:-1], axis=p["axis"]))


def pairs(arrays: Arrays) -> list[tuple[Array, Array]]:
    """The operands in pairs of two."""
    return list(zip(arrays[::2], arrays[1::2], strict=True))


def products_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """The gradient of each factor of a product is the upstream gradient times the other factor."""
    return tuple(dy * factor for a, b in pairs(arrays) for factor in (b, a))


LAYERS: Mapping[str, Function] = {
    "convolution": Function(lambda p, x, k, b: convolution.forward(x, k, b, sliding(p, k)), convolution_backward),
    "max pooling": pooled(pooling.maximum, pooling.maximum_backward),
    "average pooling": pooled(pooling.average, pooling.average_backward),
    "average pooling, padding counted": pooled(pooling.average_counted, pooling.average_counted_backward),
    "stochastic pooling": Function(lambda p, x, draws: stochastic_pooling.stochastic(x, sliding(p), draws), stochastic_backward),
    "expected pooling": pooled(stochastic_pooling.expected, stochastic_pooling.expected_backward),
    "batch normalization": Function(lambda _, *arrays: normalization.training(*arrays), normalization_backward),
    "batch normalization at inference": Function(lambda _, *arrays: normalization.inference(*arrays), inference_backward),
    "dropout": Function(
        lambda _, x, mask, keep_prob: dropout.inverted(x, mask, keep_prob),
        lambda _, arrays, y, dy: (*dropout.inverted_backward(arrays[0], arrays[1], arrays[2], dy), None),
    ),
    "recurrent": Function(lambda _, x, *weights: recurrent.forward(x, recurrent.Weights(*weights)), recurrent_backward),
    **{name: gated(name) for name in lstm_gru.CELLS},
    "hidden units": Function(
        lambda _, v, kernel, bias: rbm.hidden(v, kernel, bias),
        lambda _, arrays, y, dy: rbm.hidden_backward(arrays[0], arrays[1], y, dy),
    ),
    "visible units": Function(
        lambda _, h, kernel, bias: rbm.visible(h, kernel, bias),
        lambda _, arrays, y, dy: rbm.visible_backward(arrays[0], arrays[1], y, dy),
    ),
    "flip": Function(lambda p, x: augmentation.flip(x, p["axis"]), lambda p, arrays, y, dy: (augmentation.flip(dy, p["axis"]),)),
    "crop": Function(
        crop,
        lambda p, arrays, y, dy: (augmentation.crop_backward(arrays[0], p["index"][0].start, p["index"][1].start, dy),),
    ),
    "concatenate": Function(lambda p, *arrays: np.concatenate(arrays, axis=p["axis"]), concatenate_backward),
    "rows": Function(lambda _, x: x.reshape(x.shape[0], -1), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "sum of products": Function(lambda _, *arrays: sum((a * b).sum() for a, b in pairs(arrays)), products_backward),
}

"""Layers as named functions of calculations: the arithmetic of the modules beside this one, with parameters and operands by name.

Images are ``(N, C, H, W)``, filters ``(FN, C, FH, FW)``, sequences ``(N, T, inputs)``; ``size``, ``stride`` and ``padding`` are
one whole number or ``[rows, columns]``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reference.comparisons import Array
from reference.layers import augmentation, convolution, dropout, lstm_gru, normalization, pooling, rbm, recurrent
from reference.layers.im2col import Window, window
from reference.operations import Function, Parameters

Arrays = Sequence[Array]
Gradients = tuple[Array | None, ...]


def sliding(parameters: Parameters, filters: Array | None = None) -> Window:
    """The window that the parameters describe; a convolution's is as large as its filters."""
    size = parameters["size"] if filters is None else filters.shape[2:]
    return window(size, parameters.get("stride", 1), parameters.get("padding", 0))


def convolution_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``convolution.backward``."""
    return convolution.backward(arrays[0], arrays[1], sliding(p, arrays[1]), dy)


def pooled(value: Callable[..., Any], backward: Callable[..., Any], *more: Any) -> Function:
    """A pooling layer; ``more`` are further arguments of both rules."""
    return Function(
        lambda p, x: value(x, sliding(p), *more), lambda p, arrays, y, dy: (backward(arrays[0], sliding(p), dy, *more),)
    )


def stochastic_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``pooling.stochastic_backward``; a draw decides, and has no gradient."""
    return pooling.stochastic_backward(arrays[0], sliding(p), arrays[1], dy), None


def inference_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``normalisation.inference_backward``; the running statistics and epsilon are settings, and have no gradient."""
    x, gamma, _, centre, square, epsilon = arrays
    return *normalization.inference_backward(x, gamma, centre, square, epsilon, dy), None, None, None


def normalisation_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``normalisation.training_backward``; epsilon is a setting, and has no gradient."""
    x, gamma, _, epsilon = arrays
    return *normalization.training_backward(x, gamma, epsilon, dy), None


def recurrent_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``recurrent.backward``."""
    dx, weights = recurrent.backward(arrays[0], recurrent.Weights(*arrays[1:]), y, dy)
    return dx, *weights


def weighed(arrays: Arrays) -> lstm_gru.Weights:
    """The weights of a gated layer; an LSTM, whose two biases act as their sum, may have only one."""
    kernel, kernel2, bias, *other = arrays[1:]
    return lstm_gru.Weights(kernel, kernel2, bias, other[0] if other else bias * 0)


def gated(name: str) -> Function:
    """A layer of gated units: sequence, kernel, recurrent kernel, bias and (GRU) recurrent bias."""

    def backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
        dx, weights = lstm_gru.backward(lstm_gru.UNITS[name], arrays[0], weighed(arrays), dy)
        return dx, *weights[: len(arrays) - 1]

    return Function(lambda p, *arrays: lstm_gru.forward(lstm_gru.UNITS[name], arrays[0], weighed(arrays)), backward)


def crop(p: Parameters, x: Array) -> Array:
    """The part ``x[index]`` of all images, ``index`` a slice of rows and one of columns."""
    rows, columns = p["index"]
    return augmentation.crop(x, rows.start, columns.start, (rows.stop - rows.start, columns.stop - columns.start))


def joined_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """Each operand gets its part of the gradient back."""
    ends = np.cumsum([array.shape[p["axis"]] for array in arrays])
    return tuple(np.split(dy, ends[:-1], axis=p["axis"]))


def paired(arrays: Arrays) -> list[tuple[Array, Array]]:
    """The operands two by two."""
    return list(zip(arrays[::2], arrays[1::2], strict=True))


def products_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """Of every product each factor gets the other one."""
    return tuple(dy * factor for a, b in paired(arrays) for factor in (b, a))


LAYERS: Mapping[str, Function] = {
    "convolution": Function(lambda p, x, k, b: convolution.forward(x, k, b, sliding(p, k)), convolution_backward),
    "max pooling": pooled(pooling.maximum, pooling.maximum_backward),
    "average pooling": pooled(pooling.average, pooling.average_backward),
    "average pooling, padding counted": pooled(pooling.average_counted, pooling.average_counted_backward),
    "stochastic pooling": Function(lambda p, x, draws: pooling.stochastic(x, sliding(p), draws), stochastic_backward),
    "expected pooling": pooled(pooling.expected, pooling.expected_backward),
    "batch normalization": Function(lambda _, *arrays: normalization.training(*arrays), normalisation_backward),
    "batch normalization at inference": Function(lambda _, *arrays: normalization.inference(*arrays), inference_backward),
    "dropout": Function(
        lambda _, x, mask, kept: dropout.inverted(x, mask, kept),
        lambda _, arrays, y, dy: (*dropout.inverted_backward(arrays[0], arrays[1], arrays[2], dy), None),
    ),
    "recurrent": Function(lambda _, x, *weights: recurrent.forward(x, recurrent.Weights(*weights)), recurrent_backward),
    **{name: gated(name) for name in lstm_gru.UNITS},
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
    "concatenate": Function(lambda p, *arrays: np.concatenate(arrays, axis=p["axis"]), joined_backward),
    "rows": Function(lambda _, x: x.reshape(x.shape[0], -1), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "sum of products": Function(lambda _, *arrays: sum((a * b).sum() for a, b in paired(arrays)), products_backward),
}

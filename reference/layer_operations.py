"""Layers as named functions of calculations: those of ``reference.layers``, with their options in ``parameters``.

Images are ``(N, C, H, W)``, filters ``(FN, C, FH, FW)``, sequences ``(N, T, inputs)``; ``size``, ``stride`` and ``padding`` are
one whole number or ``[rows, columns]``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reference.comparisons import Array
from reference.functions import ANY_NUMBER, Function, Gradients, Parameters, summed_to
from reference.layers import (
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
from reference.rearrangements import IMAGE_REARRANGEMENTS

Arrays = Sequence[Array]


def sliding(parameters: Parameters, filters: Array | None = None) -> Window:
    """The window that the parameters describe; that of a convolution has the size of its filters.

    Raises:
        ValueError: for a size or a stride of 0.

    """
    size = parameters["size"] if filters is None else filters.shape[2:]
    slide = window(size, parameters.get("stride", 1), parameters.get("padding", 0))
    if min(*slide.size, *slide.stride) < 1:
        raise ValueError("size and stride must be at least 1")
    return slide


def convolution_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``convolution.backward``."""
    return convolution.backward(arrays[0], arrays[1], sliding(p, arrays[1]), dy)


def pooled(value: Callable[..., Any], backward: Callable[..., Any], optional: tuple[str, ...] = ("stride", "padding")) -> Function:
    """A pooling layer."""
    return Function(
        lambda p, x: value(x, sliding(p)),
        lambda p, arrays, y, dy: (backward(arrays[0], sliding(p), dy),),
        required=("size",),
        optional=optional,
    )


def stochastic_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``stochastic_pooling.stochastic_backward``; draws have no gradient."""
    return stochastic_pooling.stochastic_backward(arrays[0], sliding(p), arrays[1], dy), None


def per_channel(arrays: Arrays) -> Arrays:
    """The operands of a batch normalization.

    Raises:
        ValueError: where one between the batch and epsilon does not have one entry for each channel.

    """
    shapes = [array.shape for array in arrays[1:-1]]
    if arrays[0].ndim < 2 or arrays[-1].ndim or any(shape != arrays[0].shape[1:2] for shape in shapes):
        raise ValueError("accepted: a batch (N, C, ...), arrays with one entry for each channel, and one epsilon")
    return arrays


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


def gated(name: str, operands: tuple[int, int]) -> Function:
    """A gated layer; its operands are sequence, kernel, recurrent kernel, bias and (GRU) recurrent bias."""
    cell = lstm_gru.CELLS[name]

    def backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
        dx, weights = lstm_gru.backward(cell, arrays[0], gate_weights(arrays), dy)
        return dx, *weights[: len(arrays) - 1]

    return Function(lambda p, *arrays: lstm_gru.forward(cell, arrays[0], gate_weights(arrays)), backward, operands)


def dropout_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """See ``dropout.inverted_backward``; the probability is a setting without gradient."""
    x, mask, keep_prob = arrays
    dx, dmask = dropout.inverted_backward(x, mask, keep_prob, dy)
    return summed_to(dx, x), summed_to(dmask, mask), None


def pairs(arrays: Arrays) -> list[tuple[Array, Array]]:
    """The operands in pairs of two.

    Raises:
        ValueError: for an odd number of operands.

    """
    if len(arrays) % 2:
        raise ValueError("accepted: an even number of operands, the factors of products in pairs")
    return list(zip(arrays[::2], arrays[1::2], strict=True))


def products_backward(p: Parameters, arrays: Arrays, y: Array, dy: Array) -> Gradients:
    """The gradient of each factor of a product is the upstream gradient times the other factor."""
    factors = (np.broadcast_arrays(a, b) for a, b in pairs(arrays))
    others = (dy * factor for a, b in factors for factor in (b, a))
    return tuple(summed_to(gradient, array) for gradient, array in zip(others, arrays, strict=True))


LAYERS: Mapping[str, Function] = {
    "convolution": Function(
        lambda p, x, k, b: convolution.forward(x, k, b, sliding(p, k)), convolution_backward, (3, 3), (), ("stride", "padding")
    ),
    "max pooling": pooled(pooling.maximum, pooling.maximum_backward),
    "average pooling": pooled(pooling.average, pooling.average_backward),
    "average pooling, padding counted": pooled(pooling.average_counted, pooling.average_counted_backward),
    "stochastic pooling": Function(
        lambda p, x, draws: stochastic_pooling.stochastic(x, sliding(p), draws), stochastic_backward, (2, 2), ("size",), ("stride",)
    ),
    "expected pooling": pooled(stochastic_pooling.expected, stochastic_pooling.expected_backward, optional=("stride",)),
    "batch normalization": Function(
        lambda _, *arrays: normalization.training(*per_channel(arrays)), normalization_backward, (4, 4)
    ),
    "batch normalization at inference": Function(
        lambda _, *arrays: normalization.inference(*per_channel(arrays)), inference_backward, (6, 6)
    ),
    "dropout": Function(lambda _, x, mask, keep_prob: dropout.inverted(x, mask, keep_prob), dropout_backward, (3, 3)),
    "recurrent": Function(lambda _, x, *weights: recurrent.forward(x, recurrent.Weights(*weights)), recurrent_backward, (4, 4)),
    "lstm": gated("lstm", (4, 5)),
    **{name: gated(name, (5, 5)) for name in ("gru", "gru reset after")},
    "hidden units": Function(
        lambda _, v, kernel, bias: rbm.hidden(v, kernel, bias),
        lambda _, arrays, y, dy: rbm.hidden_backward(arrays[0], arrays[1], y, dy),
        (3, 3),
    ),
    "visible units": Function(
        lambda _, h, kernel, bias: rbm.visible(h, kernel, bias),
        lambda _, arrays, y, dy: rbm.visible_backward(arrays[0], arrays[1], y, dy),
        (3, 3),
    ),
    **IMAGE_REARRANGEMENTS,
    "sum of products": Function(
        lambda _, *arrays: sum(np.sum(a * b) for a, b in pairs(arrays)), products_backward, (2, ANY_NUMBER)
    ),
}

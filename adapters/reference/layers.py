"""The layers that dialects are about, by the reference: what a layer with given parameters makes of its input.

Images are ``(N, C, H, W)``, sequences ``(N, T, features)``, as in the reference.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from adapters import Array
from reference.layers import convolution, dropout, gates, lstm_gru, normalization, pooling
from reference.layers.im2col import Window, pair, window

Options = Mapping[str, Any]
Results = dict[str, Array]


def slide(options: Options, size: Any) -> Window:
    """The window of a layer; its padding is one number, or before and after in either direction."""
    padding, stride = options.get("padding", 0), options.get("stride", 1)
    if isinstance(padding, list) and len(padding) == 4:
        top, bottom, left, right = padding
        return Window(pair(size), pair(stride), ((top, bottom), (left, right)))
    return window(size, stride, padding)


def convolved(options: Options, x: Array, filters: Array, bias: Array) -> Results:
    """A convolution, filters not turned."""
    return {"output": convolution.forward(x, filters, bias, slide(options, filters.shape[2:]))}


def pooled(pool: Callable[[Array, Window], Array]) -> Callable[[Options, Array], Results]:
    """A pooling layer."""
    return lambda options, x: {"output": pool(x, slide(options, options["size"]))}


def batch_normalised(spread: Callable[[Array], Array]) -> Callable[..., Results]:
    """One pass in training: its output, what runs along afterwards (``spread`` is the variance), and what inference gives then."""

    def passed(options: Options, x: Array, gamma: Array, beta: Array, centre: Array, square: Array) -> Results:
        kept, epsilon = options["kept"], options["epsilon"]
        centre = normalization.running(centre, normalization.mean(x), kept)
        square = normalization.running(square, spread(x), kept)
        inference = normalization.inference(x, gamma, beta, centre, square, epsilon)
        output = normalization.training(x, gamma, beta, epsilon)
        return {"output": output, "running mean": centre, "running variance": square, "inference": inference}

    return passed


def layer_normalised(options: Options, x: Array, gamma: Array, beta: Array) -> Results:
    """``gamma (x - mean) / sqrt(variance + epsilon) + beta`` over every pattern (arXiv:1607.06450, equations 3 and 4)."""
    centred = x - x.sum(axis=1, keepdims=True) / x.shape[1]
    square = (centred**2).sum(axis=1, keepdims=True) / x.shape[1]
    return {"output": gamma * centred / np.sqrt(square + options["epsilon"]) + beta}


def dropped(options: Options, x: Array) -> Results:
    """What a unit that is kept gives in training, and what it gives at inference, for an input of ones; original or inverted."""
    kept = options["kept"]
    if options.get("inverted"):
        return {"training": dropout.inverted(x, x, kept).max(), "inference": x.max()}
    return {"training": dropout.original(x, x).max(), "inference": dropout.original_inference(x, kept).max()}


def recurrent(name: str) -> Callable[..., Results]:
    """All states of a layer with gates."""
    return lambda _, x, *weights: {"output": lstm_gru.forward(lstm_gru.CELLS[name], x, gates.Weights(*weights))}


LAYERS: Mapping[str, Callable[..., Results]] = {
    "dense": lambda _, x, kernel, bias: {"output": x @ kernel + bias},
    "flatten": lambda _, x: {"output": x.reshape(len(x), -1)},
    "convolution": convolved,
    "max pooling": pooled(pooling.maximum),
    "average pooling": pooled(pooling.average),
    "average pooling, padding counted": pooled(pooling.average_counted),
    "batch normalization": batch_normalised(normalization.variance),
    "batch normalization, unbiased": batch_normalised(normalization.unbiased_variance),
    "layer normalization": layer_normalised,
    "dropout": dropped,
    "dropout, inverted": lambda options, x: dropped({**options, "inverted": True}, x),
    **{name: recurrent(name) for name in ("lstm", "gru", "gru reset after")},
}

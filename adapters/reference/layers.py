"""The layers of conventions on the reference: what a layer with given parameters computes from its input.

Images are ``(N, C, H, W)``, sequences ``(N, T, features)``. Layers that calculations have too are the functions of
``reference.layer_operations``.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from adapters.protocol import Array
from reference import layer_operations
from reference.layers import dropout, normalization

Options = Mapping[str, Any]
Outputs = dict[str, Array]
LayerRule = Callable[..., Outputs]


def operation(name: str) -> LayerRule:
    """A layer that calculations have."""
    return lambda options, x, *parameters: {"output": layer_operations.LAYERS[name].value(options, x, *parameters)}


def convolution(options: Options, x: Array, filters: Array, bias: Array) -> Outputs:
    """A convolution, filters not flipped; a padding of four numbers is ``[top, bottom, left, right]``."""
    padding = options.get("padding", 0)
    if isinstance(padding, list) and len(padding) == 4:
        top, bottom, left, right = padding
        x, options = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right))), {**options, "padding": 0}
    return operation("convolution")(options, x, filters, bias)


def batch_normalization(variance: Callable[[Array], Array]) -> LayerRule:
    """One pass in training: its output, the running statistics after it (of ``variance``), and the output at inference then."""

    def layer(options: Options, x: Array, gamma: Array, beta: Array, running_mean: Array, running_variance: Array) -> Outputs:
        momentum, epsilon = options["momentum"], options["epsilon"]
        running_mean = normalization.running(running_mean, normalization.mean(x), momentum)
        running_variance = normalization.running(running_variance, variance(x), momentum)
        return {
            "output": normalization.training(x, gamma, beta, epsilon),
            "running mean": running_mean,
            "running variance": running_variance,
            "inference": normalization.inference(x, gamma, beta, running_mean, running_variance, epsilon),
        }

    return layer


def layer_normalization(options: Options, x: Array, gamma: Array, beta: Array) -> Outputs:
    """Every sample of ``(N, features)`` normalized by its own mean and variance (arXiv:1607.06450, equations 3 and 4).

    That is batch normalization of the transpose, then scale and shift.
    """
    ones = x[:, 0] * 0 + 1
    return {"output": gamma * normalization.training(x.T, ones, 0 * ones, options["epsilon"]).T + beta}


def original_dropout(options: Options, x: Array) -> Outputs:
    """What a unit that is not dropped outputs in training and at inference, for an input of ones."""
    return {"training": dropout.original(x, x).max(), "inference": dropout.original_inference(x, options["keep_prob"]).max()}


def inverted_dropout(options: Options, x: Array) -> Outputs:
    """The same, scaled in training instead of at inference."""
    return {"training": dropout.inverted(x, x, options["keep_prob"]).max(), "inference": x.max()}


LAYERS: Mapping[str, LayerRule] = {
    "dense": lambda _, x, kernel, bias: {"output": x @ kernel + bias},
    "flatten": operation("rows"),
    "convolution": convolution,
    **{name: operation(name) for name in ("max pooling", "average pooling", "average pooling, padding counted")},
    "batch normalization": batch_normalization(normalization.variance),
    "batch normalization, unbiased": batch_normalization(normalization.unbiased_variance),
    "layer normalization": layer_normalization,
    "dropout": original_dropout,
    "dropout, inverted": inverted_dropout,
    **{name: operation(name) for name in ("lstm", "gru", "gru reset after")},
}

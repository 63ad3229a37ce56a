"""Activation functions, each beside its backward rule.

``y = value(x)`` maps pre-activations to outputs, both of shape ``(batch, features)``. ``dx = backward(x, y, dy)`` maps the
gradient of the loss with respect to the outputs to the gradient with respect to the pre-activations; the books write it in
terms of the output ``y`` (numpy-dnn, sections 01.07 and 01.08).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array, positive, reaches


class Activation(NamedTuple):
    """An activation function and its backward rule."""

    value: Callable[[Array], Array]
    backward: Callable[[Array, Array, Array], Array]


def identity(x: Array) -> Array:
    """``y = x``."""
    return x


def identity_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = dy``."""
    return dy


def step(x: Array) -> Array:
    """``y = 1 if x > 0 else 0``: the threshold of the perceptron."""
    return positive(x) * (x * 0 + 1)


def step_at_zero(x: Array) -> Array:
    """``y = 1 if x >= 0 else 0``: the same threshold, which 0 reaches."""
    return reaches(x, x * 0) * (x * 0 + 1)


def bipolar_step(x: Array) -> Array:
    """``y = 1 if x > 0 else -1``."""
    return 2 * step(x) - 1


def bipolar_step_at_zero(x: Array) -> Array:
    """``y = 1 if x >= 0 else -1``."""
    return 2 * step_at_zero(x) - 1


def step_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = 0`` on both sides of the jump, and by convention at the jump too."""
    return dy * 0


def sigmoid(x: Array) -> Array:
    """``y = 1 / (1 + e^-x)``."""
    return 1 / (1 + np.exp(-x))


def sigmoid_logaddexp(x: Array) -> Array:
    """``y = e^-log(e^0 + e^-x)``: the sigmoid of floating-point numbers without overflow (study-notes, chapter 3)."""
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = dy y (1 - y)``."""
    return dy * y * (1 - y)


def tanh(x: Array) -> Array:
    """``y = tanh x``."""
    return np.tanh(x)


def tanh_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = dy (1 + y)(1 - y)``."""
    return dy * (1 + y) * (1 - y)


def relu(x: Array) -> Array:
    """``y = x if x > 0 else 0``."""
    return positive(x) * x


def relu_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = dy if x > 0 else 0``: by convention the derivative at 0 is 0."""
    return dy * positive(x)


def softmax(x: Array) -> Array:
    """``y_k = e^x_k / sum_j e^x_j`` over each row, as ``1 / (1 + sum_j e^(x_j - x_k))`` over all other ``j``.

    Against overflow the books subtract the greatest entry before ``exp``. This form needs no subtraction (an overflow to infinity
    gives the right 0), and ``x_k`` never appears in a difference with itself, so that balls stay as narrow as the function allows.
    ``x^0`` is the 1 of the number type, also where there are no others.
    """
    others = ~np.eye(x.shape[-1], dtype=bool)
    with np.errstate(over="ignore"):
        return x**0 / np.exp(x[..., np.newaxis, :] - x[..., np.newaxis]).sum(axis=-1, where=others, initial=1)


def softmax_backward(x: Array, y: Array, dy: Array) -> Array:
    """``dx = y (dy - sum_j dy_j y_j)`` over each row."""
    return y * (dy - (dy * y).sum(axis=-1, keepdims=True))


STEPS = ("step", "step at zero", "bipolar step", "bipolar step at zero")
"""The activations whose derivative is 0 everywhere: the units of perceptrons."""

ACTIVATIONS: Mapping[str, Activation] = {
    "identity": Activation(identity, identity_backward),
    "step": Activation(step, step_backward),
    "step at zero": Activation(step_at_zero, step_backward),
    "bipolar step": Activation(bipolar_step, step_backward),
    "bipolar step at zero": Activation(bipolar_step_at_zero, step_backward),
    "sigmoid": Activation(sigmoid, sigmoid_backward),
    "tanh": Activation(tanh, tanh_backward),
    "relu": Activation(relu, relu_backward),
    "softmax": Activation(softmax, softmax_backward),
}

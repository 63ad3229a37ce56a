"""The functions of the framework conventions: what frameworks define differently under one name, each beside its gradient.

Activations take ``x``, losses outputs ``y`` and targets ``t`` of shape ``(batch, outputs)``. The reduction of a loss is part of its
formula: *mean* squared error over all entries, *mean* cross entropy over samples. Where ``reference.activations`` or
``reference.losses`` has a formula, it is here under that name.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.activations import ACTIVATIONS, sigmoid
from reference.comparisons import Array, argmax, maximum, positive
from reference.losses import (
    cross_entropy,
    cross_entropy_gradient,
    half_squared_error,
    half_squared_error_gradient,
    squared_error,
    squared_error_gradient,
)

erf: Callable[[Any], Any] = np.frompyfunc(lambda x: x.erf() if hasattr(x, "erf") else math.erf(x), 1, 1)
pi_of: Callable[[Any], Any] = np.frompyfunc(lambda x: x.pi() if hasattr(x, "pi") else math.pi, 1, 1)


class Formula(NamedTuple):
    """A function of one or two arrays with options, and the gradient of the sum of its entries with respect to the first."""

    value: Callable[..., Any]
    gradient: Callable[..., Any]


def activation(name: str) -> Formula:
    """An activation of ``reference.activations``; its gradient is the backward rule for an upstream gradient of ones."""
    value, backward = ACTIVATIONS[name]
    return Formula(value, lambda x: backward(x, value(x), x * 0 + 1))


def pi(x: Array) -> Array:
    """Pi in the number type of ``x`` (a ball encloses it at the present precision), in every entry."""
    return np.asarray(pi_of(x), dtype=x.dtype)


def normal_density(x: Array) -> Any:
    """The density ``e^(-x^2 / 2) / sqrt(2 pi)`` of the normal distribution."""
    return np.exp(-x * x / 2) / np.sqrt(2 * pi(x))


def normal_cdf(x: Array) -> Any:
    """The normal distribution's ``P(X <= x) = (1 + erf(x / sqrt 2)) / 2``."""
    return (1 + np.asarray(erf(x / np.sqrt(x * 0 + 2)), dtype=x.dtype)) / 2


def gelu_tanh_argument(x: Array) -> Any:
    """``u = sqrt(2 / pi) (x + 44715 x^3 / 10^6)``, the argument of the tanh in ``gelu_tanh``."""
    return np.sqrt(2 / pi(x)) * (x + 44715 * x**3 / 10**6)


def gelu_tanh(x: Array) -> Any:
    """``x (1 + tanh u) / 2`` with ``u = sqrt(2 / pi) (x + 44715 x^3 / 10^6)`` (arXiv:1606.08415, section 2)."""
    return x * (1 + np.tanh(gelu_tanh_argument(x))) / 2


def gelu_tanh_gradient(x: Array) -> Any:
    """``(1 + tanh u) / 2 + x (1 - tanh^2 u) u' / 2``."""
    tanh_u = np.tanh(gelu_tanh_argument(x))
    return (1 + tanh_u) / 2 + x * (1 - tanh_u * tanh_u) * np.sqrt(2 / pi(x)) * (1 + 3 * 44715 * x * x / 10**6) / 2


def maximum_gradient(x: Array) -> Any:
    """1 at the first greatest entry, 0 elsewhere."""
    return np.where((np.arange(x.size) == argmax(x)).reshape(x.shape), x * 0 + 1, x * 0)


def huber(y: Array, t: Array, delta: Any) -> Any:
    """``e^2 / 2`` for an error ``|e| <= d``, else ``d |e| - d^2 / 2``; mean over all entries (Ann. Math. Statist. 35:73, 1964)."""
    error = np.abs(y - t)
    return np.where(positive(error - delta), delta * error - delta * delta / 2, error * error / 2).sum() / y.size


def huber_gradient(y: Array, t: Array, delta: Any) -> Any:
    """``e``, cut off at ``-d`` and ``d``, over the number of entries."""
    error = y - t
    sign = positive(error) * 1 - positive(-error) * 1
    return np.where(positive(np.abs(error) - delta), delta * sign, error) / y.size


def mean_cross_entropy(p: Array, t: Array) -> Any:
    """``-sum t log p / N``: the mean over N samples."""
    return cross_entropy(p, t) / len(p)


def mean_cross_entropy_gradient(p: Array, t: Array) -> Any:
    """``-t / (p N)``."""
    return cross_entropy_gradient(p, t) / len(p)


FORMULAS: Mapping[str, Formula] = {
    "identity": activation("identity"),
    "relu": activation("relu"),
    "leaky relu": Formula(
        lambda x, slope: np.where(positive(x), x, slope * x), lambda x, slope: np.where(positive(x), x * 0 + 1, x * 0 + slope)
    ),
    "gelu": Formula(lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * normal_density(x)),
    "gelu, tanh": Formula(gelu_tanh, gelu_tanh_gradient),
    "softplus": Formula(lambda x: np.log(1 + np.exp(x)), sigmoid),
    "greatest": Formula(maximum, maximum_gradient),
    "half squared error": Formula(half_squared_error, half_squared_error_gradient),
    "mean squared error": Formula(lambda y, t: squared_error(y, t) / y.size, lambda y, t: squared_error_gradient(y, t) / y.size),
    "huber": Formula(huber, huber_gradient),
    "cross entropy": Formula(cross_entropy, cross_entropy_gradient),
    "mean cross entropy": Formula(mean_cross_entropy, mean_cross_entropy_gradient),
    "weighted cross entropy": Formula(
        lambda p, t, weights: mean_cross_entropy(p, t * weights), lambda p, t, weights: mean_cross_entropy_gradient(p, t * weights)
    ),
    "binary cross entropy": Formula(
        lambda p, t: -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum() / p.size, lambda p, t: (p - t) / (p * (1 - p)) / p.size
    ),
    "relative entropy": Formula(lambda q, p: (p * np.log(p / q)).sum() / len(q), lambda q, p: -p / q / len(q)),
    "penalty": Formula(lambda w, coefficient: coefficient * (w * w).sum() / 2, lambda w, coefficient: coefficient * w),
}

"""Functions that frameworks have under one name and define differently, each beside its slope: the gradient of its sum by ``x``.

``y`` are outputs and ``t`` targets of shape ``(patterns, outputs)``; words such as *mean* say over what.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array, positive

erf: Callable[[Any], Any] = np.frompyfunc(lambda x: x.erf() if hasattr(x, "erf") else math.erf(x), 1, 1)
circle: Callable[[Any], Any] = np.frompyfunc(lambda x: x.pi() if hasattr(x, "pi") else math.pi, 1, 1)


def pi(x: Array) -> Array:
    """The circle's number in the number type of ``x`` (a ball knows its own), in every entry."""
    return np.asarray(circle(x), dtype=x.dtype)


class Formula(NamedTuple):
    """A function of one or two arrays with options, and the gradient of the sum of its entries with respect to the first."""

    value: Callable[..., Any]
    slope: Callable[..., Any]


def bell(x: Array) -> Any:
    """The density ``e^(-x^2 / 2) / sqrt(2 pi)`` of the normal distribution."""
    return np.exp(-x * x / 2) / np.sqrt(2 * pi(x))


def below(x: Array) -> Any:
    """The normal distribution's ``P(X <= x) = (1 + erf(x / sqrt 2)) / 2``."""
    return (1 + np.asarray(erf(x / np.sqrt(x * 0 + 2)), dtype=x.dtype)) / 2


def gelu_tanh(x: Array) -> Any:
    """``x (1 + tanh u) / 2`` with ``u = sqrt(2 / pi) (x + 44715 x^3 / 10^6)`` (arXiv:1606.08415, section 2)."""
    return x * (1 + np.tanh(inner(x))) / 2


def inner(x: Array) -> Any:
    """The ``u`` of ``gelu_tanh``."""
    return np.sqrt(2 / pi(x)) * (x + 44715 * x**3 / 10**6)


def gelu_tanh_slope(x: Array) -> Any:
    """``(1 + tanh u) / 2 + x (1 - tanh^2 u) u' / 2``."""
    bent = np.tanh(inner(x))
    return (1 + bent) / 2 + x * (1 - bent * bent) * np.sqrt(2 / pi(x)) * (1 + 3 * 44715 * x * x / 10**6) / 2


def first_greatest(x: Array) -> Any:
    """1 at the first greatest entry, 0 elsewhere: how a maximum hands back its gradient."""
    flat = x.ravel()
    at = next(i for i in range(flat.size) if all(flat[i] >= other for other in flat))
    return np.where((np.arange(flat.size) == at).reshape(x.shape), x * 0 + 1, x * 0)


def huber(y: Array, t: Array, delta: Any) -> Any:
    """``e^2 / 2`` for an error ``|e| <= d``, else ``d |e| - d^2 / 2``; mean over all entries (Ann. Math. Statist. 35:73, 1964)."""
    error = np.abs(y - t)
    return np.where(positive(error - delta), delta * error - delta * delta / 2, error * error / 2).sum() / y.size


def huber_slope(y: Array, t: Array, delta: Any) -> Any:
    """``e``, cut off at ``-d`` and ``d``."""
    error = y - t
    sign = positive(error) * 1 - positive(-error) * 1
    return np.where(positive(np.abs(error) - delta), delta * sign, error) / y.size


FORMULAS: Mapping[str, Formula] = {
    "identity": Formula(lambda x: x, lambda x: x * 0 + 1),
    "relu": Formula(lambda x: positive(x) * x, lambda x: positive(x) * (x * 0 + 1)),
    "leaky relu": Formula(
        lambda x, slope: np.where(positive(x), x, slope * x), lambda x, slope: np.where(positive(x), x * 0 + 1, x * 0 + slope)
    ),
    "gelu": Formula(lambda x: x * below(x), lambda x: below(x) + x * bell(x)),
    "gelu, tanh": Formula(gelu_tanh, gelu_tanh_slope),
    "softplus": Formula(lambda x: np.log(1 + np.exp(x)), lambda x: 1 / (1 + np.exp(-x))),
    "greatest": Formula(lambda x: x.max(), first_greatest),
    "half squared error": Formula(lambda y, t: ((y - t) ** 2).sum() / 2, lambda y, t: y - t),
    "mean squared error": Formula(lambda y, t: ((y - t) ** 2).sum() / y.size, lambda y, t: 2 * (y - t) / y.size),
    "huber": Formula(huber, huber_slope),
    "cross entropy": Formula(lambda p, t: (-t * np.log(p)).sum(), lambda p, t: -t / p),
    "mean cross entropy": Formula(lambda p, t: (-t * np.log(p)).sum() / len(p), lambda p, t: -t / p / len(p)),
    "weighted cross entropy": Formula(
        lambda p, t, weights: (-t * weights * np.log(p)).sum() / len(p), lambda p, t, weights: -t * weights / p / len(p)
    ),
    "binary cross entropy": Formula(
        lambda p, t: -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum() / p.size, lambda p, t: (p - t) / (p * (1 - p)) / p.size
    ),
    "relative entropy": Formula(lambda q, p: (p * np.log(p / q)).sum() / len(q), lambda q, p: -p / q / len(q)),
    "penalty": Formula(lambda w, coefficient: coefficient * (w * w).sum() / 2, lambda w, coefficient: coefficient * w),
}

"""Optimizers: what one step does to a parameter, given the gradient there (dl-python, VI.1 names them; formulas are the papers').

``state, w = step(state, w, g, rate, t, ...)``: ``state`` is what the rule remembers, a tuple of arrays shaped like ``w``; ``rate``
is this step's learning rate, ``t`` counts steps from 1. Momentum stands in forms that differ as soon as the rate changes, and the
small ``epsilon`` against division by 0 stands outside or inside a root: frameworks disagree about both.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.optimization.momentum import (
    State,
    Stepped,
    momentum,
    momentum_average,
    momentum_dampened,
    momentum_rate_outside,
    nesterov,
    nesterov_rate_outside,
    sgd,
)

ROOTS: Mapping[str, Callable[[Any, Any], Any]] = {
    "outside": lambda h, epsilon: np.sqrt(h) + epsilon,
    "inside": lambda h, epsilon: np.sqrt(h + epsilon),
}


def adagrad(state: State, w: Array, g: Array, rate: Any, t: int, epsilon: Any, root: str) -> Stepped:
    """``h = h + g^2; w = w - rate g / (sqrt(h) + epsilon)`` (JMLR 12:2121, 2011, figure 1)."""
    h = state[0] + g * g
    return (h,), w - rate * g / ROOTS[root](h, epsilon)


def adadelta(state: State, w: Array, g: Array, rate: Any, t: int, rho: Any, epsilon: Any) -> Stepped:
    """``h = rho h + (1 - rho) g^2; d = g sqrt(s + epsilon) / sqrt(h + epsilon); s = rho s + (1 - rho) d^2; w = w - rate d``.

    arXiv:1212.5701, algorithm 1, where the rate is 1.
    """
    h = rho * state[0] + (1 - rho) * g * g
    d = g * np.sqrt(state[1] + epsilon) / np.sqrt(h + epsilon)
    return (h, rho * state[1] + (1 - rho) * d * d), w - rate * d


def rmsprop(state: State, w: Array, g: Array, rate: Any, t: int, rho: Any, epsilon: Any, root: str) -> Stepped:
    """``h = rho h + (1 - rho) g^2; w = w - rate g / sqrt(h)``, with ``epsilon`` outside or inside (Coursera lecture 6e, 2012)."""
    h = rho * state[0] + (1 - rho) * g * g
    return (h,), w - rate * g / ROOTS[root](h, epsilon)


def rmsprop_centered(state: State, w: Array, g: Array, rate: Any, t: int, rho: Any, epsilon: Any, root: str) -> Stepped:
    """As RMSprop, with ``h - a^2`` under the root, where ``a = rho a + (1 - rho) g`` (arXiv:1308.0850, equations 38 to 41)."""
    h = rho * state[0] + (1 - rho) * g * g
    a = rho * state[1] + (1 - rho) * g
    return (h, a), w - rate * g / ROOTS[root](h - a * a, epsilon)


def rmsprop_momentum(
    state: State, w: Array, g: Array, rate: Any, t: int, rho: Any, epsilon: Any, root: str, momentum: Any, form: str
) -> Stepped:
    """RMSprop's ``g / sqrt(h)`` takes the gradient's place in a ``form`` of momentum."""
    h = rho * state[0] + (1 - rho) * g * g
    (v,), w = OPTIMIZERS[form].step(state[1:], w, g / ROOTS[root](h, epsilon), rate, t, momentum=momentum)
    return (h, v), w


def adam(
    state: State,
    w: Array,
    g: Array,
    rate: Any,
    t: int,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    power1: Any = None,
    power2: Any = None,
) -> Stepped:
    """``m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = w - rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)``.

    arXiv:1412.6980, algorithm 1. ``power1`` and ``power2`` stand for b1 and b2 in ``b1^t`` and ``b2^t`` where a framework keeps
    fewer digits of them there.
    """
    m, v = beta1 * state[0] + (1 - beta1) * g, beta2 * state[1] + (1 - beta2) * g * g
    first, second = (1 - (b if power is None else power) ** t for b, power in ((beta1, power1), (beta2, power2)))
    return (m, v), w - rate * (m / first) / (np.sqrt(v / second) + epsilon)


def adam_epsilon_hat(
    state: State, w: Array, g: Array, rate: Any, t: int, beta1: Any, beta2: Any, epsilon: Any, **powers: Any
) -> Stepped:
    """``w = w - rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)``: the order proposed at the end of section 2 there.

    It is algorithm 1 with an epsilon of ``epsilon / sqrt(1 - b2^t)``.
    """
    return adam(state, w, g, rate, t, beta1, beta2, epsilon / np.sqrt(1 - powers.get("power2", beta2) ** t), **powers)


class Optimizer(NamedTuple):
    """A rule, and how many arrays it remembers."""

    step: Callable[..., Stepped]
    remembers: int


OPTIMIZERS: Mapping[str, Optimizer] = {
    "sgd": Optimizer(sgd, 0),
    "momentum": Optimizer(momentum, 1),
    "momentum, rate outside": Optimizer(momentum_rate_outside, 1),
    "momentum, average": Optimizer(momentum_average, 1),
    "momentum, dampened": Optimizer(momentum_dampened, 1),
    "nesterov": Optimizer(nesterov, 1),
    "nesterov, rate outside": Optimizer(nesterov_rate_outside, 1),
    "adagrad": Optimizer(adagrad, 1),
    "adadelta": Optimizer(adadelta, 2),
    "rmsprop": Optimizer(rmsprop, 1),
    "rmsprop, centered": Optimizer(rmsprop_centered, 2),
    "rmsprop, momentum": Optimizer(rmsprop_momentum, 2),
    "adam": Optimizer(adam, 2),
    "adam, epsilon hat": Optimizer(adam_epsilon_hat, 2),
}


def trajectory(
    name: str,
    w: Array,
    gradients: Iterable[Array],
    rates: Iterable[Any],
    initial: Any = 0,
    decay: Callable[[Array, Array, Any], tuple[Array, Array]] = lambda w, g, rate: (w, g),
    **options: Any,
) -> list[Array]:
    """The parameter after each step along given gradients; all that is remembered starts at ``initial``."""
    optimizer, points = OPTIMIZERS[name], []
    state: State = (w * 0 + initial,) * optimizer.remembers
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        w, slope = decay(w, g, rate)
        state, w = optimizer.step(state, w, slope, rate, t, **options)
        points.append(w)
    return points

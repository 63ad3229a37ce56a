"""Optimizers: one step of each, for a parameter and its gradient (dl-python, VI.1 names them; the formulas are the papers').

``state, w = step(state, w, g, learning_rate, t, ...)``: ``w`` is the parameter and ``g`` its gradient, ``state`` a tuple of arrays
shaped like ``w`` (velocity, moments), ``learning_rate`` (``lr`` in formulas) that of this step; ``t`` counts steps from 1.

Frameworks disagree about two things. Momentum has forms that differ as soon as the learning rate changes. ``root`` says where the
small ``epsilon`` against division by 0 is: ``"inside"`` or ``"outside"`` the square root.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array
from reference.optimization.momentum import (
    State,
    StepResult,
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


def adagrad(state: State, w: Array, g: Array, learning_rate: Any, t: int, epsilon: Any, root: str) -> StepResult:
    """``h = h + g^2; w = w - lr g / (sqrt(h) + epsilon)`` (JMLR 12:2121, 2011, figure 1)."""
    h = state[0] + g * g
    return (h,), w - learning_rate * g / ROOTS[root](h, epsilon)


def adadelta(state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any) -> StepResult:
    """``h = rho h + (1 - rho) g^2; d = g sqrt(s + epsilon) / sqrt(h + epsilon); s = rho s + (1 - rho) d^2; w = w - lr d``.

    arXiv:1212.5701, algorithm 1, where the learning rate is 1.
    """
    h = rho * state[0] + (1 - rho) * g * g
    d = g * np.sqrt(state[1] + epsilon) / np.sqrt(h + epsilon)
    return (h, rho * state[1] + (1 - rho) * d * d), w - learning_rate * d


def rmsprop(state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any, root: str) -> StepResult:
    """``h = rho h + (1 - rho) g^2; w = w - lr g / sqrt(h)``, with ``epsilon`` outside or inside (Coursera lecture 6e, 2012)."""
    h = rho * state[0] + (1 - rho) * g * g
    return (h,), w - learning_rate * g / ROOTS[root](h, epsilon)


def rmsprop_centered(state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any, root: str) -> StepResult:
    """As RMSprop, with ``h - a^2`` under the root, where ``a = rho a + (1 - rho) g`` (arXiv:1308.0850, equations 38 to 41)."""
    h = rho * state[0] + (1 - rho) * g * g
    a = rho * state[1] + (1 - rho) * g
    return (h, a), w - learning_rate * g / ROOTS[root](h - a * a, epsilon)


def rmsprop_momentum(
    state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any, root: str, momentum: Any, form: str
) -> StepResult:
    """Momentum of the given ``form``, with RMSprop's ``g / sqrt(h)`` in place of the gradient."""
    h = rho * state[0] + (1 - rho) * g * g
    (v,), w = OPTIMIZERS[form].step(state[1:], w, g / ROOTS[root](h, epsilon), learning_rate, t, momentum=momentum)
    return (h, v), w


def adam(
    state: State,
    w: Array,
    g: Array,
    learning_rate: Any,
    t: int,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    power1: Any = None,
    power2: Any = None,
) -> StepResult:
    """``m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = w - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)``.

    arXiv:1412.6980, algorithm 1. Where a framework rounds b1 and b2 in ``b1^t`` and ``b2^t`` to fewer digits, ``power1`` and
    ``power2`` are these rounded coefficients.
    """
    m = beta1 * state[0] + (1 - beta1) * g
    v = beta2 * state[1] + (1 - beta2) * g * g
    correction1, correction2 = (1 - (b if power is None else power) ** t for b, power in ((beta1, power1), (beta2, power2)))
    return (m, v), w - learning_rate * (m / correction1) / (np.sqrt(v / correction2) + epsilon)


def adam_epsilon_hat(
    state: State, w: Array, g: Array, learning_rate: Any, t: int, beta1: Any, beta2: Any, epsilon: Any, **powers: Any
) -> StepResult:
    """``w = w - lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)``: the form at the end of section 2 of the same paper.

    It is algorithm 1 with an epsilon of ``epsilon / sqrt(1 - b2^t)``.
    """
    return adam(state, w, g, learning_rate, t, beta1, beta2, epsilon / np.sqrt(1 - powers.get("power2", beta2) ** t), **powers)


class Optimizer(NamedTuple):
    """The step of an optimizer, and the number of arrays in its state."""

    step: Callable[..., StepResult]
    state_size: int


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
    learning_rates: Iterable[Any],
    initial: Any = 0,
    decay: Callable[[Array, Array, Any], tuple[Array, Array]] = lambda w, g, learning_rate: (w, g),
    **options: Any,
) -> list[Array]:
    """The parameter after each step with given gradients and learning rates; every array of the state starts at ``initial``.

    ``decay`` is a weight decay before each step; ``options`` are further arguments of the optimizer's step.
    """
    optimizer, points = OPTIMIZERS[name], []
    state: State = (w * 0 + initial,) * optimizer.state_size
    for t, (g, learning_rate) in enumerate(zip(gradients, learning_rates, strict=True), 1):
        w, decayed = decay(w, g, learning_rate)
        state, w = optimizer.step(state, w, decayed, learning_rate, t, **options)
        points.append(w)
    return points

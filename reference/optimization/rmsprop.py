"""AdaGrad, AdaDelta and RMSprop: steps divided by the root of summed or averaged squared gradients.

``optimizers`` describes the arguments. ``root`` says where the small ``epsilon`` against division by 0 is, about which frameworks
disagree: ``"inside"`` or ``"outside"`` the square root.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.comparisons import Array, not_negative
from reference.optimization.momentum import FORMS, State, StepResult

ROOTS: Mapping[str, Callable[[Any, Any], Any]] = {
    "outside": lambda h, epsilon: np.sqrt(h) + epsilon,
    "inside": lambda h, epsilon: np.sqrt(h + epsilon),
}


def adagrad(state: State, w: Array, g: Array, learning_rate: Any, t: int, epsilon: Any, root: str) -> StepResult:
    """``h = h + g^2; w = w - lr g / (sqrt(h) + epsilon)`` (JMLR 12:2121, 2011, figure 1)."""
    h = state[0] + g * g
    return (h,), w - learning_rate * g / ROOTS[root](not_negative(h), epsilon)


def adadelta(state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any) -> StepResult:
    """``h = rho h + (1 - rho) g^2; d = g sqrt(s + epsilon) / sqrt(h + epsilon); s = rho s + (1 - rho) d^2; w = w - lr d``.

    arXiv:1212.5701, algorithm 1, where the learning rate is 1.
    """
    h = rho * state[0] + (1 - rho) * g * g
    d = g * np.sqrt(not_negative(state[1]) + epsilon) / np.sqrt(not_negative(h) + epsilon)
    return (h, rho * state[1] + (1 - rho) * d * d), w - learning_rate * d


def rmsprop(state: State, w: Array, g: Array, learning_rate: Any, t: int, rho: Any, epsilon: Any, root: str) -> StepResult:
    """``h = rho h + (1 - rho) g^2; w = w - lr g / sqrt(h)``, with ``epsilon`` outside or inside (Coursera lecture 6e, 2012)."""
    h = rho * state[0] + (1 - rho) * g * g
    return (h,), w - learning_rate * g / ROOTS[root](not_negative(h), epsilon)


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
    (v,), w = FORMS[form](state[1:], w, g / ROOTS[root](not_negative(h), epsilon), learning_rate, t, momentum=momentum)
    return (h, v), w

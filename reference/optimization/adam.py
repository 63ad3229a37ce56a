"""Adam in the form of its algorithm 1, and in the one with epsilon hat; ``optimizers`` describes the arguments."""

from typing import Any

import numpy as np

from reference.comparisons import Array, not_negative
from reference.optimization.momentum import State, StepResult


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
    return (m, v), w - learning_rate * (m / correction1) / (np.sqrt(not_negative(v / correction2)) + epsilon)


def adam_epsilon_hat(
    state: State, w: Array, g: Array, learning_rate: Any, t: int, beta1: Any, beta2: Any, epsilon: Any, **powers: Any
) -> StepResult:
    """``w = w - lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)``: the form at the end of section 2 of the same paper.

    It is algorithm 1 with an epsilon of ``epsilon / sqrt(1 - b2^t)``.
    """
    return adam(state, w, g, learning_rate, t, beta1, beta2, epsilon / np.sqrt(1 - powers.get("power2", beta2) ** t), **powers)

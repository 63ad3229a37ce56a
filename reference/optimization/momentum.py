"""Gradient descent and momentum, with the learning rate ``lr`` inside or outside the velocity ``v``.

The forms differ as soon as the learning rate changes; frameworks disagree about them. ``optimizers`` describes the arguments.
"""

from collections.abc import Callable, Mapping
from typing import Any

from reference.comparisons import Array

State = tuple[Array, ...]
StepResult = tuple[State, Array]


def sgd(state: State, w: Array, g: Array, learning_rate: Any, t: int) -> StepResult:
    """``w = w - lr g``."""
    return state, w - learning_rate * g


def momentum(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any) -> StepResult:
    """``v = m v - lr g; w = w + v``: each gradient keeps its own learning rate (PMLR 28(3):1139, 2013, equations 1 and 2)."""
    v = momentum * state[0] - learning_rate * g
    return (v,), w + v


def momentum_rate_outside(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any) -> StepResult:
    """``v = m v + g; w = w - lr v``: the present learning rate scales all past gradients (the form of torch.optim.SGD)."""
    v = momentum * state[0] + g
    return (v,), w - learning_rate * v


def momentum_average(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any) -> StepResult:
    """``v = m v + (1 - m) g; w = w - lr v``: the velocity is an average, steps are 1 - m times as long."""
    v = momentum * state[0] + (1 - momentum) * g
    return (v,), w - learning_rate * v


def momentum_dampened(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any, dampening: Any) -> StepResult:
    """``v = g`` at first, then ``v = m v + (1 - d) g``; ``w = w - lr v``: the first gradient is not dampened."""
    v = g if t == 1 else momentum * state[0] + (1 - dampening) * g
    return (v,), w - learning_rate * v


def nesterov(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any) -> StepResult:
    """``v = m v - lr g; w = w + m v - lr g``, where ``w`` is the look-ahead point (arXiv:1212.0901, equation 7)."""
    v = momentum * state[0] - learning_rate * g
    return (v,), w + momentum * v - learning_rate * g


def nesterov_rate_outside(state: State, w: Array, g: Array, learning_rate: Any, t: int, momentum: Any) -> StepResult:
    """``v = m v + g; w = w - lr (g + m v)`` (the form of torch.optim.SGD)."""
    v = momentum * state[0] + g
    return (v,), w - learning_rate * (g + momentum * v)


FORMS: Mapping[str, Callable[..., StepResult]] = {
    "momentum": momentum,
    "momentum, rate outside": momentum_rate_outside,
    "momentum, average": momentum_average,
    "momentum, dampened": momentum_dampened,
    "nesterov": nesterov,
    "nesterov, rate outside": nesterov_rate_outside,
}

"""Gradient descent and momentum: steps in one direction, with the rate inside or outside of what is remembered.

See ``reference/optimizers.py`` for the arguments.
"""

from typing import Any

from reference.comparisons import Array

State = tuple[Array, ...]
Stepped = tuple[State, Array]


def sgd(state: State, w: Array, g: Array, rate: Any, t: int) -> Stepped:
    """``w = w - rate g``."""
    return state, w - rate * g


def momentum(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any) -> Stepped:
    """``v = m v - rate g; w = w + v``: the velocity keeps the rates it was made with (PMLR 28(3):1139, 2013, equations 1 and 2)."""
    v = momentum * state[0] - rate * g
    return (v,), w + v


def momentum_rate_outside(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any) -> Stepped:
    """``v = m v + g; w = w - rate v``: the present rate scales the whole past (the form of torch.optim.SGD)."""
    v = momentum * state[0] + g
    return (v,), w - rate * v


def momentum_average(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any) -> Stepped:
    """``v = m v + (1 - m) g; w = w - rate v``: the velocity is an average, steps are 1 - m times as long."""
    v = momentum * state[0] + (1 - momentum) * g
    return (v,), w - rate * v


def momentum_dampened(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any, dampening: Any) -> Stepped:
    """``v = g`` at first, then ``v = m v + (1 - d) g``; ``w = w - rate v``: the first gradient counts in full."""
    v = g if t == 1 else momentum * state[0] + (1 - dampening) * g
    return (v,), w - rate * v


def nesterov(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any) -> Stepped:
    """``v = m v - rate g; w = w + m v - rate g``, where ``w`` is the point one looks ahead to (arXiv:1212.0901, equation 7)."""
    v = momentum * state[0] - rate * g
    return (v,), w + momentum * v - rate * g


def nesterov_rate_outside(state: State, w: Array, g: Array, rate: Any, t: int, momentum: Any) -> Stepped:
    """``v = m v + g; w = w - rate (g + m v)`` (the form of torch.optim.SGD)."""
    v = momentum * state[0] + g
    return (v,), w - rate * (g + momentum * v)

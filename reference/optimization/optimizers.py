"""Optimizers by name, and the parameter's trajectory under one (dl-python, VI.1 names them; the formulas are the papers').

``state, w = step(state, w, g, learning_rate, t, ...)``: ``w`` is the parameter and ``g`` its gradient, ``state`` a tuple of arrays
shaped like ``w`` (velocity, moments), ``learning_rate`` (``lr`` in formulas) that of this step; ``t`` counts steps from 1.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from reference.comparisons import Array
from reference.optimization.adam import adam, adam_epsilon_hat
from reference.optimization.momentum import FORMS, State, StepResult, sgd
from reference.optimization.rmsprop import adadelta, adagrad, rmsprop, rmsprop_centered, rmsprop_momentum


class Optimizer(NamedTuple):
    """The step of an optimizer, and the number of arrays in its state."""

    step: Callable[..., StepResult]
    state_size: int


OPTIMIZERS: Mapping[str, Optimizer] = {
    "sgd": Optimizer(sgd, 0),
    **{name: Optimizer(step, 1) for name, step in FORMS.items()},
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

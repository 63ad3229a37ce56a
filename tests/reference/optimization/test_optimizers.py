"""The table of optimizers: a state that is carried on, and trajectories with learning rates and decay."""

import inspect
from typing import Any

import numpy as np
import pytest

from reference.optimization.optimizers import OPTIMIZERS, trajectory
from worked_examples import numbers

DEFAULTS: dict[str, Any] = {
    "momentum": 0.9,
    "dampening": 0.5,
    "rho": 0.9,
    "epsilon": 1e-3,
    "root": "inside",
    "form": "momentum",
    "beta1": 0.9,
    "beta2": 0.9,
}


def options(name: str) -> dict[str, Any]:
    """The options that a step takes."""
    return {key: DEFAULTS[key] for key in inspect.signature(OPTIMIZERS[name].step).parameters if key in DEFAULTS}


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "sgd"])
def test_an_optimizer_with_a_state_carries_it_on(name: str) -> None:
    """The second step depends on the first gradient."""
    assert OPTIMIZERS[name].state_size
    w, first = np.array([1.0, -2.0]), np.array([0.5, 0.25])
    ends = [trajectory(name, w, [g, first], [0.1, 0.1], **options(name)) for g in (first, 3 * first)]
    assert not np.any((ends[0][1] - ends[0][0]) == (ends[1][1] - ends[1][0]))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_has_the_stated_size(name: str) -> None:
    """A step returns as many arrays as it takes, in the shape of the parameter, and leaves the given ones alone."""
    w, g = np.array([1.0, -2.0]), np.array([0.5, 0.25])
    state = tuple(np.zeros(2) for _ in range(OPTIMIZERS[name].state_size))
    after, moved = OPTIMIZERS[name].step(state, w, g, 0.1, 1, **options(name))
    assert [array.shape for array in (*after, moved)] == [(2,)] * (OPTIMIZERS[name].state_size + 1)
    assert not any(array.any() for array in state)
    assert w.tolist() == [1, -2]


def test_a_trajectory_has_a_point_for_each_gradient() -> None:
    """Learning rates go with gradients, a decay comes before each step, and fractions stay exact."""
    start, gradients = numbers(["8"], "rational"), [numbers([text], "rational") for text in ("2", "4")]
    assert [w.item() for w in trajectory("sgd", start, gradients, [1, 2])] == [6, -2]
    halved = trajectory("sgd", start, gradients, [1, 2], decay=lambda w, g, _: (w / 2, g))
    assert [w.item() for w in halved] == [2, -7]
    with pytest.raises(ValueError, match="shorter"):
        trajectory("sgd", start, gradients, [1])


def test_the_state_may_start_elsewhere() -> None:
    """AdaGrad's accumulator at 16 and a gradient of 3 give a root of 5."""
    (w,) = trajectory("adagrad", np.array([0.0]), [np.array([3.0])], [5.0], initial=16, epsilon=0, root="outside")
    assert w.item() == -3

"""Optimizers: first steps by their papers' formulas, where epsilon is, and a state that is carried on."""

import inspect
import math
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


@pytest.mark.parametrize("root", ["inside", "outside"])
def test_epsilon_is_inside_or_outside_the_root(root: str) -> None:
    """With a gradient of 3 and epsilon 7, AdaGrad divides by sqrt(16) = 4 or by 3 + 7 = 10."""
    (w,) = trajectory("adagrad", np.array([0.0]), [np.array([3.0])], [20.0], epsilon=7, root=root)
    assert w.item() == {"inside": -15, "outside": -6}[root]


def test_rmsprop_averages_squares() -> None:
    """With rho = 3/4 the first root is of g^2 / 4; centered it is of g^2 / 4 - (g / 4)^2 = 3 g^2 / 16."""
    start, g = np.array([0.0]), np.array([2.0])
    given: dict[str, Any] = {"rho": 0.75, "epsilon": 0, "root": "outside"}
    assert trajectory("rmsprop", start, [g], [1.0], **given)[0].item() == -2
    assert trajectory("rmsprop, centered", start, [g], [1.0], **given)[0].item() == pytest.approx(-4 / math.sqrt(3), rel=1e-15)
    two = trajectory("rmsprop, momentum", start, [g, g * 0], [1.0, 1.0], **given, momentum=0.5, form="momentum")
    assert [w.item() for w in two] == [-2, -3], "the velocity halves when the gradient is 0"


def test_the_first_step_of_adam_is_the_learning_rate() -> None:
    """Both moments are corrected for their start at 0: without epsilon the step is lr sign(g), whatever beta1 and beta2 are."""
    for name in ("adam", "adam, epsilon hat"):
        (w,) = trajectory(name, np.array([0.0]), [np.array([-4.0])], [0.25], beta1=0.75, beta2=0.75, epsilon=0)
        assert w.item() == 0.25


def test_epsilon_hat_is_added_before_the_bias_correction() -> None:
    """With g = 4 and beta2 = 3/4, sqrt(v) is 2: algorithm 1 divides by 4 + 4, the other form by (2 + 4) / sqrt(1/4) = 12."""
    steps = {
        name: trajectory(name, np.array([0.0]), [np.array([4.0])], [6.0], beta1=0.5, beta2=0.75, epsilon=4)[0].item()
        for name in ("adam", "adam, epsilon hat")
    }
    assert steps == {"adam": -3, "adam, epsilon hat": -2}


def test_rounded_powers_act_in_the_bias_correction_only() -> None:
    """With power2 = 0 the second moment g^2 / 4 is not corrected: the step is doubled."""
    given: dict[str, Any] = {"beta1": 0.5, "beta2": 0.75, "epsilon": 0}
    both = given, {**given, "power2": 0}
    steps = [trajectory("adam", np.array([0.0]), [np.array([4.0])], [1.0], **coefficients)[0] for coefficients in both]
    assert [step.item() for step in steps] == [-1, -2]


def test_adadelta_is_exact_where_roots_are() -> None:
    """With rho = 3/4, g = 2 and epsilon = 3: d = 2 sqrt(3) / sqrt(1 + 3) = sqrt(3)."""
    (w,) = trajectory("adadelta", np.array([0.0]), [np.array([2.0])], [1.0], rho=0.75, epsilon=3)
    assert w.item() == pytest.approx(-math.sqrt(3), rel=1e-15)


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

"""Losses: what they sum and average over, and their gradients, exactly."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference.activations import sigmoid, softmax
from reference.finite_differences import numerical_gradient
from reference.losses import (
    LOSSES,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
)
from worked_examples import numbers

Y, T = [["0.25", "0.75"], ["0.5", "0.125"], ["1", "2"]], [["0", "1"], ["1", "0"], ["1", "-1"]]


def test_losses_sum_over_samples() -> None:
    """The half squared error is summed over samples and outputs with the factor 1/2, the cross entropy summed."""
    y, t = np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert LOSSES["half squared error"].value(y, t) == (0.0625 * 2 + 0.25 * 2) / 2
    assert LOSSES["cross entropy"].value(y, t) == pytest.approx(-math.log(0.75) - math.log(0.5), rel=4 * np.finfo(float).eps)


def test_the_mean_squared_error_is_a_mean_over_outputs_only() -> None:
    """With two outputs it equals the half squared error, whatever the number of samples."""
    y, t = numbers(Y, "rational"), numbers(T, "rational")
    assert LOSSES["mean squared error"].value(y, t) == LOSSES["half squared error"].value(y, t) == squared_error(y, t) / 2


@pytest.mark.parametrize("name", ["squared error", "half squared error", "mean squared error"])
def test_gradients_of_squared_errors_are_exact_in_rationals(name: str) -> None:
    """A central difference of a quadratic function is its derivative, whatever the step."""
    y, t = numbers(Y, "rational"), numbers(T, "rational")
    loss = LOSSES[name]
    assert np.array_equal(numerical_gradient(lambda y: loss.value(y, t), y, 1), loss.gradient(y, t))
    assert np.array_equal(numerical_gradient(lambda y: squared_error(y, t), y, 1), squared_error_gradient(y, t))


def test_the_gradient_of_the_cross_entropy(random_balls: Callable[..., Any], assert_gradient: Callable[..., None]) -> None:
    """It is the central difference, for targets of any sum."""
    y, t = abs(random_balls(2, 3)), random_balls(2, 3, seed=2)
    assert_gradient(lambda y: cross_entropy(y, t), y, cross_entropy_gradient(y, t))


def test_the_gradient_of_the_binary_cross_entropy(random_balls: Callable[..., Any], assert_gradient: Callable[..., None]) -> None:
    """It is the central difference, for any targets; with two outputs that sum to 1 it is twice the cross entropy."""
    y, t = abs(random_balls(2, 3)) / 10 + 0.1, random_balls(2, 3, seed=2)
    assert_gradient(lambda y: binary_cross_entropy(y, t), y, binary_cross_entropy_gradient(y, t))
    y, t = np.array([[0.25, 0.75]]), np.array([[0.0, 1.0]])
    assert binary_cross_entropy(y, t) == pytest.approx(2 * cross_entropy(y, t), rel=4 * np.finfo(float).eps)


@pytest.mark.parametrize("name", ["cross entropy from logits", "binary cross entropy from logits", "hinge"])
def test_gradients_are_central_differences(
    name: str, random_balls: Callable[..., Any], assert_gradient: Callable[..., None]
) -> None:
    """For any outputs and targets."""
    y, t = random_balls(3, 2), random_balls(3, 2, seed=2)
    assert_gradient(lambda y: LOSSES[name].value(y, t), y, LOSSES[name].gradient(y, t))


@pytest.mark.parametrize(("name", "activation"), [("cross entropy", softmax), ("binary cross entropy", sigmoid)])
def test_a_loss_from_logits_has_its_activation_inside(
    name: str, activation: Callable[[Any], Any], random_balls: Callable[..., Any]
) -> None:
    """It is that of the probabilities."""
    y, t = random_balls(3, 2), random_balls(3, 2, seed=2)
    assert LOSSES[f"{name} from logits"].value(y, t).overlaps(LOSSES[name].value(activation(y), t))


def test_the_hinge_loss_is_zero_beyond_the_margin() -> None:
    """At the kink its gradient is that of the side of the margin, as in the frameworks."""
    y, t = np.array([[2.0, 1.0, 0.5, -1.0]]), np.array([[1.0, 1.0, 1.0, 1.0]])
    assert LOSSES["hinge"].terms(y, t).tolist() == [[0, 0, 0.5, 2]]
    assert LOSSES["hinge"].gradient(y, t).tolist() == [[0, -1, -1, -1]]


@pytest.mark.parametrize("name", LOSSES)
def test_the_terms_of_a_loss_add_up_to_it(name: str) -> None:
    """One for every output of every sample."""
    y, t = numbers([["0.25", "0.75"], ["0.5", "0.125"]], "ball"), numbers([["0", "1"], ["1", "0.5"]], "ball")
    terms = LOSSES[name].terms(y, t)
    assert terms.shape == (2, 2)
    assert terms.sum().overlaps(LOSSES[name].value(y, t))


@pytest.mark.parametrize("name", LOSSES)
def test_a_scalar_is_a_loss_of_one_output(name: str) -> None:
    """Values are of shape (); half squared error and cross entropy take arrays of shape () too, of every number type."""
    y, t = numbers([["0.5"]], "ball"), numbers([["1"]], "ball")
    assert np.shape(LOSSES[name].value(y, t)) == ()
    if name not in ("mean squared error", "cross entropy from logits"):
        assert LOSSES[name].value(y[0, 0], t[0, 0]).overlaps(LOSSES[name].value(y, t))

"""Activations against their textbook formulas, and their backward rules against central differences."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from reference.activations import ACTIVATIONS, STEPS, relu, sigmoid, sigmoid_logaddexp
from reference.comparisons import UndecidedError

EPS = np.finfo(float).eps


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_match_their_definition(name: str) -> None:
    """Each activation is its textbook formula, evaluated with the math module."""
    x = np.array([[-2.0, -0.5, 0.0, 0.75, 3.0]])
    total = sum(math.exp(v) for v in x[0])
    formulas: dict[str, Callable[[float], float]] = {
        "identity": lambda v: v,
        "step": lambda v: 1.0 if v > 0 else 0.0,
        "step at zero": lambda v: 1.0 if v >= 0 else 0.0,
        "bipolar step": lambda v: 1.0 if v > 0 else -1.0,
        "bipolar step at zero": lambda v: 1.0 if v >= 0 else -1.0,
        "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
        "tanh": math.tanh,
        "relu": lambda v: max(v, 0.0),
        "softmax": lambda v: math.exp(v) / total,
    }
    expected = np.array([[formulas[name](v) for v in x[0]]])
    assert np.max(np.abs(ACTIVATIONS[name].value(x) - expected)) <= 8 * EPS  # eight operations of one ulp


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name not in STEPS])
def test_the_backward_rule_is_the_gradient(
    name: str, random_balls: Callable[..., Any], assert_gradient: Callable[..., None]
) -> None:
    """Under any upstream gradient the rule gives the central difference, away from kinks."""
    value, backward = ACTIVATIONS[name]
    x, dy = random_balls(2, 3, seed=1), random_balls(2, 3, seed=2)
    assert_gradient(lambda x: (value(x) * dy).sum(), x, backward(x, value(x), dy))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_floating_point_type_stays(name: str, dtype: str) -> None:
    """Value and backward rule give the dtype of their input."""
    value, backward = ACTIVATIONS[name]
    x = np.array([[-1, 0, 2]], dtype=dtype)
    assert value(x).dtype == backward(x, value(x), x).dtype == dtype


def test_softmax_does_not_overflow() -> None:
    """Pre-activations of 1,000 and more leave softmax finite: an overflow of ``exp`` in a denominator gives 0."""
    y = ACTIVATIONS["softmax"].value(np.array([[1010.0, 1000.0, 990.0]]))
    assert np.all(np.isfinite(y))
    assert y[0, 0] == pytest.approx(1 / (1 + math.exp(-10) + math.exp(-20)), rel=8 * EPS)
    assert ACTIVATIONS["softmax"].value(np.array([[1000.0, 0.0]])).tolist() == [[1, 0]]


def test_relu_and_step_are_flat_at_zero() -> None:
    """By convention the derivative of ReLU and step at 0 is 0."""
    zeros, ones = np.zeros((1, 1)), np.ones((1, 1))
    assert ACTIVATIONS["relu"].backward(zeros, zeros, ones)[0, 0] == 0
    for name in STEPS:
        assert ACTIVATIONS[name].backward(ones, ones, ones)[0, 0] == 0


def test_relu_is_exact_in_rationals() -> None:
    """Fractions stay fractions."""
    assert relu(np.array([[Fraction(1, 3), Fraction(-1, 3)]], dtype=object)).tolist() == [[Fraction(1, 3), 0]]


def test_the_sign_of_a_ball_around_zero_is_not_guessed() -> None:
    """ReLU and step refuse a pre-activation that may be of either sign."""
    for name in ("relu", "step"):
        with pytest.raises(UndecidedError, match="the sign of a number"):
            ACTIVATIONS[name].value(np.array([[flint.arb("0 +/- 1")]], dtype=object))


def test_the_sigmoid_without_overflow_is_the_sigmoid() -> None:
    """Both forms agree to eight roundings near 0; only the plain one overflows far below."""
    x = np.array([-2.0, -0.5, 0.0, 3.0])
    assert np.max(np.abs(sigmoid_logaddexp(x) / sigmoid(x) - 1)) <= 8 * EPS
    with np.errstate(over="raise"):
        assert sigmoid_logaddexp(np.array([-3511.0])) == 0
        with pytest.raises(FloatingPointError, match="overflow"):
            sigmoid(np.array([-3511.0]))

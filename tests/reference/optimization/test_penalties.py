"""Penalties against central differences, and the gradients to which they are added."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.parameters import Layer
from reference.optimization.penalties import Penalty, added, value

BOTH = ("kernel", "bias")


def test_a_penalty_is_the_sum_of_absolute_values_and_of_squares() -> None:
    """Of the parameters that are named, in all layers."""
    layers = [Layer(np.array([[1.0, -2.0]]), np.array([3.0, 0.0])), Layer(np.array([[-4.0], [1.0]]), np.array([5.0]))]
    assert value(Penalty(0.5, 0.0, ("kernel",)), layers) == 4.0
    assert value(Penalty(0.0, 0.5, ("bias",)), layers) == 17.0
    assert value(Penalty(1.0, 2.0, BOTH), layers) == 16.0 + 2 * 56.0


@pytest.mark.parametrize(("l1", "l2"), [(3, 0), (0, 2), (3, 2)])
def test_its_gradient_is_that_of_central_differences(
    l1: int, l2: int, random_balls: Callable[..., Array], assert_gradient: Callable[..., None]
) -> None:
    """With respect to a parameter that it is of."""
    kernel, bias = random_balls(2, 3), random_balls(3)
    penalty, zeros = Penalty(l1, l2, ("kernel",)), [Layer(kernel * 0, bias * 0)]

    def of_kernel(w: Array) -> Any:
        return value(penalty, [Layer(w, bias)])

    (gradient,) = added(penalty, [Layer(kernel, bias)], zeros)
    assert_gradient(of_kernel, kernel, gradient.kernel)
    assert not np.any(gradient.bias != 0)


def test_the_derivative_of_an_absolute_value_at_zero_is_zero() -> None:
    """By convention, as in PyTorch and in TensorFlow."""
    layers = [Layer(np.array([[0.0, -1.0, 1.0]]), np.zeros(3))]
    (gradient,) = added(Penalty(2.0, 0.0, BOTH), layers, layers)
    assert gradient.kernel.tolist() == [[0.0, -3.0, 3.0]]


def test_without_a_penalty_gradients_are_as_they_were() -> None:
    """The very same."""
    gradients = [Layer(np.ones((1, 1)), np.ones(1))]
    assert added(None, gradients, gradients) is gradients

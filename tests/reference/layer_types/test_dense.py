"""The dense layer: gradients are central differences, with and without a bias, of rows and of sequences."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.dense import Dense
from reference.layer_types.parameters import NONE, Layer


@pytest.mark.parametrize("shape", [(3, 2), (2, 3, 2)])
@pytest.mark.parametrize("has_bias", [True, False])
def test_gradients_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], shape: tuple[int, ...], has_bias: bool
) -> None:
    """By the input, by the kernel, and by a bias where there is one."""
    parameters = Layer(random_balls(2, 4), random_balls(4, seed=2) if has_bias else NONE)
    assert_backward(Dense(), parameters, random_balls(*shape, seed=3))


@pytest.mark.parametrize("shape", [(3, 2), (2, 3, 2)])
def test_the_gradient_of_one_bias_for_all_units_is_the_sum(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], shape: tuple[int, ...]
) -> None:
    """Of those of the units; it is a central difference too."""
    parameters, x = Layer(random_balls(2, 4), random_balls(1, seed=2)), random_balls(*shape, seed=3)
    assert_backward(Dense(), parameters, x)
    kernel = np.array([[1.0, 2.0], [3.0, 4.0]])
    (_, gradient) = Dense().backward(Layer(kernel, np.array([0.5])), [np.eye(2)], kernel, np.array([[1.0, 2.0], [4.0, 8.0]]))
    assert gradient.bias.tolist() == [15.0]


def test_the_outputs_are_x_w_plus_b() -> None:
    """By hand; without a bias only the product."""
    kernel, x = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]])
    assert Dense().forward(Layer(kernel, np.array([10.0, 20.0])), x).tolist() == [[8.0, 18.0]]
    assert Dense().forward(Layer(kernel), x).tolist() == [[-2.0, -2.0]]

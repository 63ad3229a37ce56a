"""The recurrent layer: one step is dense, and gradients through time are central differences."""

from collections.abc import Callable

import numpy as np

from reference.comparisons import Array
from reference.layers import recurrent


def test_a_recurrent_layer_of_one_step_is_a_dense_layer() -> None:
    """From a state of zeros one step is ``tanh(x W + b)``, whatever the recurrent kernel is."""
    random = np.random.RandomState(1)
    x, weights = random.randn(2, 1, 3), recurrent.Weights(random.randn(3, 4), random.randn(4, 4), random.randn(4))
    assert np.array_equal(recurrent.forward(x, weights)[:, 0], np.tanh(x[:, 0] @ weights.kernel + weights.bias))


def test_the_state_is_handed_on() -> None:
    """The second state is a step from the first."""
    random = np.random.RandomState(1)
    x, weights = random.randn(2, 2, 3), recurrent.Weights(random.randn(3, 4), random.randn(4, 4), random.randn(4))
    states = recurrent.forward(x, weights)
    assert np.array_equal(states[:, 1], recurrent.step(x[:, 1], states[:, 0], weights))


def test_gradients_through_time(random_balls: Callable[..., Array], assert_gradient: Callable[..., None]) -> None:
    """Of the sequence and of every weight, under upstream gradients of all states."""
    x, dstates = random_balls(2, 3, 2), random_balls(2, 3, 2, seed=2)
    weights = recurrent.Weights(random_balls(2, 2, seed=3), random_balls(2, 2, seed=4), random_balls(2, seed=5))
    dx, gradients = recurrent.backward(x, weights, recurrent.forward(x, weights), dstates)
    assert_gradient(lambda x: (recurrent.forward(x, weights) * dstates).sum(), x, dx)
    for name, gradient in gradients._asdict().items():

        def loss(array: Array, name: str = name) -> object:
            return (recurrent.forward(x, weights._replace(**{name: array})) * dstates).sum()

        assert_gradient(loss, getattr(weights, name), gradient)

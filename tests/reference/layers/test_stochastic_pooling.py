"""Stochastic pooling: what draws select, its expectation, and gradients."""

from collections.abc import Callable

import numpy as np

from reference.comparisons import Array
from reference.layers import stochastic_pooling
from reference.layers.im2col import window


def test_stochastic_pooling_selects_by_probability() -> None:
    """A draw below the first entry's probability selects the first, one above it the next; a window of zeros gives 0."""
    x = np.array([[[[1.0, 0.0], [2.0, 1.0]]]])
    draws = [0.0, 0.24, 0.25, 0.74, 0.75, 0.99]
    assert [float(stochastic_pooling.stochastic(x, window(2), np.array([[[[draw]]]]))[0, 0, 0, 0]) for draw in draws] == [
        1,
        1,
        2,
        2,
        1,
        1,
    ]
    assert stochastic_pooling.stochastic(x * 0, window(2), np.array([[[[0.5]]]])).item() == 0
    dx = stochastic_pooling.stochastic_backward(x, window(2), np.array([[[[0.5]]]]), np.array([[[[7.0]]]]))
    assert dx.tolist() == [[[[0, 0], [7, 0]]]]


def test_the_gradient_of_expected_pooling(random_balls: Callable[..., Array], assert_gradient: Callable[..., None]) -> None:
    """It is a central difference, for positive entries."""
    x, dy = abs(random_balls(1, 2, 4, 2)), random_balls(1, 2, 2, 1, seed=2)
    assert_gradient(
        lambda x: (stochastic_pooling.expected(x, window(2, 2)) * dy).sum(),
        x,
        stochastic_pooling.expected_backward(x, window(2, 2), dy),
    )

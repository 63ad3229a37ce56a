"""What the tests of the reference share: gradients against central differences in balls, and random balls."""

from collections.abc import Callable, Iterator
from typing import Any

import flint
import numpy as np
import pytest

from reference.comparisons import Array
from reference.finite_differences import numerical_gradient

BITS = 200
RandomBalls = Callable[..., Array]
AssertGradient = Callable[[Callable[[Array], Any], Array, Array], None]


@pytest.fixture
def ball_precision() -> Iterator[None]:
    """Balls of 200 bits for the whole test."""
    with flint.ctx.workprec(BITS):
        yield


@pytest.fixture
def random_balls(ball_precision: None) -> RandomBalls:
    """``random_balls(*shape, seed=1)``: exact balls, whole numbers of 64ths in [-2, 2] without 0, an array of the shape."""

    def make(*shape: int, seed: int = 1) -> Array:
        random = np.random.RandomState(seed)
        numbers = random.randint(1, 129, shape) * random.choice([-1, 1], shape)
        return np.array([flint.arb(int(number)) / 64 for number in numbers.ravel()], dtype=object).reshape(shape)

    return make


@pytest.fixture
def assert_gradient(ball_precision: None) -> AssertGradient:
    """``assert_gradient(f, x, gradient)``: the gradient of the scalar ``f`` at ``x`` is its central difference, in balls.

    A step h = 2^-40 makes the difference wrong by h^2/6 = 1.4e-25 third derivatives; 1e-20 leaves room for 70,000 of them.
    """

    def check(f: Callable[[Array], Any], x: Array, gradient: Array) -> None:
        difference = np.asarray(abs(numerical_gradient(f, x, flint.arb(2) ** -40) - gradient), dtype=object)
        assert gradient.shape == x.shape
        assert all(entry < 1e-20 for entry in difference.ravel()), difference

    return check

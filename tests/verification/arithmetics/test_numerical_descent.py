"""The book's own program: central differences, and the descent along them."""

from collections.abc import Callable

import numpy as np

from verification.arithmetics.numerical_descent import numerical, points
from worked_examples import GradientDescentExample


def test_a_central_difference_of_squares_is_the_gradient(example: Callable[[str], GradientDescentExample]) -> None:
    """2x, exactly in rationals, nearly in float64."""
    chosen = example("dl-python/gradient-descent")
    (run, *_) = chosen.runs
    assert numerical(chosen, run, np.array([-3.0, 4.0])).round(8).tolist() == [-6.0, 8.0]
    assert numerical(chosen, run, np.array([-3.0, 4.0])).tolist() != [-6.0, 8.0]


def test_a_descent_has_a_point_for_every_step(example: Callable[[str], GradientDescentExample]) -> None:
    """From the start on; at learning rate 0.1 each is 0.8 times the one before."""
    chosen = example("dl-python/gradient-descent")
    trajectory = points(chosen, chosen.runs[0])
    assert trajectory[0].tolist() == [-3.0, 4.0]
    assert len(trajectory) == chosen.runs[0].steps + 1
    assert np.allclose(trajectory[10], 0.8**10 * trajectory[0], rtol=1e-6)

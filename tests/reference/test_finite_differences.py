"""Central differences, exactly in rationals."""

from fractions import Fraction

import numpy as np

from reference.finite_differences import numerical_gradient, probes
from worked_examples import numbers


def test_a_central_difference_is_exact_for_quadratic_functions() -> None:
    """For f = x0^2 + 3 x0 x1 the gradient is (2 x0 + 3 x1, 3 x0), whatever the step."""
    x = numbers(["2", "-1"], "rational")
    gradient = numerical_gradient(lambda x: x[0] ** 2 + 3 * x[0] * x[1], x, Fraction(1, 2))
    assert gradient.tolist() == [1, 6]


def test_a_central_difference_of_a_cube_is_wrong_by_the_square_of_the_step() -> None:
    """((x + h)^3 - (x - h)^3) / (2 h) = 3 x^2 + h^2."""
    assert numerical_gradient(lambda x: x[0] ** 3, numbers(["2"], "rational"), Fraction(1, 10)).tolist() == [Fraction(1201, 100)]


def test_probes_leave_the_point_alone() -> None:
    """Each probe moves one coordinate of a copy."""
    x = np.array([[1.0, 2.0]])
    moved = [(index, above.tolist(), below.tolist()) for index, above, below in probes(x, 0.5)]
    assert moved == [((0, 0), [[1.5, 2]], [[0.5, 2]]), ((0, 1), [[1, 2.5]], [[1, 1.5]])]
    assert x.tolist() == [[1, 2]]

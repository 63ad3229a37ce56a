"""The book's own program: numerical gradients by central differences, and the descent along them."""

from typing import Any

import numpy as np

from adapters import Array
from adapters.reference.operations import forward_values
from reference import finite_differences
from worked_examples import DescentRun, GradientDescentExample, numbers


def numerical(example: GradientDescentExample, run: DescentRun, x: Array, number_type: str = "float64") -> Array:
    """The central differences at ``x``, in a number type."""
    calculation = example.calculation(run)

    def f(point: Array) -> Any:
        return forward_values(calculation, number_type, {"x": point})[run.value][()]

    return finite_differences.numerical_gradient(f, x, numbers(example.h, number_type)[()])


def points(example: GradientDescentExample, run: DescentRun) -> list[Array]:
    """The points of a run along its numerical gradient, in float64, as the book's program goes."""
    start, learning_rate = np.asarray(numbers(run.start)), numbers(run.learning_rate)[()]
    return finite_differences.descend(lambda x: numerical(example, run, x), start, learning_rate, run.steps)

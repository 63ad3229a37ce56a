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


def points(example: GradientDescentExample, run: DescentRun, number_type: str = "float64", first: Any = None) -> list[Array]:
    """The points of a run along its numerical gradient, as the book's program goes; ``first`` is in place of the first one."""
    start, learning_rate = np.asarray(numbers(run.start, number_type)), numbers(run.learning_rate, number_type)[()]
    given = iter([] if first is None else [first])

    def gradient(x: Array) -> Array:
        known = next(given, None)
        return numerical(example, run, x, number_type) if known is None else known

    return finite_differences.descend(gradient, start, learning_rate, run.steps)

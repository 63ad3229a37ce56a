"""Calculations, and gradient descent on them, by the reference's computational graph."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from adapters.calculation import Calculation
from adapters.protocol import Array
from reference import finite_differences, graph
from reference.functions import zeros_like
from worked_examples import CalculationExample, DescentRun, GradientDescentExample, numbers


def forward_values(example: CalculationExample, number_type: str, inputs: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """The values of all inputs and steps; ``inputs`` replace the example's own."""
    example_inputs = {name: np.asarray(numbers(array, number_type)) for name, array in example.inputs.items()}
    return graph.forward(example.nodes, {**example_inputs, **(inputs or {})})


def gradients(example: CalculationExample, values: Mapping[str, Array], final: str) -> dict[str, Array]:
    """The gradients of the step ``final``; its own is the input ``d_<final>``, or 1. Numbers in formulas have none."""
    upstream = values.get(f"d_{final}", ones_like(values[final]))
    found = graph.backward(example.nodes, values, final, upstream)
    return {name: gradient for name, gradient in found.items() if name not in example.constants}


def ones_like(array: Array) -> Any:
    """Ones in the shape and number type of ``array``, also where that holds inf or nan."""
    return np.asarray(zeros_like(array) + 1, dtype=array.dtype)


def calculate(example: CalculationExample, number_type: str) -> Calculation:
    """The values of all steps and, where the example differentiates, the gradients."""
    values = forward_values(example, number_type)
    return Calculation(values, gradients(example, values, example.gradients_of) if example.gradients_of else {}, {})


def descend(example: GradientDescentExample, run: DescentRun, number_type: str) -> Array:
    """The point after the run's steps."""
    calculation = example.calculation(run)

    def gradient(x: Array) -> Array:
        values = forward_values(calculation, number_type, {"x": x})
        return graph.backward(calculation.nodes, values, run.value, ones_like(values[run.value]))["x"]

    start, learning_rate = np.asarray(numbers(run.start, number_type)), numbers(run.learning_rate, number_type)[()]
    return finite_differences.descend(gradient, start, learning_rate, run.steps)[-1]

"""Calculations by the reference's computational graph."""

from collections.abc import Mapping

import numpy as np

from adapters.calculation import Calculation
from adapters.protocol import Array
from reference import graph
from worked_examples import CalculationExample, numbers


def forward_values(example: CalculationExample, number_type: str, inputs: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """The values of all inputs and steps; ``inputs`` replace the example's own."""
    example_inputs = {name: np.asarray(numbers(array, number_type)) for name, array in example.inputs.items()}
    return graph.forward(example.nodes, {**example_inputs, **(inputs or {})})


def gradients(example: CalculationExample, values: Mapping[str, Array], final: str) -> dict[str, Array]:
    """The gradients of the step ``final``; its own is the input that the example names, or 1. Numbers in formulas have none."""
    upstream = values.get(example.upstream, graph.ones_like(values[final]))
    found = graph.backward(example.nodes, values, final, upstream)
    return {name: gradient for name, gradient in found.items() if name not in example.constants}


def calculate(example: CalculationExample, number_type: str) -> Calculation:
    """The values of all steps and, where the example differentiates, the gradients."""
    values = forward_values(example, number_type)
    return Calculation(values, gradients(example, values, example.final) if example.final else {}, {})

"""Entries of function tables: gradients in the shape of their operands, zeros of any number type, functions without slope."""

from fractions import Fraction

import flint
import numpy as np
import pytest

from reference.functions import elementwise, summed_to, without_slope, zeros_like
from worked_examples import numbers


def test_the_gradient_of_a_broadcast_operand_is_summed() -> None:
    """Over the axes that broadcasting added and over those that it stretched."""
    assert summed_to(np.ones((2, 3)), np.zeros(3)).tolist() == [2, 2, 2]
    assert summed_to(np.ones((2, 3)), np.zeros((2, 1))).tolist() == [[3], [3]]
    assert summed_to(np.ones((2, 3)), np.array(0.0)).tolist() == 6


@pytest.mark.parametrize(("number_type", "kind"), [("rational", Fraction), ("ball", flint.arb), ("float32", np.float32)])
def test_zeros_are_of_the_number_type(number_type: str, kind: type) -> None:
    """Also where the array holds what times 0 is nan."""
    assert {type(entry) for entry in zeros_like(numbers(["1", "2"], number_type))} == {kind}
    assert zeros_like(np.array([np.inf, np.nan])).tolist() == [0, 0]
    assert [float(entry) for entry in zeros_like(np.array([flint.arb("nan")], dtype=object))] == [0]


def test_a_function_entry_by_entry_has_as_many_operands_as_derivatives() -> None:
    """Each derivative is multiplied by the upstream gradient and summed to the operand's shape."""
    product = elementwise(np.multiply, lambda *arrays: arrays[2], lambda *arrays: arrays[1])
    a, b = np.array([[2.0], [3.0]]), np.array([5.0, 7.0])
    assert product.operands == (2, 2)
    gradients = product.backward({}, [a, b], a * b, np.ones((2, 2)))
    assert [gradient is not None and gradient.tolist() for gradient in gradients] == [[[12], [12]], [5, 5]]


def test_a_function_without_slope_has_gradients_of_zeros() -> None:
    """One for each operand, in its shape."""
    floor = without_slope(lambda _, x: np.floor(x))
    (gradient,) = floor.backward({}, [np.array([1.5])], np.array([1.0]), np.array([9.0]))
    assert gradient is not None
    assert gradient.tolist() == [0]

"""Calculations on the reference."""

from fractions import Fraction

import numpy as np
import pytest

from adapters.reference.operations import calculate, forward_values
from worked_examples import CalculationExample


@pytest.fixture
def square() -> CalculationExample:
    """The square of 3, with an upstream gradient of 10."""
    table = {
        "kind": "calculation",
        "id": "ours/square",
        "title": "square",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "inputs": {"x": "3", "d_y": "10"},
        "steps": "y = x * x",
        "gradients_of": "y",
    }
    return CalculationExample.model_validate(table)


def test_the_upstream_gradient_is_an_input(square: CalculationExample) -> None:
    """10 * 2x, in fractions exactly."""
    calculation = calculate(square, "rational")
    assert calculation.values["y"] == Fraction(9)
    assert calculation.gradients["x"] == Fraction(60)


def test_without_one_it_is_1(square: CalculationExample) -> None:
    """2x."""
    assert calculate(square.model_copy(update={"inputs": {"x": "3"}}), "rational").gradients["x"] == Fraction(6)


def test_an_input_can_be_replaced(square: CalculationExample) -> None:
    """The value at 5."""
    assert forward_values(square, "float64", {"x": np.asarray(5.0)})["y"] == 25


def test_a_number_in_a_formula_has_no_gradient(square: CalculationExample) -> None:
    """It is part of the formula; a formula inside of another has one."""
    table = {**square.model_dump(), "steps": "y = 2 * (x ** 3)", "inputs": {"x": "3"}}
    assert set(calculate(CalculationExample.model_validate(table), "rational").gradients) == {"x", "x ** 3", "y"}

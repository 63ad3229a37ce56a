"""Which entries of a calculation overflow, by its exact values: beyond the type's largest number, on the way, or carried on."""

from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array
from verification.exact.calculated_values import as_balls_by_name
from verification.exact.calculations import exactly
from verification.rounding.overflow import overflowed, overflowing_steps
from worked_examples import CalculationExample

INF, NAN = np.inf, np.nan


def calculation(inputs: dict[str, Any], *steps: str) -> CalculationExample:
    """A calculation of these steps."""
    table = {
        "kind": "calculation",
        "id": "ours/overflow",
        "title": "overflow",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "inputs": inputs,
        "steps": "\n".join(steps),
    }
    return CalculationExample.model_validate(table)


def expected(example: CalculationExample, dtype: str = "float64") -> dict[str, list[float]]:
    """What every input and step is, rounded, as lists."""
    with flint.ctx.workprec(300):
        exact = as_balls_by_name(exactly(example).values)
    return {name: np.ravel(array).tolist() for name, array in overflowing_steps(example.nodes, exact, dtype).items()}


@pytest.mark.parametrize(
    ("text", "dtype", "value"),
    [
        ("65504", "float16", 65504.0),
        ("65519", "float16", 65504.0),
        ("65521", "float16", INF),
        ("-65521", "float16", -INF),
        ("1e300", "float32", INF),
        ("1e300", "float64", 1e300),
    ],
)
def test_an_exact_value_beyond_the_largest_number_overflows(text: str, dtype: str, value: float) -> None:
    """Just below it does not: the number rounds to the largest one."""
    assert expected(calculation({"x": [text]}, "y = x"), dtype)["y"] == [value]


@pytest.mark.parametrize(("text", "overflows"), [("709.7", False), ("709.8", True)])
def test_a_naive_softmax_overflows_where_its_exponential_does(text: str, overflows: bool) -> None:
    """From 709.78 on, in every entry; softmax itself never."""
    example = calculation({"x": [text, text]}, "y = naive_softmax(x)", "z = softmax(x)", "s = sum(y)")
    values = expected(example)
    assert np.isnan([*values["y"], *values["s"]]).all() == overflows
    assert np.isfinite([*values["y"], *values["s"]]).all() != overflows
    assert values["z"] == [0.5, 0.5]


def test_a_mean_overflows_where_its_sum_does() -> None:
    """An engine may have the mean all the same: it is compared with the exact one then."""
    assert expected(calculation({"x": ["40000", "40000"]}, "y = mean(x)"), "float16")["y"] == [INF]
    assert expected(calculation({"x": ["40000", "20000"]}, "y = mean(x)"), "float16")["y"] == [30000.0]


def test_an_overflow_is_carried_on_by_the_function_itself() -> None:
    """The sum of an array with an overflowing entry is infinite in the type, its entries beside it are not."""
    example = calculation({"x": ["300", "1"]}, "y = x * x", "s = sum(y)", "z = y - y")
    values = expected(example, "float16")
    assert values["y"] == [INF, 1.0]
    assert values["s"] == [INF]
    assert np.isnan(values["z"][0])
    assert values["z"][1] == 0


@pytest.mark.parametrize(
    ("value", "wanted", "exact", "passes"),
    [
        (INF, INF, "1e400", True),
        (NAN, NAN, "0.5", True),
        (NAN, INF, "1e400", False),
        (-INF, INF, "1e400", False),
        (NAN, 0.5, "0.5", False),
        (0.5, NAN, "0.5", False),
        (NAN, NAN, "nan", False),
        (INF, INF, "inf", False),
    ],
)
def test_only_the_expected_overflow_is_one(value: float, wanted: float, exact: str, passes: bool) -> None:
    """The same infinity or nan, where the exact value is a finite number."""
    balls = np.array([flint.arb(exact)], dtype=object)
    assert overflowed(np.array([value]), np.array([wanted]), balls).tolist() == [passes]


@pytest.mark.parametrize("values", [np.full(2, NAN), np.array(NAN), np.zeros(0)])
def test_nothing_of_another_shape_overflows(values: Array) -> None:
    """It is compared, and fails by its shape."""
    assert not overflowed(values, np.array([NAN]), np.array([flint.arb(1)], dtype=object)).any()

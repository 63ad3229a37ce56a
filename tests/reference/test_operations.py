"""Named functions: every backward rule is the gradient of its function, comparisons do not guess, and tables know their names."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import Any

import flint
import numpy as np
import pytest

from reference.comparisons import Array, UndecidedError
from reference.graph import FUNCTIONS as ALL
from reference.operations import FUNCTIONS
from worked_examples import numbers

OPERANDS: dict[str, list[Any]] = {  # asymmetric shapes; away from kinks and poles
    "dot": [[["0.5", "-1", "2"], ["1", "0.25", "-0.5"]], [["1", "2"], ["-1", "0.5"], ["0.75", "3"]]],
    "power": [["0.5", "1.5", "2"], ["3", "-0.5", "1.5"]],
    "arange": ["1", "2", "0.4"],
    "assign": [[["0.5", "1.5", "2"], ["2", "-1", "1"]], ["0.75", "-2"]],
    "cross entropy": [["0.2", "0.5", "0.3"], ["0", "1", "0"], "0.01"],
    "log": [["0.5", "1.5", "2"]],
    "divide": [[["0.5", "1.5"], ["2", "-1"]], ["0.75", "-2"]],
    "add": [[["0.5", "1.5"], ["2", "-1"]], ["0.75", "-2"]],
    "pick": [[["0.5", "1.5", "2"], ["2", "-1", "1"]], ["2", "0"]],
    "transpose": [[["0.5", "1.5", "2"], ["2", "-1", "1"]]],
    "reshape": [[["0.5", "1.5", "2"], ["2", "-1", "1"]]],
    "sqrt": [["0.5", "1.5", "2"]],
    "where": [["1", "0", "1"], ["0.5", "1.5", "-0.75"], ["2", "-1", "0.25"]],
    "linspace": ["1", "2"],
}
TWO = [["0.5", "1.5", "-0.75"], ["2", "-1", "0.25"]]
BINARY = ("subtract", "multiply", "half squared error", "maximum", "minimum", "equal", "greater or equal", "greater")
PARAMETERS: dict[str, dict[str, Any]] = {
    "reshape": {"shape": [3, 2]},
    "index": {"index": (1,)},
    "split": {"sections": 3, "part": 1},
    "linspace": {"num": 4},
    "assign": {"index": (slice(None), 1)},
}


def operands(name: str) -> list[Array]:
    """Operands of a function, in balls."""
    texts = OPERANDS.get(name, TWO if name in BINARY else [TWO] if name == "index" else TWO[:1])
    return [numbers(text, "ball") for text in texts]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_backward_rule_is_the_gradient_of_its_function(
    name: str, ball_precision: None, assert_gradient: Callable[..., None]
) -> None:
    """For a weighted sum of outputs, the rule gives the central difference by every operand that is a variable."""
    function, arrays, parameters = FUNCTIONS[name], operands(name), PARAMETERS.get(name, {})
    y = np.asarray(function.value(parameters, *arrays), dtype=object)
    dy = np.array([flint.arb(i + 1) / 3 for i in range(y.size)], dtype=object).reshape(y.shape)
    for place, gradient in enumerate(function.backward(parameters, arrays, y, dy)):
        if name == "pick" and place == 1:
            continue  # the labels are whole numbers, not variables

        def weighted_sum(x: Array, place: int = place) -> Any:
            return np.sum(function.value(parameters, *arrays[:place], x, *arrays[place + 1 :]) * dy)

        assert_gradient(weighted_sum, arrays[place], np.asarray(gradient, dtype=object))


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_an_engine_names_no_unknown_function(engine: str) -> None:
    """The tables of the engines hold no function that a fixture cannot name."""
    table = import_module(f"adapters.{engine}.operations").FUNCTIONS
    assert set(table) <= set(ALL)


@pytest.mark.parametrize(
    "name", ["max", "min", "argmax", "maximum", "minimum", "equal", "greater or equal", "greater", "step", "step at zero"]
)
def test_no_comparison_of_overlapping_balls_is_guessed(name: str) -> None:
    """Where balls overlap, so that the answer is open, every function that compares refuses to give one."""
    wide = np.array([flint.arb("0 +/- 1"), flint.arb("0.5 +/- 1")], dtype=object)
    arrays = [wide, wide[::-1]] if name in BINARY else [wide]
    with pytest.raises(UndecidedError):
        FUNCTIONS[name].value({}, *arrays)


def test_operations_by_hand() -> None:
    """Ranges, stacks, parts, comparisons of equal numbers."""
    a, b = numbers(["1", "2", "3"], "rational"), numbers(["3", "2", "1"], "rational")
    computed = {name: FUNCTIONS[name].value({}, a, b).tolist() for name in ("maximum", "minimum", "greater or equal", "stack")}
    assert computed == {"maximum": [3, 2, 3], "minimum": [1, 2, 1], "greater or equal": [0, 1, 1], "stack": [[1, 2, 3], [3, 2, 1]]}
    start, stop, step = (numbers(text, "rational") for text in ("1", "2", "0.4"))
    assert FUNCTIONS["arange"].value({}, start, stop, step).tolist() == [1, Fraction(7, 5), Fraction(9, 5)]
    assert FUNCTIONS["index"].value({"index": (slice(1, 3),)}, a).tolist() == [2, 3]
    assert FUNCTIONS["assign"].value({"index": (0,)}, a, b[:1]).tolist() == [3, 2, 3]
    assert a.tolist() == [1, 2, 3], "a copy is changed, not the operand"
    assert FUNCTIONS["step at zero"].value({}, a - 2).tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("base", "exponent", "value", "by_base"),
    [("4", "0.5", 2, 0.25), ("0", "2", 0, 0), ("0", "1", 0, 1), ("0", "0", 1, 0), ("-2", "3", -8, 12), ("-2", "-1", -0.5, -0.25)],
)
def test_a_power_by_hand(base: str, exponent: str, value: float, by_base: float) -> None:
    """In every number type the square root is a power, and 0 and negative numbers have their powers and derivatives."""
    for number_type in ("float64", "float32", "float16", "rational", "ball", "exact"):
        arrays = [numbers(base, number_type), numbers(exponent, number_type)]
        if number_type == "rational" and exponent == "0.5":
            continue  # a fraction's derivative there is none
        y = np.asarray(FUNCTIONS["power"].value({}, *arrays))
        gradients = FUNCTIONS["power"].backward({}, arrays, y, np.asarray(y * 0 + 1))
        assert (float(y[()]), float(np.asarray(gradients[0])[()])) == (value, by_base)
        assert (gradients[1] is None) == (
            number_type == "rational" or (not base.startswith("4") and (base != "0" or exponent == "0"))
        )


def test_a_power_that_is_no_number_is_nan_or_an_error() -> None:
    """The root of a negative number is nan, a fraction's that is not rational an error."""
    for number_type in ("float64", "ball", "exact"):
        with np.errstate(invalid="ignore"):
            y = FUNCTIONS["power"].value({}, numbers("-2", number_type), numbers("0.5", number_type))
        assert np.isnan(float(np.asarray(y)[()]))
    with pytest.raises(TypeError, match=r"^-2 to the power of 1/2 is not rational$"):
        FUNCTIONS["power"].value({}, numbers("-2", "rational"), numbers("0.5", "rational"))


def test_whole_powers_of_a_ball_around_0_are_balls() -> None:
    """An error that may be 0 has a square; its root stays undefined."""
    near = np.array([flint.arb(0, "1e-20"), flint.arb("1e-21", "1e-20")], dtype=object)
    for exponent in ("1", "2", "3", "10"):
        value = FUNCTIONS["power"].value({}, near, numbers(exponent, "ball"))
        assert all(entry.contains(0) and abs(entry) < flint.arb("1.2e-20") ** int(exponent) * 1.01 for entry in value)
    root = FUNCTIONS["power"].value({}, near, numbers("0.5", "ball"))
    assert all(entry.is_nan() for entry in root)


def test_a_power_of_a_fraction_is_not_too_long() -> None:
    """Rationals of a million bits take seconds."""
    with pytest.raises(OverflowError, match=r"^a power of more than 1,000,000 bits$"):
        FUNCTIONS["power"].value({}, numbers("10", "rational"), numbers("1e9", "rational"))

"""Named functions: every backward rule is the gradient of its function, comparisons do not guess, and tables know their names."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array
from reference.comparisons import UndecidedError
from reference.operations import FUNCTIONS, summed_to
from verification.checks.calculation import CALCULATION_CHECKS, EXACT
from verification.session import Case, forget
from worked_examples import CalculationExample, load_all, numbers
from worked_examples.schema.kinds.calculation import FUNCTIONS as NAMES
from worked_examples.schema.kinds.calculation import slices

OPERANDS: dict[str, list[Any]] = {  # asymmetric shapes; away from kinks and poles
    "dot": [[["0.5", "-1", "2"], ["1", "0.25", "-0.5"]], [["1", "2"], ["-1", "0.5"], ["0.75", "3"]]],
    "power": [["0.5", "-1.5", "2"], "3"],
    "cross entropy": [["0.2", "0.5", "0.3"], ["0", "1", "0"], "0.01"],
    "log": [["0.5", "1.5", "2"]],
    "divide": [[["0.5", "1.5"], ["2", "-1"]], ["0.75", "-2"]],
    "add": [[["0.5", "1.5"], ["2", "-1"]], ["0.75", "-2"]],
    "pick": [[["0.5", "1.5", "2"], ["2", "-1", "1"]], ["2", "0"]],
    "transpose": [[["0.5", "1.5", "2"], ["2", "-1", "1"]]],
    "reshape": [[["0.5", "1.5", "2"], ["2", "-1", "1"]]],
}
TWO = [["0.5", "1.5", "-0.75"], ["2", "-1", "0.25"]]
DIFFERENTIABLE = [name for name, function in FUNCTIONS.items() if function.backward and not name.startswith("step")]
PARAMETERS = {"reshape": {"shape": [3, 2]}}


def operands(name: str) -> list[Array]:
    """Operands of a function, in balls."""
    binary = name in ("subtract", "multiply", "half squared error")
    texts = OPERANDS.get(name, TWO if binary else TWO[:1])
    return [numbers(text, "ball") for text in texts]


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_every_backward_rule_is_the_gradient_of_its_function(
    name: str, ball_precision: None, assert_gradient: Callable[..., None]
) -> None:
    """For a weighted sum of outputs, the rule gives the central difference by every operand that is a variable."""
    function, arrays, parameters = FUNCTIONS[name], operands(name), PARAMETERS.get(name, {})
    assert function.backward
    y = np.asarray(function.value(parameters, *arrays), dtype=object)
    dy = np.array([flint.arb(i + 1) / 3 for i in range(y.size)], dtype=object).reshape(y.shape)
    for place, gradient in enumerate(function.backward(parameters, arrays, y, dy)):
        if name in ("power", "pick") and place == 1:
            continue  # the exponent and the labels are whole numbers, not variables

        def weighted_sum(x: Array, place: int = place) -> Any:
            return np.sum(function.value(parameters, *arrays[:place], x, *arrays[place + 1 :]) * dy)

        assert_gradient(weighted_sum, arrays[place], np.asarray(gradient, dtype=object))


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_an_engine_names_no_unknown_function(engine: str) -> None:
    """The tables of the engines hold no function that a fixture cannot name."""
    table = import_module(f"adapters.{engine}.operations").FUNCTIONS
    assert set(table) <= set(NAMES)


@pytest.mark.parametrize("name", ["max", "argmax", "maximum", "minimum", "greater or equal", "step", "step at zero"])
def test_no_comparison_of_overlapping_balls_is_guessed(name: str) -> None:
    """Where balls overlap, so that the answer is open, every function that compares refuses to give one."""
    wide = np.array([flint.arb("0 +/- 1"), flint.arb("0.5 +/- 1")], dtype=object)
    arrays = [wide, wide[::-1]] if name in ("maximum", "minimum", "greater or equal") else [wide]
    with pytest.raises(UndecidedError):
        FUNCTIONS[name].value({}, *arrays)


def test_operations_without_a_gradient_by_hand() -> None:
    """What has no backward rule is told by its values: ranges, stacks, parts, comparisons of equal numbers."""
    a, b = numbers(["1", "2", "3"], "rational"), numbers(["3", "2", "1"], "rational")
    computed = {name: FUNCTIONS[name].value({}, a, b).tolist() for name in ("maximum", "minimum", "greater or equal", "stack")}
    assert computed == {"maximum": [3, 2, 3], "minimum": [1, 2, 1], "greater or equal": [0, 1, 1], "stack": [[1, 2, 3], [3, 2, 1]]}
    start, stop, step = (numbers(text, "rational") for text in ("1", "2", "0.4"))
    assert FUNCTIONS["arange"].value({}, start, stop, step).tolist() == [1, Fraction(7, 5), Fraction(9, 5)]
    assert FUNCTIONS["index"].value({"index": (slice(1, 3),)}, a).tolist() == [2, 3]
    assert FUNCTIONS["assign"].value({"index": (0,)}, a, b[:1]).tolist() == [3, 2, 3]
    assert a.tolist() == [1, 2, 3], "a copy is changed, not the operand"
    assert FUNCTIONS["step at zero"].value({}, a - 2).tolist() == [0, 1, 1]


def test_the_gradient_of_a_broadcast_operand_is_summed() -> None:
    """Over the axes that broadcasting added and over those that it stretched."""
    assert summed_to(np.ones((2, 3)), np.zeros(3)).tolist() == [2, 2, 2]
    assert summed_to(np.ones((2, 3)), np.zeros((2, 1))).tolist() == [[3], [3]]
    assert summed_to(np.ones((2, 3)), np.array(0.0)).tolist() == 6


def test_index_texts_are_numpys_own() -> None:
    """Whole numbers, slices and their combinations are read; anything else is refused."""
    assert slices("0:4,1") == (slice(0, 4), 1)
    assert slices("::-1") == (slice(None, None, -1),)
    with pytest.raises(ValueError, match=r"^'a\[0\]' is not an index"):
        slices("a[0]")


def test_a_wrong_backward_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine whose sigmoid has the derivative y instead of y (1 - y) fails, and the gradient is named."""
    example = load_all()["dl-python/sigmoid-layer"]
    assert isinstance(example, CalculationExample)
    case = Case(example, "reference")  # type: ignore[arg-type]  # a calculation
    CALCULATION_CHECKS["values"](case, {})
    forget()
    sigmoid = FUNCTIONS["sigmoid"]
    wrong = sigmoid._replace(backward=lambda _p, _arrays, y, dy: (dy * y,))
    exact = dict(EXACT)
    monkeypatch.setattr("reference.graph.FUNCTIONS", {**FUNCTIONS, "sigmoid": wrong})
    EXACT.update(exact)
    with pytest.raises(pytest.fail.Exception, match="gradient of input"):
        CALCULATION_CHECKS["values"](case, {})
    forget()

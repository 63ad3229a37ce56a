"""Named functions and computational graphs: every backward rule is the slope of its function, and every table knows its names."""

from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array
from reference.comparisons import UndecidedError
from reference.graph import FUNCTIONS as ALL
from reference.graph import Node, backward, forward
from reference.operations import FUNCTIONS
from verification import exact_arithmetic
from verification.checks.calculation import CALCULATION_CHECKS, EXACT
from verification.session import Case, forget
from worked_examples import CalculationExample, load_all
from worked_examples.schema.calculation import Step, slices

NAMES = Step.model_json_schema()["properties"]["function"]["enum"]
OPERANDS: dict[str, list[list[Any]]] = {  # asymmetric shapes; away from kinks and poles
    "dot": [[["0.5", "-1", "2"], ["1", "0.25", "-0.5"]], [["1", "2"], ["-1", "0.5"], ["0.75", "3"]]],
    "power": [["0.5", "-1.5", "2"], "3"],  # type: ignore[list-item]
    "cross entropy": [["0.2", "0.5", "0.3"], ["0", "1", "0"], "0.01"],  # type: ignore[list-item]
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
    return [np.asarray(exact_arithmetic.balls(np.array(text, dtype=object)), dtype=object) for text in texts]


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_every_backward_rule_is_the_slope_of_its_function(name: str) -> None:
    """The rule's gradient of a weighted sum of outputs is its central difference, at 200 bits.

    The step 2^-40 makes the difference wrong by 1.4e-25 third derivatives, which are at most a few hundred for these operands.
    """
    with flint.ctx.workprec(200):
        arrays, step, parameters = operands(name), flint.arb(2) ** -40, PARAMETERS.get(name, {})
        y = np.asarray(FUNCTIONS[name].value(parameters, *arrays), dtype=object)
        dy = np.array([flint.arb(i + 1) / 3 for i in range(y.size)], dtype=object).reshape(y.shape)
        rule = FUNCTIONS[name].backward
        assert rule
        for place, gradient in enumerate(rule(parameters, arrays, y, dy)):
            if name in ("power", "pick") and place == 1:
                continue  # the exponent and the labels are whole numbers, not variables
            for index in np.ndindex(arrays[place].shape):
                above, below = ([a.copy() for a in arrays] for _ in range(2))
                above[place][index] += step
                below[place][index] -= step
                ends = [np.asarray(FUNCTIONS[name].value(parameters, *moved), dtype=object) for moved in (above, below)]
                slope = np.asarray((ends[0] - ends[1]) * dy, dtype=object).sum() / (2 * step)
                assert abs(slope - np.asarray(gradient, dtype=object)[index]) < 1e-20


def test_every_function_of_the_schema_exists_in_the_reference() -> None:
    """A fixture can name exactly the functions that the reference has."""
    assert set(NAMES) == set(ALL)


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_an_engine_names_no_unknown_function(engine: str) -> None:
    """The tables of the engines hold no function that a fixture cannot name."""
    table = __import__(f"adapters.{engine}_functions", fromlist=["FUNCTIONS"]).FUNCTIONS
    assert set(table) <= set(NAMES)


def test_a_node_that_is_used_twice_collects_both_gradients() -> None:
    """For z = (x + y)^2 as a product of t with itself, dz/dx is 2 (x + y)."""
    nodes = [Node("t", "add", ("x", "y"), {}), Node("z", "multiply", ("t", "t"), {})]
    values = forward(nodes, {"x": np.array(3.0), "y": np.array(4.0)})
    gradients = backward(nodes, values, "z", np.array(1.0))
    assert [float(array) for array in (values["z"], gradients["t"], gradients["x"], gradients["y"])] == [49, 14, 14, 14]


@pytest.mark.parametrize("name", ["max", "argmax", "maximum", "minimum", "greater or equal", "step", "step at zero"])
def test_no_comparison_of_overlapping_balls_is_guessed(name: str) -> None:
    """Where balls overlap, so that the answer is open, every function that compares refuses to give one."""
    wide = np.array([flint.arb("0 +/- 1"), flint.arb("0.5 +/- 1")], dtype=object)
    arrays = [wide, wide[::-1]] if name in ("maximum", "minimum", "greater or equal") else [wide]
    with pytest.raises(UndecidedError):
        FUNCTIONS[name].value({}, *arrays)


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
    right = FUNCTIONS["sigmoid"]
    wrong = right._replace(backward=lambda _p, _arrays, y, dy: (dy * y,))
    exact = dict(EXACT)
    monkeypatch.setattr("reference.graph.FUNCTIONS", {**FUNCTIONS, "sigmoid": wrong})
    EXACT.update(exact)
    with pytest.raises(pytest.fail.Exception, match="gradient of input"):
        CALCULATION_CHECKS["values"](case, {})
    forget()

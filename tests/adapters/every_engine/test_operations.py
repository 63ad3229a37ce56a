"""Every named function on every engine against the oracle: generic points, ties, zeros, broadcast shapes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import flint
import numpy as np
import pytest

from adapters import Engine, load_engine
from reference.graph import DERIVATIVES, FUNCTIONS
from worked_examples import CalculationExample
from worked_examples.schema.calculations.infinities import TAKES_INFINITIES

SMALL = [["0.5", "-1.5", "2"], ["1.25", "0.75", "-0.3"]]
COLUMN = [["0.7"], ["-0.2"]]
ROW = ["1.1", "-0.6", "0.4"]
LARGE = [["0.5", "1.5", "2", "0.1"], ["1.25", "0.75", "0.3", "2.5"], ["3", "4", "5", "7"], ["0.6", "0.8", "0.9", "1.1"]]
LARGE_COLUMN = [["0.7"], ["-0.2"], ["0.4"], ["1.3"]]
CUBE = [[["0.1", "0.2", "0.4"], ["0.8", "1.6", "3.2"]], [["-0.1", "1.2", "-1.4"], ["1.8", "2.6", "4.2"]]]
IMAGE = [[[["0.1", "-0.7", "0.3"], ["1.4", "0.5", "-0.6"], ["0.7", "0.8", "1.9"], ["2.1", "-0.4", "0.2"]]] * 1]
POSITIVE = [[[["0.1", "0.7"], ["1.4", "0.5"], ["0.2", "0.8"], ["2.1", "0.4"]]]]
FILTERS = [[[["0.5", "-0.3"], ["0.2", "0.9"]]], [[["-0.1", "0.6"], ["0.8", "-0.7"]]]]
SLIDE = {"size": [2, 1], "stride": [2, 1]}
SEQUENCE = [[["0.5", "-0.2"], ["0.3", "0.9"], ["-0.4", "0.1"]]]


def matrix(rows: int, columns: int, seed: int) -> list[list[str]]:
    """A matrix of tenths from -1 to 1, without 0."""
    random = np.random.RandomState(seed)
    numbers = random.randint(1, 11, (rows, columns)) * random.choice([-1, 1], (rows, columns))
    return [[str(number / 10) for number in row] for row in numbers.tolist()]


def gates(count: int, n_biases: int) -> list[Any]:
    """Sequence, kernels and biases of a gated layer of two units."""
    return [SEQUENCE, matrix(2, 2 * count, 1), matrix(2, 2 * count, 2), *(matrix(1, 2 * count, 3 + i)[0] for i in range(n_biases))]


class Case(NamedTuple):
    """Operands and parameters; by hand the gradients at a tie or a jump, where differences are none."""

    operands: Sequence[Any]
    parameters: Mapping[str, Any] = {}
    gradients: Sequence[Any] | None = None
    settings: tuple[int, ...] = ()


ARITHMETIC = [
    Case([SMALL, SMALL]),
    Case([SMALL, COLUMN]),
    Case([SMALL, ROW]),
    Case([ROW, COLUMN]),
    Case([LARGE, LARGE_COLUMN]),
    Case([LARGE_COLUMN, LARGE]),
    Case([CUBE, COLUMN]),
    Case([SMALL, "0.85"]),
    Case(["0.75", ROW]),
]
ONE = [Case([SMALL]), Case([ROW]), Case(["0.3"]), Case([CUBE])]
ALONG = [
    Case([SMALL], {"axis": 0}),
    Case([SMALL], {"axis": -1, "keepdims": True}),
    Case([CUBE], {"axis": 1}),
    Case([CUBE], {"keepdims": True}),
    Case([ROW], {"axis": 0}),
]
WHERE_FIRST, WHERE_SECOND = [["0.125", "0", "0.375"], ["0.5", "0", "0.75"]], [["0", "0.25", "0"], ["0", "0.625", "0"]]
INDICES = ("0", "-1", "1,-2", ":,1", "0:2,::2", "::-1", ":,-1:-4:-2", "-2:")
STACKS = [Case([CUBE, matrix(3, 2, 1)]), Case([SMALL, [[["0.1"], ["0.2"], ["0.3"]], [["0.7"], ["-0.5"], ["1.2"]]]])]
CASES: Mapping[str, Sequence[Case]] = {
    **dict.fromkeys(("add", "subtract", "multiply", "divide", "half squared error"), ARITHMETIC),
    **dict.fromkeys(("negative", "exp", "sin", "cos", "identity", "sigmoid", "tanh", "naive softmax", "flatten"), ONE),
    "power": [
        Case([["0.5", "1.5", "2"], "3"]),
        Case(["4", "0.5"]),
        Case([["0.5", "1.5", "2"], [["0.5"], ["-1.5"]]]),
        Case([LARGE, LARGE_COLUMN]),
        Case([["-0.5", "-1.5", "2"], "3"], settings=(1,)),
        Case([["-0.5", "2"], ["-2", "-3"]], settings=(1,)),
        Case([["0", "0", "0", "0"], ["1", "2", "3", "1.5"]], gradients=[["0.125", "0", "0", "0"], ["0", "0", "0", "0"]]),
        Case([["0", "2", "-2"], "0"], gradients=[["0", "0", "0"], None], settings=(1,)),
    ],
    "log": [Case([["0.5", "1.5", "2"]]), Case(["0.3"])],
    "step": [*ONE, Case([["0", "-0", "1"]], gradients=[["0", "0", "0"]])],
    "step at zero": [*ONE, Case([["0", "-0", "1"]], gradients=[["0", "0", "0"]])],
    "relu": [*ONE, Case([["0", "-0", "2"]], gradients=[["0", "0", "0.375"]])],
    "softmax": [Case([SMALL]), Case([ROW]), Case([CUBE]), Case([[["1"], ["2"]]])],
    "sum": [*ONE, *ALONG],
    "mean": [*ONE, *ALONG],
    "min": [*ONE, *ALONG, Case([[["1", "3"], ["3", "1"]]], gradients=[[["0.125", "0"], ["0", "0"]]])],
    "sqrt": [Case([["0.5", "1.5", "4"]]), Case(["0.3"])],
    "abs": [*ONE, Case([["0", "-0", "-2"]], gradients=[["0", "0", "-0.375"]])],
    "greater": [*ARITHMETIC[1:], Case([["1", "2"], ["1", "3"]], gradients=[["0", "0"], ["0", "0"]])],
    "where": [
        Case([["1", "0", "1"], SMALL, SMALL], gradients=[["0", "0", "0"], WHERE_FIRST, WHERE_SECOND]),
        Case([[["0"], ["1"]], ROW, "0.7"], gradients=[[["0"], ["0"]], ["0.5", "0.625", "0.75"], "0.75"]),
        Case(["-0.5", ROW, COLUMN], gradients=["0", ["0.625", "0.875", "1.125"], [["0"], ["0"]]]),
    ],
    "linspace": [
        Case(["-1", "2"], {"num": 4}),
        Case(["0.1", "0.3"], {"num": 2}),
        Case(["0.5", "7"], {"num": 1}),
    ],
    "split": [
        Case([["1", "2", "3", "4"]], {"sections": 2, "part": 1}),
        Case([SMALL], {"sections": 3, "part": 0, "axis": 1}),
        Case([CUBE], {"sections": 2, "part": 1, "axis": -2}),
        Case([ROW], {"sections": 1, "part": 0}),
    ],
    "equal": [Case([["1", "2"], ["1", "3"]], gradients=[["0", "0"], ["0", "0"]]), Case([["0.1", "-2"], "0.1"])],
    "greater or equal": [*ARITHMETIC[1:], Case([["1", "2"], ["1", "3"]], gradients=[["0", "0"], ["0", "0"]])],
    "maximum": [
        *ARITHMETIC[1:],
        Case([["1", "2", "0.1"], ["1", "3", "0.1"]], gradients=[["0.125", "0", "0.375"], ["0", "0.25", "0"]]),
    ],
    "minimum": [
        *ARITHMETIC[1:],
        Case([["1", "2", "0.1"], ["1", "3", "0.1"]], gradients=[["0.125", "0.25", "0.375"], ["0", "0", "0"]]),
    ],
    "max": [
        *ONE,
        *ALONG,
        Case([[["1", "3", "3"]]], {"axis": 1}, gradients=[[["0", "0.125", "0"]]]),
        Case([[["1", "3"], ["3", "2"]]], gradients=[[["0", "0.125"], ["0", "0"]]]),
    ],
    "argmax": [
        Case([SMALL]),
        Case([SMALL], {"axis": 1}),
        Case([CUBE], {"axis": -2}),
        Case([["1", "3", "3"]], gradients=[["0", "0", "0"]]),
        Case([["-0", "0"]], gradients=[["0", "0"]]),
    ],
    "dot": [Case([SMALL, matrix(3, 4, 1)]), Case([ROW, ROW]), Case([ROW, matrix(3, 2, 2)]), Case([SMALL, ROW]), *STACKS],
    "cross entropy": [
        Case([["0.2", "0.5", "0.3"], ["0", "1", "0"], "0.01"]),
        Case([[["0.2", "0.8"], ["0.5", "0.5"]], ["0", "1"], "0.01"]),
        Case([["0.2", "0.8"], [["0", "1"], ["1", "0"]], ["0.01", "0.02"]]),
    ],
    "transpose": [Case([SMALL]), Case([ROW]), Case([CUBE])],
    "reshape": [Case([SMALL], {"shape": [3, 2]}), Case([CUBE], {"shape": [2, -1]})],
    "stack": [
        Case(["0.5", "2"]),
        Case([ROW, ROW]),
        Case([SMALL, SMALL], {"axis": 1}),
        Case([ROW, ROW, ROW], {"axis": -1}),
        Case([ROW]),
    ],
    "index": [Case([CUBE], {"index": "1,:,-1"}), *(Case([SMALL], {"index": text}) for text in INDICES)],
    "assign": [
        Case([SMALL, ROW], {"index": "1"}),
        Case([SMALL, "0.9"], {"index": ":,1"}),
        Case([SMALL, COLUMN], {"index": ":,0:2"}),
        Case([SMALL, [ROW]], {"index": "-1"}),
        Case([ROW, "0.9"], {"index": "2"}),
        Case([SMALL, SMALL], {"index": "::-1"}),
    ],
    "arange": [Case(["1", "2", "0.4"]), Case(["2", "-1.1", "-0.5"]), Case(["0", "1", "0.125"], gradients=["3.625", "0", "14.875"])],
    "pick": [Case([SMALL, ["2", "0"]], gradients=[[["0", "0", "0.125"], ["0.25", "0", "0"]], ["0", "0"]])],
    "convolution": [
        Case([IMAGE, FILTERS, ["0.1", "-0.2"]]),
        Case([IMAGE, FILTERS, ["0.1", "-0.2"]], {"stride": [2, 1], "padding": [1, 0]}),
    ],
    "max pooling": [
        Case([IMAGE], SLIDE),
        Case([IMAGE], {"size": 2}),
        Case([[[[["0.1", "0.2"], ["0.3", "0.4"]]]]], {"size": 2}),
        Case([[[[["0.4", "0.4"], ["0.3", "0.4"]]]]], {"size": 2}, gradients=[[[[["0.125", "0"], ["0", "0"]]]]]),
    ],
    "average pooling": [Case([IMAGE], SLIDE), Case([IMAGE], {"size": 3, "padding": 1})],
    "average pooling, padding counted": [Case([IMAGE], SLIDE), Case([IMAGE], {"size": 3, "padding": 1})],
    "stochastic pooling": [
        Case([POSITIVE, [[[["0.1", "0.9"], ["0.5", "0.3"]]]]], SLIDE, settings=(1,)),
        Case([POSITIVE, [[[["0.1"], ["0.9"], ["0.7"]]]]], {"size": 2}, settings=(1,)),
    ],
    "expected pooling": [Case([POSITIVE], SLIDE), Case([POSITIVE], {"size": 2})],
    "batch normalization": [
        Case([matrix(4, 2, 1), ["1.5", "-0.5"], ["0.1", "0.2"], "0.125"], settings=(3,)),
        Case([CUBE, ["1.5", "-0.5"], ["0.1", "0.2"], "0.125"], settings=(3,)),
        Case([[CUBE, CUBE], ["1.5", "-0.5"], ["0.1", "0.2"], "0.125"], settings=(3,)),
        Case([[[CUBE, CUBE], [CUBE, CUBE]], ["1.5", "-0.5"], ["0.1", "0.2"], "0.125"], settings=(3,)),
        Case([[["0.4", "-0.7"]], ["1.5", "-0.5"], ["0.1", "0.2"], "0.125"], settings=(3,)),
    ],
    "batch normalization at inference": [
        Case([SMALL, ROW, ROW, ["0.1", "0.2", "0.3"], ["0.5", "0.6", "0.7"], "0.125"], settings=(3, 4, 5))
    ],
    "dropout": [
        Case([SMALL, [["1", "0", "1"], ["0", "1", "1"]], "0.75"], settings=(2,)),
        Case([SMALL, ROW, "0.75"], settings=(2,)),
    ],
    "recurrent": [Case(gates(1, 1))],
    "lstm": [Case(gates(4, 1)), Case(gates(4, 2))],
    "gru": [Case(gates(3, 2))],
    "gru reset after": [Case(gates(3, 2))],
    "hidden units": [Case([SMALL, matrix(3, 2, 1), ["0.1", "-0.2"]])],
    "visible units": [Case([COLUMN, matrix(3, 1, 1), ROW])],
    "flip": [Case([IMAGE], {"axis": 2}), Case([IMAGE], {"axis": -1})],
    "crop": [Case([IMAGE], {"index": "1:3,0:2"})],
    "concatenate": [
        Case([SMALL], {"axis": 0}),
        Case([SMALL, COLUMN], {"axis": 1}),
        Case([SMALL, [ROW]], {"axis": 0}),
        Case([SMALL, SMALL, COLUMN], {"axis": -1}),
    ],
    "rows": [Case([IMAGE]), Case([SMALL])],
    "sum of products": [Case([SMALL, SMALL, ROW, ROW]), Case([SMALL, ROW]), Case([LARGE_COLUMN, LARGE])],
}
ZEROS = [["0", "0", "0"], ["0", "0", "0"]]
COMPARED = [[["-inf", "2", "inf"], ["-inf", "inf", "-inf"]], [["1", "-inf", "inf"], ["-inf", "2", "inf"]]]
AT_INFINITY: Mapping[str, Sequence[Case]] = {
    "add": [Case([["-inf", "1"], ["2", "3"]], gradients=[["0.125", "0.25"], ["0.125", "0.25"]])],
    "subtract": [Case([["2", "1"], ["inf", "3"]], gradients=[["0.125", "0.25"], ["-0.125", "-0.25"]])],
    "multiply": [Case([["-inf", "2"], ["2", "3"]], gradients=[["0.25", "0.75"], ["-inf", "0.5"]])],
    "divide": [
        Case([["-inf", "2"], ["2", "4"]], gradients=[["0.0625", "0.0625"], ["inf", "-0.03125"]]),
        Case([["3", "4"], ["-inf", "2"]], gradients=[["0", "0.125"], ["0", "-0.25"]]),
    ],
    "negative": [Case([["-inf", "2"]], gradients=[["-0.125", "-0.25"]])],
    "identity": [Case([["-inf", "2"]], gradients=[["0.125", "0.25"]])],
    "exp": [Case([["-inf", "0"]], gradients=[["0", "0.25"]]), Case([["inf", "0"]], gradients=[["inf", "0.25"]])],
    "log": [Case([["inf", "1"]], gradients=[["0", "0.25"]]), Case([["0", "1"]], gradients=[["inf", "0.25"]])],
    "sqrt": [Case([["inf", "4"]], gradients=[["0", "0.0625"]])],
    "abs": [Case([["-inf", "-2"]], gradients=[["-0.125", "-0.25"]])],
    "sigmoid": [Case([["-inf", "inf", "0"]], gradients=[["0", "0", "0.09375"]])],
    "tanh": [Case([["-inf", "inf", "0"]], gradients=[["0", "0", "0.375"]])],
    "relu": [Case([["-inf", "2"]], gradients=[["0", "0.25"]])],
    "step": [Case([["-inf", "inf"]], gradients=[["0", "0"]])],
    "step at zero": [Case([["-inf", "inf"]], gradients=[["0", "0"]])],
    **{name: [Case(COMPARED, gradients=[ZEROS, ZEROS])] for name in ("greater", "greater or equal", "equal")},
    "where": [Case([["1", "0"], ["3", "4"], "-inf"], gradients=[["0", "0"], ["0.125", "0"], "0.25"])],
    "maximum": [Case([["-inf", "2"], ["1", "-inf"]], gradients=[["0", "0.25"], ["0.125", "0"]])],
    "minimum": [Case([["-inf", "2"], ["1", "-inf"]], gradients=[["0.125", "0"], ["0", "0.25"]])],
    "max": [Case([[["-inf", "3"], ["-inf", "-inf"]]], {"axis": 1}, gradients=[[["0", "0.125"], ["0.25", "0"]]])],
    "min": [Case([[["-inf", "3"], ["-inf", "-inf"]]], {"axis": 1}, gradients=[[["0.125", "0"], ["0.25", "0"]]])],
    "argmax": [Case([[["-inf", "3"], ["-inf", "-inf"]]], {"axis": 1}, gradients=[[["0", "0"], ["0", "0"]]])],
    "sum": [Case([["-inf", "1"]], gradients=[["0.125", "0.125"]])],
    "mean": [Case([["-inf", "1"]], gradients=[["0.0625", "0.0625"]])],
    "dot": [Case([[["-inf", "1"]], [["2"], ["3"]]], gradients=[[["0.25", "0.375"]], [["-inf"], ["0.125"]]])],
    "sum of products": [Case([["-inf", "1"], ["2", "3"]], gradients=[["0.25", "0.375"], ["-inf", "0.125"]])],
    "softmax": [
        Case(
            [[["0.5", "-inf", "0.5"], ["-inf", "2", "-inf"]]],
            gradients=[[["-0.0625", "0", "0.0625"], ["0", "0", "0"]]],
        ),
        Case([["-1000", "-inf", "1000"]], gradients=[["0", "0", "0"]]),
    ],
    "naive softmax": [Case([["-inf", "0", "0"]], gradients=[["0", "-0.03125", "0.03125"]])],
    "pick": [Case([[["-inf", "1"], ["2", "3"]], ["0", "1"]], gradients=[[["0.125", "0"], ["0", "0.25"]], ["0", "0"]])],
    "transpose": [Case([[["-inf", "1"]]], gradients=[[["0.125", "0.25"]]])],
    "reshape": [Case([[["-inf", "1"]]], {"shape": [2, 1]}, gradients=[[["0.125", "0.25"]]])],
    "flatten": [Case([[["-inf", "1"]]], gradients=[[["0.125", "0.25"]]])],
    "rows": [Case([[["-inf", "1"]]], gradients=[[["0.125", "0.25"]]])],
    "flip": [Case([[["-inf", "1"]]], {"axis": 1}, gradients=[[["0.25", "0.125"]]])],
    "crop": [Case([[[[["-inf", "1"]]]]], {"index": "0:1,0:1"}, gradients=[[[[["0.125", "0"]]]]])],
    "stack": [Case(["-inf", "2"], gradients=["0.125", "0.25"])],
    "concatenate": [Case([["-inf"], ["1"]], {"axis": 0}, gradients=[["0.125"], ["0.25"]])],
    "split": [Case([["-inf", "1"]], {"sections": 2, "part": 0}, gradients=[["0.125", "0"]])],
    "index": [Case([["-inf", "1"]], {"index": "0"}, gradients=[["0.125", "0"]])],
    "assign": [Case([["1", "2"], "-inf"], {"index": "0"}, gradients=[["0", "0.25"], "0.125"])],
}
"""Operands that are infinite, for every function that takes them; the gradients by hand, for differences there are none."""
ALL = {name: [*CASES.get(name, ()), *AT_INFINITY.get(name, ())] for name in FUNCTIONS}
UNSUPPORTED = {
    "keras": [("assign", place) for place in range(7)],
    "torch": [("gru", 0), ("batch normalization", 4), ("index", 6), ("index", 7), ("assign", 5)],
}
"""Cases that an engine does not support, by their place: PyTorch has no slices with a negative step."""
TOLERANCE = {"float64": 1e-12, "float32": 2e-4, "float16": 5e-2}
EACH = [pytest.param(name, place, id=f"{name}-{place}") for name in FUNCTIONS for place in range(len(ALL[name]) or 1)]


def is_near(computed: Any, expected: Any, tolerance: float) -> bool:
    """Whether every entry is, relative to numbers above 1; an infinity is near itself only."""
    computed, expected = np.asarray(computed, dtype=float), np.asarray(expected, dtype=float)
    if computed.shape != expected.shape:
        return False
    finite = np.isfinite(expected)
    errors = abs(computed[finite] - expected[finite])
    return bool(np.all(computed[~finite] == expected[~finite]) and np.all(errors <= tolerance * (1 + abs(expected[finite]))))


def unwanted(case: Case) -> Sequence[int]:
    """The operands whose gradients the oracle does not give: settings, or all where they are given by hand."""
    return case.settings if case.gradients is None else range(len(case.operands))


def gradients(case: Case, expected: Any) -> dict[int, Any]:
    """The gradients by the place of the operand, by hand or by the oracle."""
    by_hand = {i: slope for i, slope in enumerate(case.gradients or ()) if slope is not None}
    return by_hand or expected.gradients


@pytest.fixture
def example(one_step: Callable[..., CalculationExample]) -> Callable[[Case, str], CalculationExample]:
    """A case as a calculation."""
    return lambda case, name: one_step(name, case.operands, case.parameters)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(("name", "place"), EACH)
def test_every_function_has_the_value_and_the_gradient_of_the_oracle(
    name: str, place: int, dtype: str, engine_name: str, engine: Engine, example: Any, truth: Callable[..., Any]
) -> None:
    """On every engine, or the engine states that it does not support it; a function without a case fails."""
    case = ALL[name][place]
    chosen = example(case, name)
    computed, expected = engine.calculate(chosen, dtype), truth(chosen, unwanted(case))
    if "y" in computed.unsupported:
        assert (name, place) in UNSUPPORTED[engine_name]
        return
    assert (name, place) not in UNSUPPORTED.get(engine_name, ())
    assert str(computed.values["y"].dtype) == dtype
    assert is_near(computed.values["y"], expected.value, TOLERANCE[dtype])
    assert is_near(computed.gradients["y"], np.array(chosen.inputs["w"], dtype=float), TOLERANCE[dtype])
    for i, slope in gradients(case, expected).items():
        gradient = computed.gradients.get(f"x{i}", np.zeros(np.shape(slope)))
        assert is_near(gradient, slope, TOLERANCE[dtype]), f"gradient by operand {i}"


@pytest.mark.parametrize(("name", "place"), EACH)
def test_the_reference_is_exact_in_exact_numbers(name: str, place: int, example: Any, truth: Callable[..., Any]) -> None:
    """Values and gradients to 30 digits; settings have no gradient."""
    case = ALL[name][place]
    chosen = example(case, name)
    expected = truth(chosen, unwanted(case))
    with flint.ctx.workprec(200):
        computed = load_engine("reference").calculate(chosen, "exact")
        assert [i for i in range(len(case.operands)) if f"x{i}" not in computed.gradients] == list(case.settings)
        slopes = gradients(case, expected)
        pairs = [(computed.values["y"], expected.value), *((computed.gradients[f"x{i}"], slope) for i, slope in slopes.items())]
        for numbers, texts in pairs:
            assert numbers.shape == np.shape(texts)
            for number, text in zip(numbers.flat, np.ravel(texts), strict=True):
                ball, expected_ball = number.ball(), flint.arb(str(text))
                assert abs(ball - expected_ball) < 1e-30 if expected_ball.is_finite() else ball == expected_ball


def test_every_function_that_takes_infinities_has_a_case() -> None:
    """Derivatives are no functions of the table; a function without a case fails."""
    assert {*AT_INFINITY, *DERIVATIVES} == TAKES_INFINITIES


@pytest.mark.parametrize("function", ["identity", "flatten"])
def test_a_step_that_returns_its_operand_has_a_gradient_of_its_own(
    function: str, engine: Engine, example: Callable[..., Any]
) -> None:
    """For z = y x with y = x, dz/dy is x and dz/dx is 2 x."""
    chosen = example(Case([["3", "4"]]), function)
    product = chosen.steps.replace("(y, w)", "(y, x0)")
    gradients = engine.calculate(chosen.model_copy(update={"steps": product}), "float64").gradients
    assert (gradients["y"].tolist(), gradients["x0"].tolist()) == ([3, 4], [6, 8])


def test_the_gradient_of_an_array_begins_with_ones(engine: Engine, example: Callable[..., Any]) -> None:
    """Where no upstream gradient is given, every entry of the final step has one of 1."""
    chosen = example(Case([["3", "4"]]), "negative").model_copy(update={"gradients_of": "y"})
    assert engine.calculate(chosen, "float64").gradients["x0"].tolist() == [-1, -1]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_every_power_keeps_its_type(dtype: str, engine: Engine, example: Callable[..., Any]) -> None:
    """The square root as a power, in each type."""
    root = engine.calculate(example(Case([["4", "2.25"], "0.5"]), "power"), dtype).values["y"]
    assert (root.tolist(), str(root.dtype)) == ([2, 1.5], dtype)

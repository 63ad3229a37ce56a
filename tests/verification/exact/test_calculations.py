"""Calculations in exact numbers: rationals where they suffice, else narrow balls; wide ones for inputs known as printed only."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from adapters import Calculation
from verification.exact.calculations import exact_calculation, number, place, widened
from verification.records import Findings, Outcome
from verification.session import Session
from worked_examples import CalculationExample, FixtureError
from worked_examples.schema.kinds.calculation import CalculationTarget


def test_rational_arithmetic_is_exact(example: Callable[[str], CalculationExample]) -> None:
    """A shopping bill has no rounding; the softmax needs balls; each is computed once in a session."""
    session = Session()
    bill = exact_calculation(session, example("dl-python/graph-shopping"))
    assert all(entry.rational is not None for array in bill.values.values() for entry in np.ravel(array))
    softmax = exact_calculation(session, example("dl-python/softmax"))
    assert any(entry.rational is None for array in softmax.values.values() for entry in np.ravel(array))
    assert exact_calculation(session, example("dl-python/softmax")) is softmax


def test_a_rounded_input_is_every_number_that_rounds_to_it(example: Callable[[str], CalculationExample]) -> None:
    """Half a unit of its last place; the other inputs stay as they are."""
    chosen = example("dl-python/graph-shopping")
    first, *others = chosen.inputs
    changed = chosen.model_copy(update={"inputs": chosen.inputs | {first: "0.25"}, "rounded": [first]})
    inputs = widened(changed)
    assert str(inputs[first]) == "0.25 +/- 0.005"
    assert {name: inputs[name] for name in others} == {name: chosen.inputs[name] for name in others}


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [("m", (1, 0), 3.0), ("v", (1,), 6.0), ("v", (0, 1), 6.0), ("row", (1,), 8.0), ("s", (), 9.0), ("s", (0,), 9.0)],
)
def test_an_index_finds_a_number(
    name: str, index: tuple[int, ...], expected: float, example: Callable[[str], CalculationExample]
) -> None:
    """A matrix of one row may be printed as a list, a list as a matrix of one row, and a scalar as a list of one number."""
    values = {"m": np.array([[1.0, 2.0], [3.0, 4.0]]), "v": np.array([5.0, 6.0]), "row": np.array([[7.0, 8.0]]), "s": np.array(9.0)}
    target, chosen = CalculationTarget(name, gradient=False, entry=(), attribute=""), example("dl-python/graph-shopping")
    assert number(chosen, Calculation(values, {}, {}), target, index) == expected
    assert number(chosen, Calculation({}, values, {}), target._replace(gradient=True), index) == expected


@pytest.mark.parametrize(
    ("shape", "entry", "index"), [((2, 2), (), (1,)), ((2,), (), (2,)), ((2,), (), (1, 0)), ((2, 3), (2,), (0,))]
)
def test_an_index_outside_is_refused(
    shape: tuple[int, ...], entry: tuple[int, ...], index: tuple[int, ...], example: Callable[[str], CalculationExample]
) -> None:
    """A list for a matrix of two rows is ambiguous; an index beyond the end is none."""
    target = CalculationTarget("m", gradient=False, entry=entry, attribute="")
    with pytest.raises(FixtureError, match=r"graph-shopping.toml: printed: 'm\[.*\]' lies outside an array of the shape"):
        place(example("dl-python/graph-shopping"), shape, target, index)


HEAD = {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "printed", "source": {"document": "a", "section": "s"}}
Make = Callable[..., CalculationExample]


@pytest.fixture
def make() -> Make:
    """``make(text, inputs, step, ...)``: a calculation and what is printed of it."""

    def calculation(text: str, inputs: Mapping[str, Any], *steps: str) -> CalculationExample:
        printed = [{"where": "w", "text": text}]
        head = {**HEAD, "inputs": inputs, "steps": "\n".join(steps), "gradients_of": steps[-1].split()[0], "printed": printed}
        return CalculationExample.model_validate(head)

    return calculation


INDEX = (
    {"a": ["2", "5"]},
    "y = 3 * a[0] + sum(a)",
)
ROOT = ({"four": "4", "half": "0.5"}, "r = four ** half")
RMSPROP = (
    {"w": "0.5", "g": "0.3", "s": "0.027", "lr": "0.01"},
    "w1 = w - lr * g / (s ** 0.5 + 1e-8)",
)
POOL = ("e = exp(z)", "m = max_pooling(x, size=2)", "y = m * e")
COLUMN = (
    {"A": [["1", "0"], ["0", "1"]], "X": [["0.1", "0.2"], ["0.3", "0.4"]], "b": [["1"], ["2"]]},
    "Y = A @ X + b",
    "l = sum(Y)",
)
RIGHT: Mapping[str, tuple[Any, ...]] = {
    "the square root as a power": ("r = 2", *ROOT),
    "the derivative of the square root": ("d_four = 0.25\nd_half = 2.7726", *ROOT),
    "RMSProp by a power": ("w1 = 0.481742583", *RMSPROP),
    "a gradient through an index": ("d_a = [4 1]", *INDEX),
    "max pooling beside an exp": (
        "m = [[[[0.4]]]]\nd_x = [[[[0 0],[0 2.7183]]]]",
        {"z": "1", "x": [[[["0.1", "0.2"], ["0.3", "0.4"]]]]},
        *POOL,
    ),
    "max pooling of equal decimals": (
        "m = [[[[0.4]]]]\nd_x = [[[[2.7183 0],[0 0]]]]",
        {"z": "1", "x": [[[["0.4", "0.2"], ["0.4", "0.4"]]]]},
        *POOL,
    ),
    "a column added to a matrix": ("Y = [[1.1 1.2][2.3 2.4]]\nd_b = [[2][2]]", *COLUMN),
    "a gradient of what is not used": ("d_b = [0 0]\nd_a = 1", {"a": "0.1", "b": ["1", "2"]}, "y = sum(a)"),
}
WRONG: Mapping[str, tuple[Any, ...]] = {
    "the square root as a power": ("r = 1", *ROOT),
    "the derivative of the square root": ("d_four = 0.00\nd_half = 0", *ROOT),
    "RMSProp by a power": ("w1 = -299999.5", *RMSPROP),
    "a gradient through an index": ("d_a = [1 2]", *INDEX),
    "a column added to a matrix": ("Y = [[1.2 2.1][1.4 2.5]]\nd_b = [[0][0]]", *COLUMN),
}


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
@pytest.mark.parametrize("name", RIGHT)
def test_right_numbers_are_confirmed(name: str, engine: str, make: Make, judged: Callable[..., Findings]) -> None:
    """On every engine, whose values and gradients are the exact ones."""
    chosen = make(*RIGHT[name])
    printed = judged("printed", chosen, engine)
    assert (printed.problems, judged("values", chosen, engine).problems) == ([], [])
    assert {number.verdict.name for number in printed.printed_numbers or []} == {"CONFIRMED"}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_numbers_are_not_confirmed(name: str, make: Make, judged: Callable[..., Findings]) -> None:
    """Not one of them."""
    chosen = make(*WRONG[name])
    verdicts = {number.verdict.name for number in judged("printed", chosen).printed_numbers or []}
    assert verdicts <= {"WRONG", "OFF"}
    assert verdicts


@pytest.mark.parametrize(
    ("inputs", "steps", "line"),
    [
        (
            {"x": ["0.3", "0.3"]},
            ["e = exp(x)", "m = max(e)"],
            "a/b: steps: line 2: 'm': max: which entry is the greatest cannot be decided at this precision, 300 bits; "
            "write operands that differ, or that are rational",
        ),
        (
            {"a": "0.1", "b": "0.2", "c": "0.3", "z": "1"},
            ["t = a + b - c", "", "m = z / t"],
            "a/b: steps: line 3: 'm': divide: not defined for these numbers, which only rounding in float64 hides; "
            "write inputs for which it is",
        ),
    ],
    ids=["tie", "pole"],
)
def test_what_cannot_be_decided_is_one_line(
    inputs: Mapping[str, Any], steps: list[str], line: str, make: Make, judged: Callable[..., Findings]
) -> None:
    """A tie of irrational numbers, a pole that rounding hides: key, reason, what to write instead; no traceback."""
    chosen = make("m = 1.35", inputs, *steps)
    for check in ("values", "printed"):
        findings = judged(check, chosen)
        assert (findings.outcome, findings.problems) == (Outcome.FAILED, [line])
        assert findings.next_step == "correct the fixture"


@pytest.mark.parametrize(("function", "x", "power"), [("exp", "1e9", "above 1e100,000"), ("exp", "-1e300", "below 1e-100,000")])
def test_a_number_beyond_every_type_is_refused(function: str, x: str, power: str) -> None:
    """It is a ball, but no decimal; the message names the step and what to write instead."""
    example = CalculationExample.model_validate(
        {
            "kind": "calculation",
            "id": "a/b",
            "title": "t",
            "provenance": "ours",
            "source": {"document": "a", "section": "s"},
            "inputs": {"x": x},
            "steps": f"y = {function}(x)",
        }
    )
    known = exact_calculation(Session([example]), example)
    with pytest.raises(FixtureError, match=rf"steps: 'y' has a magnitude {power}, which is not judged; write smaller inputs$"):
        number(example, known, CalculationTarget("y", gradient=False, entry=(), attribute=""), ())

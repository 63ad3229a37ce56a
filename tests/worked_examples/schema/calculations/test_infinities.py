"""Infinities: what is masked by them has a value and a gradient, and what has none is refused, in one line."""

from typing import Any

import numpy as np
import pytest

from reference.graph import Node
from worked_examples import CalculationExample
from worked_examples.schema.calculations.dry_run import values_of
from worked_examples.schema.calculations.infinities import overflown_steps, undefined_gradients

INSTEAD = "write where(CONDITION, x, -inf) for what is masked"
NO_NUMBER = f"is not a number where an operand is infinite, such as 0 * inf or inf - inf; {INSTEAD}"
FINITE = f"takes finite numbers only; {INSTEAD}, and a softmax behind it"
WRITTEN_OUT = "a parameter must be written out: a whole number, (2, 3), True or False"
INDEX = "an index is whole numbers and slices, such as x[0, 1:3]; for an entry by label write pick(x, labels)"


def table(steps: str, inputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The table of a calculation."""
    source = {"document": "a", "section": "s"}
    return {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "ours", "source": source} | {
        "steps": steps,
        "inputs": inputs,
        **more,
    }


def refusal(contents: dict[str, Any]) -> str:
    """The message for a calculation, without what pydantic puts in front of it."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the text is compared by the caller
        CalculationExample.model_validate(contents)
    return str(caught.value.errors()[0]["msg"]).removeprefix("Value error, ")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("0 * inf", f"steps: line 1: 'y': 'multiply' {NO_NUMBER}"),
        ("inf - inf", f"steps: line 1: 'y': 'subtract' {NO_NUMBER}"),
        ("inf / inf", f"steps: line 1: 'y': 'divide' {NO_NUMBER}"),
        ("m - min(m)", f"steps: line 1: 'y': 'subtract' {NO_NUMBER}"),
        ("(1 - x) * -inf", f"steps: line 1: 'y': 'multiply' {NO_NUMBER}"),
        ("m @ x", f"steps: line 1: 'y': 'dot' {NO_NUMBER}"),
        ("log(-inf)", f"steps: line 1: 'y': 'log' {NO_NUMBER}"),
        ("1 / 0 - 1 / 0", f"steps: line 1: 'y': 'subtract' {NO_NUMBER}"),
        (
            "softmax(m)",
            "steps: line 1: 'y': every entry of a row is -inf, so that its softmax is not a number; "
            "leave an entry of each row finite",
        ),
        ("softmax(x + inf)", "steps: line 1: 'y': the softmax of inf is not a number; write -inf for what is masked"),
        ("naive_softmax(x + inf)", f"steps: line 1: 'y': 'naive softmax' {NO_NUMBER}"),
        ("sin(inf)", f"steps: line 1: 'y': 'sin' {FINITE}"),
        ("inf ** 0", f"steps: line 1: 'y': 'power' {FINITE}"),
        ("x ** inf", "steps: line 1: 'y': 'power' has an exponent of inf; accepted: from -10,000 to 10,000"),
        ("linspace(0, inf, 3)", f"steps: line 1: 'y': 'linspace' {FINITE}"),
        ("arange(inf)", "steps: line 1: 'y': 'arange' would make 1,000,000,000,000,000 numbers; accepted: at most 1,000,000"),
        ("arange(0, 3, inf)", f"steps: line 1: 'y': 'arange' {FINITE}"),
        ("cross_entropy(x, m, 0)", f"steps: line 1: 'y': 'cross entropy' {FINITE}"),
        ("max_pooling(reshape(m, (1, 1, 2, 2)), 2)", f"steps: line 1: 'y': 'max pooling' {FINITE}"),
    ],
)
def test_what_has_no_value_is_refused(formula: str, message: str) -> None:
    """With the line, the function and what to write."""
    inputs = {"x": [["1", "2"], ["3", "0"]], "m": [["0", "-inf"], ["-inf", "-inf"]]}
    assert refusal(table(f"y = {formula}", inputs)) == message


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ("y = sum(x, axis=inf)", f"line 1: 'sum(x, axis=inf)': axis: {WRITTEN_OUT}"),
        ("y = reshape(x, (inf, 2))", f"line 1: 'reshape(x, (inf, 2))': shape: {WRITTEN_OUT}"),
        ("y = linspace(0, 1, inf)", f"line 1: 'linspace(0, 1, inf)': num: {WRITTEN_OUT}"),
        ("y = x[inf]", f"line 1: 'x[inf]': {INDEX}"),
        ("y = x[0:-inf]", f"line 1: 'x[0:-inf]': {INDEX}"),
        ("inf = x", "line 1: 'inf' is the infinity; write another name"),
        ("a, inf = split(x, 2)", "line 1: 'inf' is the infinity; write another name"),
        ("y = np.inf", "line 1: 'np.inf': write inf"),
        ("y = float('-inf')", "line 1: 'float('-inf')': 'float' is not a function; for float('-inf') write -inf, for another "
         "number its digits"),
        ("y = gradient(x, inf)", "line 1: 'gradient(x, inf)': 'x' does not depend on 'inf' here; write names of which one depends "
         "on the other"),
    ],
)  # fmt: skip
def test_an_infinity_in_place_of_a_parameter_or_a_name_is_refused(steps: str, message: str) -> None:
    """In one line."""
    assert refusal(table(steps, {"x": ["1", "2"]})) == message


def test_an_input_is_not_called_inf() -> None:
    """Nor does one hold nan, or an infinity in other words."""
    assert refusal(table("y = x", {"x": "1", "inf": "1"})) == "'inf' is the infinity of formulas; write another name"
    for text in ("nan", "Inf", "-infinity"):
        assert refusal(table("y = x", {"x": text})) == f"x: '{text}' is not a number; accepted: a decimal string such as \"0.05\""


def test_a_printed_gradient_without_a_value_is_refused() -> None:
    """By the divisor of masked scores it is 0 times infinity; by the scores it is 0 where they are masked."""
    printed = [{"where": "w", "text": "d_d = 0.5"}]
    inputs = {"s": ["1", "2", "-inf"], "d": "2", "t": ["1", "0", "3"]}
    steps = "a = softmax(s / d)\nE = sum(a * t)"
    assert refusal(table(steps, inputs, gradients_of="E", printed=printed)) == (
        "printed[0].text: 'd_d': the gradient with respect to 'd' is not a number, such as 0 * inf; "
        "write where(CONDITION, x, -inf) behind 'd'"
    )
    by_scores = [{"where": "w", "text": "d_s = [0.12 -0.12 0]"}]
    assert CalculationExample.model_validate(table(steps, inputs, gradients_of="E", printed=by_scores)).final == "E"


def test_what_overflows_is_not_infinite() -> None:
    """A program's nan from two overflows is a result; one from two poles is none. Nothing of the first is undefined."""
    CalculationExample.model_validate(table("a = exp(1000)\ny = a - a", {}))
    nodes = [Node("a", "exp", ("x",), {}), Node("y", "subtract", ("a", "a"), {}), Node("p", "divide", ("x", "z"), {})]
    values = {"x": np.array(1000.0), "z": np.array(0.0), "a": np.array(np.inf), "y": np.array(np.nan), "p": np.array(np.inf)}
    assert overflown_steps(nodes, values) == {"a", "y"}
    gradients = {"x": np.array([np.nan, 1.0])}
    assert undefined_gradients(nodes, values, gradients) == {}
    found = undefined_gradients(nodes[2:], {name: values[name] for name in "xzp"}, gradients)
    assert {name: entries.tolist() for name, entries in found.items()} == {"x": [True, False]}


def test_a_mask_by_a_condition_and_one_that_is_added_are_the_same() -> None:
    """A masked entry has no share, and the others have what they have without it."""
    masked = "a = softmax(where(x > 0, x, -inf))\nb = softmax(x + m)\nc = softmax(x[0:2])"
    example = CalculationExample.model_validate(table(masked, {"x": ["1", "2", "-3"], "m": ["0", "0", "-inf"]}))
    values = values_of(example.nodes, example.floats, str)
    assert values["a"].tolist() == values["b"].tolist() == [*values["c"], 0]

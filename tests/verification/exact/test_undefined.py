"""Gradients without a value are not compared, and a note says so; nan is a mistake everywhere else."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Calculation
from adapters.reference.engine import Engine
from verification.exact.enclosures import as_balls
from verification.exact.undefined import undefined_gradients, undefined_note
from verification.records import Findings, Outcome
from worked_examples import CalculationExample

DIVIDED = """
kind = "calculation"
gradients_of = "E"
steps = "a = softmax((s + M) / d)\\nE = sum(a * t)"
inputs = { s = [["1", "0"], ["0.5", "-1"]], M = [["0", "-inf"], ["0.1", "0"]], t = [["1", "0"], ["0", "1"]], d = "2" }

[[printed]]
where = "w"
text = "a = [[1.00 0.00] [0.69 0.31]], d_s = [[0.00 0.00] [-0.11 0.11]], d_M = [[0.00 0.00] [-0.11 0.11]]"
"""


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_what_is_infinite_itself_has_gradients(engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """The masked scores as the final step: their gradients by the scores are 1, and bounded."""
    steps = 'gradients_of = "a"\nsteps = "a = sin(s) + M"'
    text = DIVIDED.replace('gradients_of = "E"\n', "").replace('steps = "a = softmax((s + M) / d)\\nE = sum(a * t)"', steps)
    example = written(text[: text.index("text =")] + 'text = "a = [[0.84 -inf] [0.58 -0.84]], d_s = [[0.54 1.00] [0.88 0.54]]"')
    assert judged("values", example, engine).problems == judged("printed", example, engine).problems == []


class Undefined(Engine):
    """The reference, with one gradient that is nan."""

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """The gradient by t."""
        found = super().calculate(example, dtype)
        return found._replace(gradients=found.gradients | {"t": found.gradients["t"] * np.nan})


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_only_the_gradient_that_has_no_value_is_not_compared(
    engine: str, dtype: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """By the divisor of the masked scores; by the scores and the mask it is 0 where they are masked."""
    findings = judged("values", written(DIVIDED), engine, dtype)
    assert findings.problems == []
    assert "not compared, for 0 times infinity has no value: gradient of d" in findings.notes


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_the_printed_numbers_of_a_masked_softmax_are_confirmed(
    engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Values and gradients, the zeros of masked entries among them."""
    assert judged("printed", written(DIVIDED), engine).problems == []


def test_any_other_gradient_that_is_nan_is_a_problem(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """Of an engine, where the exact one has a value."""
    findings = judged("values", written(DIVIDED), Undefined())
    assert findings.outcome is Outcome.FAILED
    assert findings.problems[0].startswith("gradient of t [0, 0]: computed nan, exact 1.0, ")


def test_where_nothing_is_infinite_nan_is_no_excuse() -> None:
    """Nor where only one of exact numbers and floating point has no value."""
    nothing, number = flint.arb("nan"), np.array([np.nan, 1.0])
    values, gradients = {"x": as_balls([flint.arb("inf")])}, {"x": as_balls([nothing, 1]), "y": as_balls([1, nothing])}
    reference = Calculation({}, {"x": number, "y": number}, {})
    found = undefined_gradients(values, gradients, reference)
    assert {name: entries.tolist() for name, entries in found.items()} == {"x": [True, False]}
    assert undefined_gradients({"x": as_balls([1])}, gradients, reference) == {}


def test_the_note_names_one_and_counts_the_others() -> None:
    """There is none where every gradient has a value."""
    entries = np.array([True])
    assert undefined_note({}) == []
    assert undefined_note({"d": entries, "e": entries}) == [
        "not compared, for 0 times infinity has no value: gradient of d and 1 more"
    ]

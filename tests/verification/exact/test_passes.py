"""Each pass of an iteration is right by itself, however far rounding has carried the ones before."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Calculation
from adapters.reference.engine import Engine
from verification.records import Findings, Outcome
from worked_examples import CalculationExample

CHAOS = """
kind = "calculation"
inputs = { x = "0.3" }
iteration = { state = ["x"], times = 100, steps = "y = 1 - x\\nx = 3.9 * x * y" }

[[printed]]
where = "w"
iteration = 1
text = "x = 0.819"
"""


class Off(Engine):
    """The reference, with one value of one pass off by a hundred of its last digits."""

    def __init__(self, name: str) -> None:
        self.name = name

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """The changed value."""
        found = super().calculate(example, dtype)
        return found._replace(values=found.values | {self.name: found.values[self.name] * (1 + 100 * np.finfo(dtype).eps)})


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_a_chaotic_iteration_is_compared_pass_by_pass(
    engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """After a hundred passes no digit of float64 is right, and every pass is."""
    assert judged("values", written(CHAOS), engine).outcome is Outcome.PASSED


@pytest.mark.parametrize("number", [1, 50, 100])
def test_one_wrong_value_is_found_in_its_pass(number: int, written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """Also where the bound of all passes together is far wider."""
    findings = judged("values", written(CHAOS), Off(f"y (iteration {number})"))
    assert findings.outcome is Outcome.FAILED
    assert any(problem.startswith(f"pass {number} alone: y (iteration {number}): computed ") for problem in findings.problems)


MASKED = """
kind = "calculation"
inputs = { x = ["0.3", "0.5", "0.2"], M = ["0", "0", "-inf"] }
steps = "S = M + x"
iteration = { state = ["x"], times = 3, steps = "a = softmax(S + x)\\ny = a * x\\nx = y + x" }

[[printed]]
where = "w"
iteration = 1
text = "x = [0.42 0.80 0.20]"
"""


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_masks_keep_no_pass_from_being_compared(
    engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """They are infinite before it by exact numbers too."""
    assert judged("values", written(MASKED), engine).problems == []
    findings = judged("values", written(MASKED), Off("y (iteration 2)"))
    assert any(problem.startswith("pass 2 alone: y (iteration 2)") for problem in findings.problems)


RANGE = """
kind = "calculation"
inputs = { x = ["-1.2", "-1.5", "0.7"], end = "3.1" }
iteration = { state = ["x"], times = 3, steps = "x = x - arange(-2.0, end, 1.7)" }

[[printed]]
where = "w"
text = "x = [4.8 -0.6 -3.5]"
"""


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_a_range_has_the_count_of_its_exact_operands(
    engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """float64's 3.1 is above the stop, so that a range of the engine's own numbers would have one entry more."""
    assert judged("values", written(RANGE), engine).problems == []


POLE = """
kind = "calculation"
inputs = { x = "0.5", y = "1" }
iteration = { state = ["y"], times = 2, steps = "s = log(x)\\nd = numerical_gradient(s, x, 0.5)\\ny = 0.75 * y" }

[[printed]]
where = "w"
iteration = 1
text = "y = 0.75"
"""


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_what_is_infinite_by_exact_numbers_is_that_infinity(
    engine: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The difference with the logarithm of 0 is; another infinity would fail."""
    assert judged("values", written(POLE), engine).problems == []
    turned = Negative("d (iteration 2)")
    assert any("d (iteration 2)" in problem for problem in judged("values", written(POLE), turned).problems)


class Negative(Off):
    """The reference, with the sign of one value turned."""

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """The changed value."""
        found = super().calculate(example, dtype)
        return found._replace(values=found.values | {self.name: -found.values[self.name]})

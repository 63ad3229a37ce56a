"""Gradient descent: ends and numerical gradients against exact ones, printed points, notes on broken-down quotients."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Array
from adapters.reference.engine import Engine
from reference import finite_differences
from verification.records import Findings, Outcome
from worked_examples import GradientDescentExample

NAME = "dl-python/gradient-descent"


class Faulty(Engine):
    """The reference whose descents end elsewhere."""

    def __init__(self, change: Callable[[Array], Array]) -> None:
        self.change = change

    def descend(self, example: GradientDescentExample, run: Any, dtype: str) -> Array:
        """The changed end."""
        return self.change(super().descend(example, run, dtype))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda x: x * (1 + 1e-9), "end of lr_0_1 [1]: computed "),
        (lambda x: x * np.nan, "end of lr_0_1 [0]: computed nan"),
        (lambda x: x + np.inf, "end of lr_0_1 [0]: computed inf"),
        (lambda x: x[:1], "end of lr_0_1: shape (1,), expected (2,)"),
        (lambda x: x[:0], "end of lr_0_1: shape (0,), expected (2,)"),
    ],
)
def test_another_end_is_caught(
    change: Callable[[Array], Array],
    line: str,
    example: Callable[[str], GradientDescentExample],
    judged: Callable[..., Findings],
) -> None:
    """The end of every run is the exact one, relative to a bound far below a billionth."""
    chosen = example(NAME)
    assert judged("descents", chosen, Faulty(lambda x: x * (1 + 1e-15))).outcome is Outcome.PASSED
    assert judged("descents", chosen, Faulty(change)).problems[0].startswith(line)


def test_a_one_sided_difference_is_caught(
    monkeypatch: pytest.MonkeyPatch, example: Callable[[str], GradientDescentExample], judged: Callable[..., Findings]
) -> None:
    """In float64 alone the quotient loses its lower side: it is not the exact central difference."""
    chosen, central = example(NAME), finite_differences.numerical_gradient
    assert judged("finite_differences", chosen).outcome is Outcome.PASSED

    def one_sided(f: Callable[[Array], Any], x: Array, h: Any) -> Array:
        """``(f(x + h) - f(x)) / h`` for floats."""
        if x.dtype == object:
            return central(f, x, h)
        steps = h * np.eye(x.size)
        return np.array([(f(x + step) - f(x)) / h for step in steps])

    monkeypatch.setattr(finite_differences, "numerical_gradient", one_sided)
    problems = judged("finite_differences", chosen).problems
    assert problems[0].startswith("numerical gradient of lr_0_1 [0]: computed ")


def test_printed_points_are_the_program_s_own(
    example: Callable[[str], GradientDescentExample], judged: Callable[..., Findings]
) -> None:
    """The end at learning rate 2, made of rounding errors alone, is confirmed to the printed digits."""
    findings = judged("printed", example(NAME))
    assert findings.printed_numbers
    verdicts = {number.name: number.verdict.value for number in findings.printed_numbers}
    assert verdicts["lr_2_end"] == "confirmed"


def test_a_quotient_that_breaks_down_is_a_note(
    example: Callable[[str], GradientDescentExample], judged: Callable[..., Findings]
) -> None:
    """Only the run at learning rate 2 ends where rounding left it; another text in the fixture fails with both."""
    chosen = example(NAME)
    findings = judged("notes", chosen)
    (note,) = findings.notes
    assert note.startswith("lr_2: the numerical derivative has broken down: ")
    changed = judged("notes", chosen.model_copy(update={"notes": ["another"]}))
    assert changed.problems == [f"computed: {[note]}", "expected: ['another']"]
    assert judged("notes", chosen.model_copy(update={"notes": None})).outcome is Outcome.PASSED

"""Printed numbers of a calculation are judged by exact arithmetic, or by the reference's float64 where the block says so."""

from collections.abc import Callable

import pytest

from adapters import Calculation
from adapters.reference.engine import Engine
from verification.records import Findings, Outcome
from verification.verdicts.verdict import Verdict
from worked_examples import CalculationExample

NAME = "dl-python/graph-shopping"


def test_every_printed_number_is_recorded(example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """Each with its verdict; what an erratum says is wrong is marked."""
    findings = judged("printed", example(NAME))
    assert findings.outcome is Outcome.PASSED
    assert findings.printed_numbers
    assert {number.verdict for number in findings.printed_numbers} <= {
        Verdict.CONFIRMED,
        Verdict.WRONG,
        Verdict.TRUNCATED,
        Verdict.OFF,
    }


def test_an_engine_that_would_print_another_number_is_caught(
    example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """The print is confirmed by exact arithmetic, and the engine is not."""

    class Faulty(Engine):
        """The reference, one too many everywhere."""

        def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
            """The changed values and gradients."""
            calculation = super().calculate(example, dtype)
            values, gradients = (
                {name: array + 1 for name, array in arrays.items()} for arrays in (calculation.values, calculation.gradients)
            )
            return Calculation(values, gradients, {})

    problems = judged("printed", example(NAME), Faulty()).problems
    assert problems
    assert all("this engine would print " in problem for problem in problems)


def test_an_unsupported_step_is_not_judged(example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """Its printed numbers are left to the engines that have it."""

    class Without(Engine):
        """The reference without any step."""

        def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
            """Every step has a reason."""
            return Calculation({}, {}, dict.fromkeys(super().calculate(example, dtype).values, "not here"))

    findings = judged("printed", example(NAME), Without())
    assert (findings.outcome, findings.printed_numbers) == (Outcome.NOT_APPLICABLE, [])
    assert findings.reason == "no printed number is of a step that it has: not here"


@pytest.mark.parametrize("digit", ["0", "9"])
def test_a_wrong_print_is_caught(digit: str, example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """With what it should read."""
    chosen = example(NAME)
    first, *others = chosen.printed
    place = next(i for i, character in enumerate(first.text) if character.isdigit() and first.text[i - 1] in " [")
    text = f"{first.text[:place]}7{digit}{first.text[place + 1 :]}"
    changed = chosen.model_copy(update={"printed": [first.model_copy(update={"text": text}), *others]})
    assert any("should read " in problem for problem in judged("printed", changed).problems)

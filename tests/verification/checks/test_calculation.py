"""Printed numbers of a calculation are judged by exact arithmetic, or by the reference's float64 where the block says so."""

from collections.abc import Callable
from typing import Any

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


DESCENT = """
kind = "calculation"
inputs = {{ w = ["-3", "4"] }}

[iteration]
state = ["w"]
times = {times}
first = {first}
until = "E < 10"
steps = '''
E = sum(w ** 2)
g = gradient(E, w)
w = w - 0.1 * g
'''

[[printed]]
where = "console"
names = {{ "it" = "iteration" }}
{text}
"""
RIGHT, OFF, WRONG, OPEN = Verdict.CONFIRMED, Verdict.OFF, Verdict.WRONG, Verdict.UNDECIDED


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ('text = "it 1, E = 25.0, w = [-2.4 3.2]"', [RIGHT] * 4),
        ('text = "it 2, E = 16.0, w = [-1.92 2.56]"', [RIGHT] * 4),
        ('text = "it 2, E = 16.1, w = [-1.92 2.57]"', [RIGHT, OFF, RIGHT, OFF]),
        ('iteration = 2\ntext = "g = [-4.8 6.4]"', [RIGHT] * 2),
        ('iteration = 2\ntext = "g = [-4.7 6.4]"', [OFF, RIGHT]),
        ('text = "E = 6.5536"', [RIGHT]),
        ('text = "E = 6.5537"', [OFF]),
        ('text = "it 4, E = 6.5536"', [RIGHT] * 2),
        ('text = "it 5, E = 4.2"', [WRONG] * 2),
        ('iteration = 0\ntext = "w = [-3 4]"', [RIGHT] * 2),
    ],
)
def test_a_number_is_judged_in_its_iteration(
    engine: str, text: str, verdicts: list[Verdict], written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """A print that is one unit off is not confirmed, and what is printed of a pass that is not made is wrong."""
    findings = judged("printed", written(DESCENT.format(times=9, first=1, text=text)), engine)
    assert [number.verdict for number in findings.printed_numbers or []] == verdicts
    assert (findings.outcome is Outcome.PASSED) == (set(verdicts) == {RIGHT})


def test_a_book_may_count_from_0(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """The first pass is number 0; the number is recorded as the book counts."""
    findings = judged("printed", written(DESCENT.format(times=9, first=0, text='text = "it 1, E = 16\\nit 4, E = 4"')))
    numbers = findings.printed_numbers or []
    assert [(number.verdict, number.epoch) for number in numbers] == [(RIGHT, 1), (RIGHT, 1), (WRONG, 4), (WRONG, 4)]
    assert findings.problems[-1] == "E at iteration 4, console: printed 4, but the iteration ends with number 3"


UPSTREAM = """
kind = "calculation"
gradients_of = "h"
inputs = { h = "1", d_h = "2" }

[iteration]
state = ["h"]
times = 3
steps = "h = 0.5 * h"

[[printed]]
where = "console"
text = """


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("d_h = 2.0", [RIGHT]),
        ("iteration 3, d_h = 2.0", [RIGHT] * 2),
        ("iteration 1, d_h = 0.5", [RIGHT] * 2),
        ("iteration 1, d_h = 2.0", [RIGHT, WRONG]),
        ("iteration 0, d_h = 0.25", [RIGHT] * 2),
    ],
)
def test_a_gradient_by_the_final_state_is_that_of_its_pass(
    text: str, verdicts: list[Verdict], written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The input of its name is the gradient of the last one alone."""
    findings = judged("printed", written(f'{UPSTREAM}"{text}"\n'))
    assert [number.verdict for number in findings.printed_numbers or []] == verdicts


MASKED = """
kind = "calculation"
steps = "m = s + M\\na = softmax(m)"
inputs = { s = ["0.5", "1.0", "2.0"], M = ["0", "0", "-inf"] }
ROUNDED

[[printed]]
where = "w"
arithmetic = "ARITHMETIC"
text = "m = [PRINTED]"

[[printed]]
where = "w"
arithmetic = "ARITHMETIC"
text = "a = [0.38 0.62 0.00]"
"""


@pytest.mark.parametrize("arithmetic", ["exact", "float64", "float32", "rounded chain"])
@pytest.mark.parametrize("rounded", ["", 'rounded = ["s", "M"]'])
@pytest.mark.parametrize(
    ("printed", "verdicts", "corrected"),
    [
        ("0.5 1.0 -inf", [Verdict.CONFIRMED] * 3, []),
        ("0.5 1.0 inf", [Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.WRONG], ["-inf"]),
        ("0.5 1.0 -1e9", [Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.WRONG], ["-inf"]),
        ("0.5 1.0 nan", [Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.WRONG], ["-inf"]),
        ("-inf 1.0 -inf", [Verdict.WRONG, Verdict.CONFIRMED, Verdict.CONFIRMED], ["0.5"]),
    ],
)
def test_only_the_very_infinity_is_confirmed(
    printed: str,
    verdicts: list[Verdict],
    corrected: list[str],
    rounded: str,
    arithmetic: str,
    written: Callable[[str], Any],
    judged: Callable[..., Findings],
) -> None:
    """In every arithmetic; another number, the other infinity and nan are wrong, and so is an infinity in place of a number."""
    text = MASKED.replace("PRINTED", printed).replace("ROUNDED", rounded).replace("ARITHMETIC", arithmetic)
    found = [number for number in judged("printed", written(text)).printed_numbers or [] if number.name == "m"]
    if rounded and arithmetic == "exact":
        verdicts = [
            Verdict.UNDECIDED if verdict is Verdict.CONFIRMED and text != "-inf" else verdict
            for verdict, text in zip(verdicts, printed.split(), strict=True)
        ]
    assert [number.verdict for number in found] == verdicts
    assert [number.corrected for number in found if number.verdict is Verdict.WRONG] == corrected

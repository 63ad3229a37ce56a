"""Gradient descents in each arithmetic that a printed block may state."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.records import Findings
from verification.verdicts.verdict import Verdict

DESCENT = """
kind = "gradient descent"
h = "0.0001"
steps = "f = x ** 4"
runs = [{{ name = "a", value = "f", start = "0.3", learning_rate = "0.5", steps = {steps} }}]

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = '''
{text}
'''
"""


@pytest.mark.parametrize(
    ("steps", "arithmetic", "text", "verdicts"),
    [
        # 4 x^3 + 4 x h^2 = 0.108 + 0.000000012
        (1, "exact", "a_gradient = 0.108000012", [Verdict.CONFIRMED]),
        (1, "exact", "a_gradient = 0.108000012000000000000", [Verdict.CONFIRMED]),
        (1, "float64", "a_gradient = 0.108000012000000000000", [Verdict.WRONG]),
        (1, "float64", "a_gradient = 0.108000012", [Verdict.CONFIRMED]),
        (1, "float32", "a_gradient = 0.108000012", [Verdict.WRONG]),
        (1, "exact", "a_gradient = 0.11\na_end = 0.245", [Verdict.CONFIRMED, Verdict.TRUNCATED]),
        (1, "rounded chain", "a_gradient = 0.11\na_end = 0.245", [Verdict.CONFIRMED, Verdict.CONFIRMED]),
        (1, "exact", "a_x0_plus = 0.3001\na_end = 0.24600", [Verdict.CONFIRMED, Verdict.CONFIRMED]),
    ],
)
def test_a_number_is_judged_in_its_arithmetic(
    steps: int, arithmetic: str, text: str, verdicts: list[Verdict], written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The difference quotient exactly, in the digits of a floating-point type, or carried on as it is printed."""
    findings = judged("printed", written(DESCENT.format(steps=steps, arithmetic=arithmetic, text=text)))
    assert [number.verdict for number in findings.printed_numbers or []] == verdicts

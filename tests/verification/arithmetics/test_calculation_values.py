"""Calculations in each arithmetic that a printed block may state."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.records import Findings, Outcome
from verification.verdicts.verdict import Verdict

STEPS = """
kind = "calculation"
gradients_of = "y"
inputs = {{ a = "0.1", b = "0.2", c = "0.3" }}
steps = '''
s = a + b
p = s * c
y = {formula}
'''

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = '''
{text}
'''
"""


@pytest.mark.parametrize(
    ("formula", "arithmetic", "text", "verdict"),
    [
        ("-p", "exact", "s = 0.30000000000000000", Verdict.CONFIRMED),
        ("-p", "float64", "s = 0.30000000000000004", Verdict.CONFIRMED),
        ("-p", "float64", "s = 0.30000000000000000", Verdict.WRONG),
        ("-p", "float32", "s = 0.3000000119", Verdict.CONFIRMED),
        ("exp(p)", "float64", "s = 0.30000000000000004", Verdict.CONFIRMED),
        ("exp(p)", "float64", "s = 0.30000000000000000", Verdict.WRONG),
        ("exp(p)", "float64", "y = 1.0941742837052107", Verdict.UNDECIDED),
        ("exp(p)", "float32", "y = 1.094174385", Verdict.CONFIRMED),
        ("exp(p)", "float32", "y = 1.0942", Verdict.CONFIRMED),
        ("exp(p)", "float32", "y = 1.0943", Verdict.OFF),
        ("exp(p)", "exact", "y = 1.094174283705210358", Verdict.CONFIRMED),
        ("exp(p)", "exact", "y = 1.094174283705210357", Verdict.TRUNCATED),
        ("exp(p)", "rounded chain", "y = 1.0942", Verdict.CONFIRMED),
    ],
)
def test_a_number_is_judged_in_its_arithmetic(
    formula: str, arithmetic: str, text: str, verdict: Verdict, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Correctly rounded operations leave nothing open in a floating-point type; an exponential leaves its last digits."""
    findings = judged("printed", written(STEPS.format(formula=formula, arithmetic=arithmetic, text=text)))
    assert [number.verdict for number in findings.printed_numbers or []] == [verdict]


def test_a_chain_carries_printed_values_and_gradients_on(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """P from the printed s, y from the printed p, the gradient of c from the printed gradient of p."""
    text = "s = 0.3\np = 0.1\ny = 1.1\nd_p = 1\nd_c = 0.3"  # 0.09; exp(0.1) = 1.105; 1.105 rounds to 1; 0.3 * 1
    chain = judged("printed", written(STEPS.format(formula="exp(p)", arithmetic="rounded chain", text=text)))
    assert chain.outcome is Outcome.PASSED
    text = "s = 0.3\np = 0.09\ny = 1.09\nd_p = 1.1\nd_c = 0.330"
    chain = judged("printed", written(STEPS.format(formula="exp(p)", arithmetic="rounded chain", text=text)))
    assert chain.outcome is Outcome.PASSED
    exactly = judged("printed", written(STEPS.format(formula="exp(p)", arithmetic="exact", text=text)))
    assert [number.corrected for number in exactly.printed_numbers or []] == ["0.3", "0.09", "1.09", "1.1", "0.328"]
    assert 'state arithmetic = "rounded chain"' in exactly.problems[0]


QUARTIC = """
kind = "calculation"
inputs = {{ x = "0.3" }}
steps = '''
f = {formula}
g = numerical_gradient(f, x, 0.0001)
y = x - 0.5 * g
'''

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = '''
{text}
'''
"""


@pytest.mark.parametrize(
    ("formula", "arithmetic", "text", "verdicts"),
    [
        # 4 x^3 + 4 x h^2 = 0.108 + 0.000000012
        ("x ** 4", "exact", "g = 0.108000012", [Verdict.CONFIRMED]),
        ("x ** 4", "exact", "g = 0.108000013", [Verdict.OFF]),
        ("x ** 4", "exact", "g = 0.108000012000000000000", [Verdict.CONFIRMED]),
        ("x * x * x * x", "float64", "g = 0.108000012000000000000", [Verdict.WRONG]),
        ("x ** 4", "float64", "g = 0.108000012", [Verdict.CONFIRMED]),
        ("x ** 4", "float64", "g = 0.108000013", [Verdict.OFF]),
        ("x ** 4", "float32", "g = 0.1080", [Verdict.CONFIRMED]),
        ("x ** 4", "float32", "g = 0.2080", [Verdict.WRONG]),
        ("x * x * x * x", "float32", "g = 0.108000012", [Verdict.WRONG]),
        ("x ** 4", "exact", "g = 0.11\ny = 0.245", [Verdict.CONFIRMED, Verdict.TRUNCATED]),
        ("x ** 4", "rounded chain", "g = 0.11\ny = 0.245", [Verdict.CONFIRMED, Verdict.CONFIRMED]),
    ],
)
def test_a_numerical_gradient_is_judged_in_its_arithmetic(
    formula: str,
    arithmetic: str,
    text: str,
    verdicts: list[Verdict],
    written: Callable[[str], Any],
    judged: Callable[..., Findings],
) -> None:
    """Exactly, in the digits of a floating-point type, or carried on as it is printed."""
    findings = judged("printed", written(QUARTIC.format(formula=formula, arithmetic=arithmetic, text=text)))
    assert [number.verdict for number in findings.printed_numbers or []] == verdicts


SQUARES = QUARTIC.replace("f = {formula}", "s = x ** 2\nf = {formula}")


@pytest.mark.parametrize(
    ("formula", "text", "verdict"),
    [
        # a product gives the float 0.09, which is next above the exact square of the float 0.3; pow may give the one below
        ("s", "s = 0.09", Verdict.CONFIRMED),
        ("s", "s = 0.08999999999999998", Verdict.UNDECIDED),
        ("s", "s = 0.0900000000000001", Verdict.OFF),
        ("s - s", "f = 0.00000000000000000", Verdict.CONFIRMED),
    ],
)
def test_a_square_may_be_either_of_two_numbers(
    formula: str, text: str, verdict: Verdict, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """What an engine shows is confirmed, what a library's ``pow`` may give is undecided, all else is wrong."""
    findings = judged("printed", written(SQUARES.format(formula=formula, arithmetic="float64", text=text)))
    assert [number.verdict for number in findings.printed_numbers or []] == [verdict]

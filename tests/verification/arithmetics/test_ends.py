"""Where an iteration ends is decided by enclosures: the same pass in the arithmetic of the page, or nothing is decided."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.records import Findings
from verification.verdicts.verdict import Verdict

HALVED = """
kind = "calculation"
inputs = {{ x = "{start}" }}

[iteration]
state = ["x"]
times = 20
until = "{until}"
steps = "x = {formula}"

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = '''
{text}
'''
"""
OK, WRONG, OPEN = Verdict.CONFIRMED, Verdict.WRONG, Verdict.UNDECIDED


def verdicts_of(findings: Findings) -> list[Verdict]:
    """The verdicts on the printed numbers."""
    return [number.verdict for number in findings.printed_numbers or []]


@pytest.mark.parametrize(
    ("text", "arithmetic", "verdicts"),
    [
        ("x = 0.0625", "exact", [OK]),
        ("x = 0.0624", "exact", [Verdict.OFF]),
        ("iteration 3, x = 0.125\niteration 4, x = 0.0625", "exact", [OK] * 4),
        ("iteration 3, x = 0.126", "exact", [OK, Verdict.OFF]),
        ("iteration 5, x = 0.03125", "exact", [WRONG] * 2),
        ("iteration 0, x = 1", "exact", [OK] * 2),
        ("iteration 0, x = 2", "exact", [OK, Verdict.OFF]),
        ("x = 0.0625", "float64", [OK]),
        ("x = 0.0625", "float32", [OK]),
        ("x = 0.0624", "float32", [Verdict.OFF]),
    ],
)
def test_the_end_is_that_of_exact_numbers(
    text: str, arithmetic: str, verdicts: list[Verdict], written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """A number that is one unit off is not confirmed; of passes that are not made every number is wrong."""
    block = HALVED.format(start="1", until="x < 0.1", formula="x / 2", arithmetic=arithmetic, text=text)
    assert verdicts_of(judged("printed", written(block))) == verdicts


@pytest.mark.parametrize(
    ("until", "text", "arithmetic", "verdicts", "reason"),
    [
        # by the roots: after 3 passes x is 2^(1/8), raised to the power 8 it is 2, which no enclosure tells from 2
        ("x ** 8 <= 2", "x = 1.0905", "exact", [OPEN], "whether the iteration ends with pass 3 is open at 300 bits"),
        ("x ** 8 <= 2", "iteration 2, x = 1.1892\niteration 3, x = 1.0905", "exact", [OK] * 4, ""),
        ("x ** 8 <= 2", "iteration 2, x = 1.1893", "exact", [OK, Verdict.OFF], ""),
        (
            "x ** 8 <= 2",
            "iteration 4, x = 1.0443",
            "exact",
            [OPEN] * 2,
            "whether the iteration ends with pass 3 is open at 300 bits",
        ),
        ("x < 1.0905077326652576", "x = 1.0443", "float64", [OPEN], "in float64, whether the iteration ends with pass 3 is open"),
        ("x < 1.0905077326652576", "x = 1.0905", "exact", [WRONG], ""),
    ],
)
def test_an_open_condition_decides_nothing_behind_it(
    until: str,
    text: str,
    arithmetic: str,
    verdicts: list[Verdict],
    reason: str,
    written: Callable[[str], Any],
    judged: Callable[..., Findings],
) -> None:
    """What is printed of earlier passes is decided; the reason is that of the condition."""
    findings = judged(
        "printed", written(HALVED.format(start="2", until=until, formula="sqrt(x)", arithmetic=arithmetic, text=text))
    )
    assert verdicts_of(findings) == verdicts
    if reason:
        assert (findings.printed_numbers or [])[-1].value.startswith(reason)


END = """
[[printed]]
where = "below"
arithmetic = "rounded chain"
text = "x = 0.0625"
"""


@pytest.mark.parametrize(
    ("text", "verdicts", "reason"),
    [
        ("iteration 1, x = 0.5\niteration 2, x = 0.25", [OK] * 5, ""),
        ("iteration 1, x = 0.5\niteration 2, x = 0.26", [OK, OK, OK, Verdict.OFF, WRONG], ""),
        # 0.09 is carried on, so that the chain ends a pass earlier than the exact numbers
        (
            "iteration 1, x = 0.5\niteration 2, x = 0.25\niteration 3, x = 0.09",
            [OK, OK, OK, OK, OK, WRONG, OPEN],
            "by the rounded chain the iteration does not end where it does by exact numbers: pass 3 differs",
        ),
    ],
)
def test_a_rounded_chain_ends_with_the_same_pass(
    text: str, verdicts: list[Verdict], reason: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Its printed numbers are carried on; where they turn a condition, what is behind it is undecided."""
    block = HALVED.format(start="1", until="x < 0.1", formula="x / 2", arithmetic="rounded chain", text=text)
    findings = judged("printed", written(block + END))
    assert verdicts_of(findings) == verdicts
    if reason:
        assert (findings.printed_numbers or [])[-1].value.startswith(reason)


@pytest.mark.parametrize(
    ("text", "verdicts", "reason"),
    [
        ("iteration 1, x = 0.20", [OK, OK], ""),
        ("iteration 1, x = 0.21", [OK, Verdict.OFF], ""),
        ("x = 0.050", [OPEN], "from the inputs as printed, whether the iteration ends with pass 2 is open at 300 bits"),
        ("iteration 3, x = 0.050", [OK, OPEN], "from the inputs as printed, whether the iteration ends with pass 2 is open"),
    ],
)
def test_inputs_known_as_printed_may_leave_the_end_open(
    text: str, verdicts: list[Verdict], reason: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """From 0.40 x falls to 0.1 in two passes, or a little above it: where the iteration ends hangs on what is not printed."""
    block = HALVED.format(start="0.40", until="x < 0.1", formula="x / 2", arithmetic="exact", text=text)
    findings = judged("printed", written(block.replace("[iteration]", 'rounded = ["x"]\n\n[iteration]', 1)))
    assert verdicts_of(findings) == verdicts
    if reason:
        assert (findings.printed_numbers or [])[-1].value.startswith(reason)


SUMMED = """
kind = "calculation"
gradients_of = "E"
inputs = {{ x = "2", k = "1" }}
steps = "c = 3 * k"

[iteration]
state = ["x"]
times = 20
until = "{until}"
steps = '''
x = sqrt(x)
E = c * x
'''

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = "{text}"
"""


@pytest.mark.parametrize(
    ("until", "text", "arithmetic", "verdict"),
    [
        ("x ** 8 <= 2", "iteration 1, d_x = 0.46", "exact", OPEN),
        ("x ** 8 <= 2", "d_k = 3.2715", "exact", OPEN),
        ("x ** 8 <= 2", "iteration 1, x = 1.4142", "exact", OK),
        ("x < 1.2", "d_k = 3.5676", "exact", OK),
        ("x < 1.2", "d_k = 3.5677", "exact", Verdict.OFF),
        ("x < 1.0905077326652576", "d_k = 3.2715", "float64", OPEN),
    ],
)
def test_a_gradient_of_the_last_pass_hangs_on_where_it_is(
    until: str, text: str, arithmetic: str, verdict: Verdict, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Of whatever pass, and of what is computed before all of them: by k it is 3 x, which is 3 times the root of the last pass."""
    findings = judged("printed", written(SUMMED.format(until=until, arithmetic=arithmetic, text=text)))
    assert verdicts_of(findings)[-1] is verdict

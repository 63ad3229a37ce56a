"""Networks in each arithmetic, judged by digits of independent computations."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from verification.records import Findings, Outcome
from verification.verdicts.verdict import Verdict

STEPS = 20
LINEAR = """
kind = "network"
network = {{ loss = "half squared error", layers = [{{ kernel = [["0.3"]], bias = ["0"], activation = "identity" }}] }}
data = {{ input = [["0.7"]], target = [["1.1"]] }}
training = {{ optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 20, trainable = ["kernel"] }}
names = {{ w = "layer 1 kernel", y = "output", d = "gradient of layer 1 kernel" }}

[[printed]]
where = "console"
epoch = {epoch}
arithmetic = "{arithmetic}"
text = "{text}"
"""
SUMS = """
kind = "network"
network = {{ loss = "half squared error", layers = [{{ kernel = [["0.1"], ["0.2"]], bias = ["0"], activation = "identity" }}] }}
data = {{ input = [["1", "1"]], target = [["0"]] }}
names = {{ y = "output" }}

[[printed]]
where = "console"
arithmetic = "{arithmetic}"
text = "{text}"
"""


def kernel(epoch: int) -> Fraction:
    """The kernel of LINEAR after so many updates: ``w - 0.1 (0.7 w - 1.1) 0.7``."""
    w = Fraction("0.3")
    for _ in range(epoch):
        w -= Fraction("0.1") * (Fraction("0.7") * w - Fraction("1.1")) * Fraction("0.7")
    return w


def decimals(number: Fraction, places: int) -> str:
    """A positive fraction with so many decimals."""
    digits = f"{round(number * 10**places):0{places + 1}d}"
    return f"{digits[:-places]}.{digits[-places:]}"


@pytest.mark.parametrize("places", [3, 9, 16, 17, 18, 20])
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_digits_beyond_float64_are_judged(
    places: int, off: int, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The exact digits are confirmed, one unit more or less is not, and what is offered instead are the exact ones."""
    right = decimals(kernel(STEPS), places)
    shown = decimals(Fraction(right) + Fraction(off, 10**places), places)
    findings = judged("printed", written(LINEAR.format(epoch=STEPS, arithmetic="exact", text=f"w = {shown}")))
    (number,) = findings.printed_numbers or []
    assert (number.verdict is Verdict.CONFIRMED) is (off == 0)
    assert number.corrected == right
    assert (findings.outcome is Outcome.PASSED) is (off == 0)


@pytest.mark.parametrize(
    ("arithmetic", "text", "verdict", "hint"),
    [
        ("exact", "y = 0.30000000000000004", Verdict.WRONG, 'confirmed in float64 arithmetic: state arithmetic = "float64"'),
        ("exact", "y = 0.3000000119", Verdict.WRONG, 'confirmed in float32 arithmetic: state arithmetic = "float32"'),
        ("float64", "y = 0.30000000000000004", Verdict.CONFIRMED, ""),
        ("float64", "y = 0.30000000000000006", Verdict.UNDECIDED, ""),
        ("float64", "y = 0.3000001", Verdict.OFF, ""),
        ("float32", "y = 0.3000000119", Verdict.CONFIRMED, ""),
        ("float32", "y = 0.3", Verdict.CONFIRMED, ""),
        ("float32", "y = 0.30001", Verdict.OFF, ""),
        ("rounded chain", "y = 0.3", Verdict.CONFIRMED, ""),
    ],
)
def test_a_block_is_judged_in_its_arithmetic(
    arithmetic: str, text: str, verdict: Verdict, hint: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """And where another one confirms what the stated one does not, the message says which."""
    findings = judged("printed", written(SUMS.format(arithmetic=arithmetic, text=text)))
    (number,) = findings.printed_numbers or []
    assert number.verdict is verdict
    assert hint in "".join(findings.problems)
    assert bool(findings.problems) is (verdict not in (Verdict.CONFIRMED, Verdict.UNDECIDED))


def test_a_training_in_float32_is_judged_in_float32(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """What NumPy's float32 gives is confirmed in float32, and not in exact arithmetic."""
    w, rate, x, t = (np.float32(number) for number in ("0.3", "0.1", "0.7", "1.1"))
    for _ in range(STEPS):
        w = w - rate * ((x * w - t) * x)
    text = f"w = {w:.12f}"
    exact, single = (
        judged("printed", written(LINEAR.format(epoch=STEPS, arithmetic=arithmetic, text=text)))
        for arithmetic in ("exact", "float32")
    )
    assert exact.outcome is Outcome.FAILED
    assert single.outcome is Outcome.PASSED


def test_a_chain_of_rounded_numbers_carries_them_on(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """The gradient from the rounded output, the next kernel from the rounded gradient; exactly, both are others."""
    text = "y = 0.2\\nd = -0.6"  # 0.21, (0.2 - 1.1) 0.7 = -0.63
    after = "w = 0.36"  # 0.3 + 0.1 * 0.6; exactly 0.3623
    body = LINEAR.format(epoch=0, arithmetic="rounded chain", text=text)
    block = f'\n[[printed]]\nwhere = "next page"\nepoch = 1\narithmetic = "rounded chain"\ntext = "{after}0"\n'
    findings = judged("printed", written(body + block))
    assert [number.verdict for number in findings.printed_numbers or []] == [Verdict.CONFIRMED] * 3
    exactly = judged("printed", written((body + block).replace("rounded chain", "exact")))
    assert [number.corrected for number in exactly.printed_numbers or []] == ["0.2", "-0.6", "0.362"]
    assert 'state arithmetic = "rounded chain"' in exactly.problems[0]

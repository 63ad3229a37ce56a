"""The bound of a descent's end is stated for sums of squares only; anything else is refused, not bounded wrongly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from verification.exact.descent_bounds import steepness
from verification.records import Findings, Outcome
from worked_examples import GradientDescentExample, load
from worked_examples.loading import ROOT

NAME = "dl-python/gradient-descent"
GOOD = (ROOT / f"{NAME}.toml").read_text(encoding="utf-8")


def test_a_step_shrinks_the_point_and_keeps_its_rounding(example: Callable[[str], GradientDescentExample]) -> None:
    """By hand: learning rate 0.1 multiplies by 0.8 and its rounding weighs 1.2; 2 multiplies by -3 and weighs 5."""
    chosen = example(NAME)
    assert [steepness(chosen, run) for run in chosen.runs[:2]] == [pytest.approx(1.5), pytest.approx(5 / 3)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("x ** 2", "x ** 1", "runs.lr_0_1.value: 'f' is not a sum of squares of x: no bound for its descent"),
        (
            "x ** 2",
            "x * 2",
            "runs.lr_0_1.value: 'f' is not a sum of squares of x: no bound for its descent",
        ),
        (
            'learning_rate = "0.1"',
            'learning_rate = "0.5"',
            "runs.lr_0_1.learning_rate: at 0.5 every descent ends at 0: no bound for rounding",
        ),
    ],
)
def test_a_descent_without_a_bound_is_an_error(
    tmp_path: Path, old: str, new: str, message: str, judged: Callable[..., Findings]
) -> None:
    """Another power, another function, and a learning rate that ends at 0 are named with file and key."""
    assert old in GOOD
    file = tmp_path / f"{NAME}.toml"
    file.parent.mkdir()
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    findings = judged("descents", load(file))
    assert (findings.outcome, findings.problems, findings.next_step) == (
        Outcome.FAILED,
        [f"{file}: {message}"],
        "correct the fixture",
    )

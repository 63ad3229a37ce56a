"""The bound of a descent's end is stated for sums of squares only; anything else is refused, not bounded wrongly."""

from pathlib import Path

import pytest

from verification.checks.gradient_descent import DESCENT_CHECKS
from verification.exact.descent_bounds import steepness
from verification.session import Case
from worked_examples import FixtureError, GradientDescentExample, load
from worked_examples.loading import ROOT

NAME = "dl-python/gradient-descent"
GOOD = (ROOT / f"{NAME}.toml").read_text(encoding="utf-8")


def test_a_step_shrinks_the_point_and_keeps_its_rounding() -> None:
    """By hand: rate 0.1 multiplies by 0.8 and its rounding weighs 1.2; rate 2 multiplies by -3 and weighs 5."""
    example = load(ROOT / f"{NAME}.toml")
    assert isinstance(example, GradientDescentExample)
    assert [steepness(example, run) for run in example.runs[:2]] == [pytest.approx(1.5), pytest.approx(5 / 3)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('two = "2"', 'two = "4"', "runs.lr_0_1.value: 'f' is not a sum of squares of x: no bound for its descent"),
        (
            'function = "power"',
            'function = "multiply"',
            "runs.lr_0_1.value: 'f' is not a sum of squares of x: no bound for its descent",
        ),
        ('rate = "0.1"', 'rate = "0.5"', "runs.lr_0_1.learning_rate: at 0.5 every descent ends at 0: no bound for rounding"),
    ],
)
def test_a_descent_without_a_bound_is_an_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Another power, another function, and a rate that ends at 0 are named with file and key."""
    assert old in GOOD
    file = tmp_path / f"{NAME}.toml"
    file.parent.mkdir()
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        DESCENT_CHECKS["descents"](Case(load(file), "reference"), {})  # type: ignore[arg-type]  # see OTHER_CHECKS
    assert str(caught.value) == f"{file}: {message}"

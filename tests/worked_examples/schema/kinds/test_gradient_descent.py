"""Gradient descent on a function: runs, and the printed names of their points."""

from collections.abc import Callable

import pytest

from worked_examples import GradientDescentExample, load
from worked_examples.loading import ROOT

NAME = "dl-python/gradient-descent"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('value = "f"', 'value = "g"', "runs[0].value: 'g' is not a step"),
        (
            "lr_0_1_end =",
            "lr_0_1_ende =",
            "printed[0].text: 'lr_0_1_ende' is not RUN_gradient, RUN_end, RUN_x0_plus or its like; runs: lr_0_1, ",
        ),
        (
            'start = ["-3.0", "4.0"]',
            "start = [-3.0, 4.0]",
            'runs[0].start: -3.0 must be written as a string, "-3.0", so that its digits are',
        ),
        ('h = "1e-4"', 'h = "1e-4 "', "h: '1e-4 ' is not a number; accepted: a decimal string such as \"0.05\""),
    ],
)
def test_a_bad_descent_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_a_run_is_a_calculation_at_its_start() -> None:
    """The start is the input ``x``, and gradients are those of the differentiated step."""
    example = load(ROOT / f"{NAME}.toml")
    assert isinstance(example, GradientDescentExample)
    calculation = example.calculation(example.runs[1])
    assert (calculation.inputs["x"], calculation.gradients_of, calculation.id) == (["-3.0", "4.0"], "f", NAME)


@pytest.mark.parametrize(("name", "what"), [("lr_2_end", "end"), ("lr_2_gradient", "gradient"), ("lr_2_x1_minus", "minus")])
def test_a_printed_name_is_a_point_or_a_gradient(name: str, what: str) -> None:
    """Of a run; beside the start in one coordinate."""
    example = load(ROOT / f"{NAME}.toml")
    assert isinstance(example, GradientDescentExample)
    target = example.part(0, name)
    assert (target.run.name, target.what, target.coordinate) == ("lr_2", what, 1 if what == "minus" else 0)

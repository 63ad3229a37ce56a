"""Iterated calculations: what a fixture may say, and one line for what it may not."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import CalculationExample
from worked_examples.schema.calculations.iteration import Passes

HALVED = (
    """
kind = "calculation"
inputs = { x = "1", v = ["1", "2"] }

[iteration]
state = ["x"]
times = 5
steps = """
    + "'''\ny = x / 2\nx = y\n'''\n"
)
PRINTED = """
[[printed]]
where = "w"
text = "x = 0.03125"
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('state = ["x"]', "state = []", "iteration.state: List should have at least 1 item after validation, not 0"),
        ('state = ["x"]', 'state = ["x", "x"]', "iteration.state: 'x' is named twice"),
        (
            'state = ["x"]',
            'state = ["w"]',
            "iteration.steps: line 2: 'x' is used before, in line 1; add it to state, or write another name, or ",
        ),
        ("y = x / 2", "y = x / 2\nw = y", ""),
        ('["x"]\ntimes = 5', '["x", "w"]\ntimes = 5', "iteration.steps: 'w' is a state that no line changes; "),
        (
            "x = y",
            "x = y + w\nw = w + 1",
            "iteration.steps: line 3: 'w' is used before, in line 2; add it to state, or write another name",
        ),
        ("times = 5\n", "", "iteration.times: missing"),
        ("times = 5", "times = 0", "iteration.times: Input should be greater than or equal to 1"),
        ("times = 5", "times = 10001", "iteration.times: Input should be less than or equal to 10000"),
        ("times = 5", "times = 5\nfirst = 2", "iteration.first: Input should be less than or equal to 1"),
        (
            "times = 5",
            "tims = 5",
            "iteration: unknown key 'tims'; accepted: first, state, steps, times, until; did you mean 'times'?",
        ),
        (
            "steps = '''\ny = x / 2\nx = y\n'''",
            "steps = 1",
            "iteration.steps: not a text; write formulas, one a line: steps = 'y = a + b'",
        ),
        ("y = x / 2", "y = z / 2", "iteration.steps: line 1: 'z' is neither an input nor an earlier step; accepted: "),
        (
            "y = x / 2",
            "v = x / 2\ny = v",
            "iteration.steps: line 1: 'v' has a value already; add it to state, or write another name",
        ),
        (
            "y = x / 2",
            "iteration = x / 2\ny = x",
            "iteration.steps: line 1: 'iteration' is the number of the pass; write another name",
        ),
        ("x = y", "x = y + v", "iteration.steps: 'x' has shape (2,), but () at the start; keep it"),
        ("x = y", "x = y + v @ x", "iteration.steps: line 2: 'v @ x (iteration 1)' cannot be computed as 'dot' of "),
        (
            "x = y",
            "x = sqrt(0 - y)",
            "iteration.steps: line 2: 'x (iteration 1)': 'sqrt' of these operands is not a number; ",
        ),
        ("x = y", "x = y\ng = gradient(y, x)", "iteration.steps: line 3: 'gradient(y, x)': 'y' does not depend on 'x' here; "),
        (
            "times = 5",
            "times = 5\nuntil = 'v < 1'",
            "iteration.until: 'v < 1' has shape (2,); write a condition that is one number",
        ),
        (
            "times = 5",
            "times = 5\nuntil = 'w < 1'",
            "iteration.until: 'w' is neither an input nor an earlier step; accepted: ",
        ),
        ("times = 5", "times = 5\nuntil = 'x <'", "iteration.until: 'until = x <' is not a formula"),
        ("x = 0.03125", "w = 1", "printed[0].text: 'w' is neither an input nor a step; known: v, x, y"),
        (
            "x = 0.03125",
            "iteration 6, x = 1",
            "printed[0].text: 'iteration' is printed 6; accepted: the number of an iteration, from 0 to 5",
        ),
        (
            "x = 0.03125",
            "iteration 1.5, x = 1",
            "printed[0].text: 'iteration' is printed 1.5; accepted: the number of an iteration, from 0 to 5",
        ),
        ("x = 0.03125", "iteration 0, y = 1", "printed[0].text: 'y' has no value before the first iteration; only states have"),
        ('where = "w"', 'where = "w"\niteration = 6', "printed[0].iteration: 6; accepted: the number of an iteration, from 0 to 5"),
        ('where = "w"', 'where = "w"\nepoch = 5', "printed[0].epoch: a calculation has no epochs; write iteration"),
    ],
)
def test_a_bad_iteration_is_refused_in_one_line(old: str, new: str, message: str, refused: Any, written: Any) -> None:
    """With its key, and what to write instead."""
    text = HALVED + PRINTED
    assert old in text
    if not message:
        assert written(text.replace(old, new, 1))
        return
    assert refused(text.replace(old, new, 1)).startswith(message)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("x = x @ x", "iteration.times: 10,080,000 numbers and multiplications in all passes; accepted: at most 1,000,000, "),
        ("x = x" + " + 1" * 20, "iteration.times: 100,000 operations in all passes; accepted: at most 50,000, write fewer times"),
        ("x = concatenate([x, x], axis=0)", "iteration.steps: 'x' has shape (40, 20), but (20, 20) at the start; keep it"),
        ("x = x ** 10001", "iteration.steps: line 1: 'x (iteration 1)': 'power' has an exponent of 10001; accepted: from "),
    ],
)
def test_a_hostile_iteration_is_refused_in_one_line(formula: str, message: str, refused: Any) -> None:
    """Before it is carried out."""
    times = 5000 if "+ 1" in formula else 1200
    row = ["1"] * 20
    text = f'kind = "calculation"\ninputs.x = {[row] * 20}\niteration = {{ state = ["x"], times = {times}, steps = "{formula}" }}\n'
    assert refused(text).startswith(message)


def test_only_an_iteration_has_numbers_of_iterations(refused: Any) -> None:
    """Neither a calculation without one, nor a network."""
    text = 'kind = "calculation"\nsteps = "y = 1 + 1"\n[[printed]]\nwhere = "w"\niteration = 1\ntext = "y = 2"\n'
    assert refused(text) == "printed[0].iteration: there is no [iteration]; remove it"


@pytest.mark.parametrize(
    ("until", "passes"),
    [
        ("x < 0.3", Passes(2, stopped=True)),
        ("x <= 0.25", Passes(2, stopped=True)),
        ("x < 0.25", Passes(3, stopped=True)),
        ("x < 0", Passes(5)),
        ("y - 0.125", Passes(1, stopped=True)),
    ],
)
def test_a_condition_ends_the_passes(until: str, passes: Passes, written: Callable[[str], CalculationExample]) -> None:
    """Exactly where it holds for the first time, or where they are all made."""
    example = written(HALVED.replace("times = 5", f'times = 5\nuntil = "{until}"') + "\n")
    assert example.passes == passes
    assert len([node for node in example.nodes if node.name.startswith("x (")]) == passes.made
    assert CalculationExample.model_validate(example.model_dump()) == example


def test_an_open_condition_ends_them_too(written: Callable[[str], CalculationExample]) -> None:
    """With the reason; nothing is decided by rounded numbers."""
    text = HALVED.replace("y = x / 2", "y = sqrt(2 * x)").replace("times = 5", 'times = 5\nuntil = "y ** 2 >= 2"')
    assert written(text).passes == Passes(1, open="whether the iteration ends with pass 1 is open at 300 bits")


def test_names_mean_the_values_of_a_pass(written: Callable[[str], CalculationExample]) -> None:
    """Of the last one where no number is given; the start of a state is the input of its name."""
    example = written(HALVED)
    assert [example.part(0, name, done).name for name, done in (("x", -1), ("x", 0), ("y", 2), ("v", 3))] == [
        "x (iteration 5)",
        "x",
        "y (iteration 2)",
        "v",
    ]
    assert example.unrolled.place("y (iteration 2)") == "iteration.steps: line 1: 'y (iteration 2)'"


def test_a_gradient_behind_an_open_condition_is_left_to_its_judgement(written: Callable[[str], CalculationExample]) -> None:
    """Which of two equal irrational numbers is the greatest is open, so that how many passes there are is too."""
    example = written(
        'kind = "calculation"\ngradients_of = "y"\ninputs.x = ["1", "1"]\n'
        'iteration = { state = ["x"], times = 3, until = "max(y) == 9", steps = "y = exp(x)\\nx = x + 1" }\n'
        '[[printed]]\nwhere = "w"\ntext = "iteration = 2, d_x = [1 1]"\n'
    )
    assert example.passes.open
    assert example.passes.made == 1

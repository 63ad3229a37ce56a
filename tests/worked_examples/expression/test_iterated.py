"""Formulas that are repeated: states, and the nodes of every pass."""

import re

import pytest

from worked_examples.expression.iterated import repeated

STEPS = "y = x ** 2\nx = x - y\nz = x ** 2"


def test_a_state_has_its_last_value_above_its_line_and_its_new_one_below() -> None:
    """The same text is another node there; in the first pass the last value is the input."""
    body = repeated("", STEPS, ("x",), "")
    for number, x in ((1, "x"), (2, "x (iteration 1)")):
        of_pass = list(body.passed(number, body.nodes))
        assert [(node.name, node.operands) for node in of_pass] == [
            (f"y (iteration {number})", (x, "2")),
            (f"x (iteration {number})", (x, f"y (iteration {number})")),
            (f"z (iteration {number})", (f"x (iteration {number})", "2")),
        ]
    assert body.written == {"y": 1, "x": 2, "z": 3}
    assert body.constants == ("2",)


def test_the_same_formula_is_another_one_behind_the_change_of_a_state() -> None:
    """Inside of others too."""
    body = repeated("", "y = 1 + x ** 2\nx = x - y\nz = 1 + x ** 2", ("x",), "")
    names = [node.name for node in body.passed(2, body.nodes)]
    assert names == [
        "x ** 2 (iteration 2)",
        "y (iteration 2)",
        "x (iteration 2)",
        "x ** 2 (line 3) (iteration 2)",
        "z (iteration 2)",
    ]


def test_a_condition_is_behind_every_pass() -> None:
    """It uses the new values."""
    body = repeated("", STEPS, ("x",), "abs(x) < 0.1")
    assert [(node.name, node.operands) for node in body.passed(3, body.condition)] == [
        ("abs(x) (line 0) (iteration 3)", ("x (iteration 3)",)),
        ("until (iteration 3)", ("0.1", "abs(x) (line 0) (iteration 3)")),
    ]
    assert body.until(3) == "until (iteration 3)"
    assert body.written_name("x ** 2 (iteration 2)") == "x ** 2"


def test_a_gradient_goes_back_through_the_steps_before_and_stops_at_states() -> None:
    """By an input, also through what is computed once; by a state, from its last value."""
    body = repeated("k = a * a", "E = k * x\ng = gradient(E, a)\nh = gradient(E, x)\nx = x - h", ("x",), "")
    _, g, h, _ = body.passed(2, body.nodes)
    assert [node.name for node in g.parameters["nodes"]] == ["k", "E (iteration 2)"]
    assert (h.parameters["by"], h.parameters["final"]) == ("x (iteration 1)", "E (iteration 2)")


@pytest.mark.parametrize(
    ("steps", "until", "message"),
    [
        ("y = x", "", "'x' is a state that no line changes; write x = ..., or take it out of state"),
        ("x = x\nx = x + 1", "", "line 2: 'x' has a value already, by line 1; write another name"),
        ("y = y + x", "", "line 1: 'y' is used in its own formula; add it to state, or write another name"),
        ("x += 1", "", "line 1: 'x += 1' changes a value; write a new name, such as total_2 = total + x"),
        (
            "E = x ** 2\nx = x + 1\ng = gradient(E, x)",
            "",
            "line 3: 'gradient(E, x)': 'E' does not depend on 'x' here; write names ",
        ),
        ("until = x\nx = x + 1", "x < 1", "line 1: 'until' is the name of the condition; write another name"),
        ("x = x + 1", "x <", "until: 'until = x <' is not a formula"),
        ("x = x + 1", "x = 1", "until: 'until = x = 1' is not a formula with a name; write NAME = FORMULA"),
        ("x = x + 1", "x < 1\ny = 2", "until: 'x < 1\ny = 2' is not a condition; write a formula, such as until = 'E < 0.01'"),
        ("x = x + 1", "x.data", "until: 'x.data': accepted attribute: .T; for another write a function, such as sum(x)"),
        ("x = x + 1", "open('f')", "until: 'open('f')': 'open' is not a function; accepted: "),
    ],
)
def test_what_is_no_pass_is_refused(steps: str, until: str, message: str) -> None:
    """With the line, or the key of the condition."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        repeated("", steps, ("x",), until)

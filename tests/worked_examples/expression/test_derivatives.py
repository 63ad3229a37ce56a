"""Derivatives in formulas: of a step, by a name that it depends on."""

import pytest

from reference.graph import GRADIENT, NUMERICAL_GRADIENT, Node
from worked_examples.expression.derivatives import renamed
from worked_examples.expression.formulas import formulas

TAKES = "takes the names of a step and of what it is differentiated by; write"
WRITE = "write names of which one depends on the other"


def test_a_gradient_knows_the_nodes_between_its_names() -> None:
    """Only those that lead from one to the other; its operands are all that their backward rules use."""
    *nodes, g = formulas("u = a + 1\ns = w * w\nE = s * u\ng = gradient(E, w)").nodes
    assert g == Node("g", GRADIENT, ("w", "s", "u", "E"), {"nodes": tuple(nodes[1:]), "final": "E", "by": "w"})


def test_differences_hold_everything_else_fixed() -> None:
    """Their operands are the point, the step, and what the nodes between use besides."""
    *_, s, e, g = formulas("u = a + 1\ns = w * w\nE = s * u\ng = numerical_gradient(E, w, 1e-4)").nodes
    part = {"nodes": (s, e), "final": "E", "by": "w", "step": "1e-4"}
    assert g == Node("g", NUMERICAL_GRADIENT, ("w", "1e-4", "u"), part)


def test_a_derivative_is_an_operand_like_any_other() -> None:
    """Inside of a formula, and of differences."""
    names = [node.name for node in formulas("E = w ** 2\nv = w - 0.1 * gradient(E, w)").nodes]
    assert names == ["E", "gradient(E, w)", "0.1 * gradient(E, w)", "v"]
    *_, last = formulas("E = w ** 3\ng = gradient(E, w)\nG = sum(g)\nH = numerical_gradient(G, w, 0.01)").nodes
    assert [node.name for node in last.parameters["nodes"]] == ["E", "g", "G"]


def test_all_names_of_a_derivative_are_changed_together() -> None:
    """Those inside of it too."""
    e, g = formulas("E = w * w\ng = gradient(E, w)").nodes
    other = renamed(g, {"E": "F", "w": "v"})
    assert other == Node("g", GRADIENT, ("v", "F"), {"nodes": (Node("F", "multiply", ("v", "v"), {}),), "final": "F", "by": "v"})
    assert renamed(e, {}) == e


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("gradient(E)", f"'gradient(E)': 'gradient' {TAKES} gradient(E, w)"),
        ("gradient(E, w, 1)", f"'gradient(E, w, 1)': 'gradient' {TAKES} gradient(E, w)"),
        ("gradient(E, by=w)", f"'gradient(E, by=w)': 'gradient' {TAKES} gradient(E, w)"),
        ("gradient(w ** 2, w)", f"'gradient(w ** 2, w)': 'gradient' {TAKES} gradient(E, w)"),
        ("numerical_gradient(E, w)", f"'numerical_gradient(E, w)': 'numerical_gradient' {TAKES} numerical_gradient(E, w, h)"),
        ("gradient(E, a)", f"'gradient(E, a)': 'E' does not depend on 'a' here; {WRITE}"),
        ("gradient(w, E)", f"'gradient(w, E)': 'w' does not depend on 'E' here; {WRITE}"),
        ("gradient(w, w)", f"'gradient(w, w)': 'w' does not depend on 'w' here; {WRITE}"),
        (
            "gradient(F, w)",
            "'gradient(F, w)': 'F' depends on 'w' through a gradient, which is not differentiated again; "
            "write numerical_gradient(E, w, h)",
        ),
        ("gradeint(E, w)", "'gradeint(E, w)': 'gradeint' is not a function; accepted: "),
    ],
)
def test_what_is_no_derivative_is_refused(line: str, message: str) -> None:
    """With what to write instead."""
    with pytest.raises(ValueError, match=r"^line 4: ") as caught:
        formulas(f"E = w ** 2\ng = gradient(E, w)\nF = sum(g)\nx = {line}")
    assert str(caught.value).removeprefix("line 4: ").startswith(message)
    assert message.endswith("accepted: ") or str(caught.value) == f"line 4: {message}"


def test_differences_by_what_a_gradient_goes_through_are_refused() -> None:
    """``g = dE/da`` computes y anew; of what g takes as given there are differences."""
    text = "y = a * b\nE = y * y\ng = gradient(E, a)\nd = numerical_gradient(g, {}, 0.1)"
    with pytest.raises(ValueError, match=r"^line 4: ") as caught:
        formulas(text.format("y"))
    assert str(caught.value) == (
        "line 4: 'numerical_gradient(g, y, 0.1)': 'g' depends on 'y' inside of a gradient, which goes through it; "
        "write a name that this gradient takes as given"
    )
    assert [node.name for node in formulas(text.format("b")).nodes[-1].parameters["nodes"]] == ["y", "E", "g"]

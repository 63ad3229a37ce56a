"""The nodes of all passes, and what names mean among them."""

import pytest

from worked_examples.expression.formulas import formulas
from worked_examples.expression.iterated import repeated
from worked_examples.schema.calculations.iteration import Passes
from worked_examples.schema.calculations.unrolled import LAST, Unrolled

BODY = repeated("k = 2 * a", "y = k * x\nx = x - y", ("x",), "x < 1")


def unrolled(passes: Passes) -> Unrolled:
    """The calculation with these passes."""
    return Unrolled(formulas("k = 2 * a"), BODY, passes)


def test_a_condition_that_is_open_is_not_computed() -> None:
    """All others are, behind the steps of their passes."""
    names = ["k", "y (iteration 1)", "x (iteration 1)", "until (iteration 1)", "y (iteration 2)", "x (iteration 2)"]
    assert [node.name for node in unrolled(Passes(2, open="why")).nodes()] == names
    assert [node.name for node in unrolled(Passes(2)).nodes()] == [*names, "until (iteration 2)"]
    assert unrolled(Passes(2, open="why")).conditions() == ["until (iteration 1)"]
    assert unrolled(Passes(2)).conditions() == ["until (iteration 1)", "until (iteration 2)"]


def test_a_name_is_that_of_a_pass() -> None:
    """Of the last one where none is said; what is before the passes has its own."""
    calculation = unrolled(Passes(3))
    assert calculation.names({"a": "1", "x": "2", "0.5": "0.5"}) == ["a", "x", "k", "y"]
    assert [calculation.node(*name) for name in (("x", LAST), ("x", 0), ("y", 2), ("k", 2))] == [
        ("x (iteration 3)", LAST),
        ("x", 0),
        ("y (iteration 2)", 2),
        ("k", 0),
    ]
    with pytest.raises(ValueError, match=r"^'y' has no value before the first iteration; only states have$"):
        calculation.node("y", 0)


def test_every_node_has_its_place() -> None:
    """In the text before, in that of a pass, or in the condition."""
    places = [unrolled(Passes(1)).place(node.name) for node in unrolled(Passes(1)).nodes()]
    assert places == [
        "steps: line 1: 'k'",
        "iteration.steps: line 1: 'y (iteration 1)'",
        "iteration.steps: line 2: 'x (iteration 1)'",
        "iteration.until: 'until (iteration 1)'",
    ]


def test_a_repeated_name_has_a_node_in_every_pass() -> None:
    """And a state one before them."""
    names = unrolled(Passes(2)).repeated_names()
    assert names == {"y": ["y (iteration 1)", "y (iteration 2)"], "x": ["x", "x (iteration 1)", "x (iteration 2)"]}

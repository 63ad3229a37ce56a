"""Random formulas of quantities."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.calculations import RECIPES
from verification.random_examples.generator.derived.formulas import ArrayNeededError, Formula, FormulaBuilder, formulas, leading_to
from verification.random_examples.truth.numbers import array, numbers, size
from worked_examples.expression.formulas import formulas as read

OPERANDS = {"output": numbers([["0.5", "0.25"], ["2", "-1"]]), "loss": numbers("0.75")}


@pytest.fixture
def few(drawn: Callable[..., list[Any]]) -> list[Formula]:
    """Some formulas."""
    found: list[Formula] = drawn(formulas(OPERANDS), 150)
    return found


def test_a_formula_is_one_that_fixtures_can_have(few: list[Formula]) -> None:
    """On one line, of the names of its operands alone, with the same functions."""
    for formula in few:
        known = read(f"f = {formula.text}")
        assert set(known.used) == set(formula.operands) <= set(OPERANDS)
        assert formula.functions - {node.function for node in known.nodes} <= {"negative"}  # of a number, which is then a number


def test_formulas_have_many_functions(few: list[Formula]) -> None:
    """All that need no further array; half of the formulas are one number."""
    found = frozenset[str]().union(*(formula.functions for formula in few))
    assert len(found) > 25
    assert found <= set(RECIPES)
    shapes = {formula.builder.shape(formula.nodes[-1].name) for formula in few}
    assert () in shapes
    assert len(shapes) > 2


def test_a_formula_has_a_value_for_other_operands(few: list[Formula]) -> None:
    """For those that it was made with it is the builder's; where no program computes it there is none."""
    for formula in few:
        value = formula.value(OPERANDS)
        assert value is None or size(value - formula.builder.graph.values[formula.nodes[-1].name]) < 1e-50
    others = {name: array(value * 0) for name, value in OPERANDS.items()}
    values = [formula.value(others) for formula in few]
    assert any(value is None for value in values)
    assert any(value is not None for value in values)


@st.composite
def quotients(draw: st.DrawFn) -> FormulaBuilder:
    """``(loss) / 4`` beside a step that does not lead to it."""
    builder = FormulaBuilder(draw, OPERANDS)
    builder.add("exp", ["output"], {}, {})
    builder.add("divide", ["loss", builder.given("4")], {}, {})
    return builder


def test_numbers_stand_in_the_formula(drawn: Callable[..., list[Any]]) -> None:
    """Arrays that are not quantities do not: the function is left out."""
    (builder,) = drawn(quotients(), 1)
    assert builder.text("s1") == "(loss / (4))"
    assert [node.name for node in leading_to(builder.graph.nodes, "s1")] == ["s1"]
    with pytest.raises(ArrayNeededError):
        builder.given(["1", "2"])

"""Random iterations: passes, conditions, and where they end."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.iterated.passes import (
    MOST_PASSES,
    POLES,
    Repeated,
    is_computed,
    is_near,
    kept_names,
    repeated,
)
from verification.random_examples.generator.iterated.programs import ProgramBuilder
from verification.random_examples.generator.iterated.updates import UPDATES
from verification.random_examples.truth.graph import Node
from verification.random_examples.truth.numbers import array, numbers, sign


@pytest.fixture
def few(drawn: Callable[..., list[Any]]) -> list[Repeated]:
    """Iterations with a sum in their passes."""
    found: list[Repeated] = drawn(repeated("sum"), 120)
    return found


def test_every_way_to_repeat_is_tried(few: list[Repeated]) -> None:
    """Derivatives, every change of a state, one to three states, conditions that hold and that do not, one pass and many."""
    words = Counter(word for made in few for word in made.words)
    assert {"gradient", "numerical gradient", "until", "until, not reached", "sum"} <= set(words)
    assert {f"state {how}" for how in UPDATES} <= set(words)
    assert {len(made.builder.states) for made in few} == {1, 2, 3}
    assert min(made.made for made in few) == 1
    assert max(made.made for made in few) == MOST_PASSES
    assert any(made.times > made.made for made in few)


def test_an_iteration_ends_with_the_first_pass_that_fulfils_its_condition(few: list[Repeated]) -> None:
    """And with no other."""
    stopped = [made for made in few if made.condition and "until" in made.words]
    assert stopped
    for made in stopped:
        assert made.condition
        held = [bool(sign(made.builder.program.condition(made.condition.nodes, number)[()])) for number in range(1, made.made + 1)]
        assert held == [False] * (made.made - 1) + [True]


def test_names_stay_where_a_state_changes_between_definition_and_use(few: list[Repeated]) -> None:
    """States, names of derivatives and conditions, and what is used behind the line of a state."""
    for made in few:
        kept = kept_names(made)
        assert set(made.builder.states) <= kept
        assert all(set(step["operands"][:2]) <= kept for step in made.builder.steps if "gradient" in step["function"])
        assert not made.condition or made.condition.names <= kept


@pytest.mark.parametrize(
    ("value", "holds"), [(["1", "2"], True), ([mpmath.mpc(0, 1)], False), ([mpmath.inf], False), ([mpmath.mpf("1e10")], False)]
)
def test_passes_end_before_what_no_program_computes(value: Any, holds: bool) -> None:
    """Numbers that are complex, infinite or great."""
    assert is_computed(numbers(value) if isinstance(value[0], str) else array(value)) == holds


@pytest.mark.parametrize(
    ("function", "exponent", "entry", "near"),
    [
        ("divide", "1", "-2", False),
        ("divide", "1", "-1e-9", True),
        ("log", "1", "0.5", False),
        ("log", "1", "-0.5", True),
        ("power", "2", "-3", False),
        ("power", "2", "0", False),
        ("power", "-1", "-3", False),
        ("power", "-1", "0", True),
        ("power", "0.5", "-3", True),
    ],
)
def test_poles_are_kept_away_from(function: str, exponent: str, entry: str, near: bool, drawn: Callable[..., list[Any]]) -> None:
    """A whole power that is not negative has none."""
    (builder,) = drawn(st.composite(ProgramBuilder)(), 1)
    operands = ("x", builder.number(exponent)) if function == "power" else ("x",) * 2
    assert function in POLES
    assert is_near(builder, Node("y", function, operands, {}), numbers([entry])) == near

"""How states are changed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.iterated.programs import ProgramBuilder
from verification.random_examples.generator.iterated.updates import UPDATES


@st.composite
def updated(draw: st.DrawFn, how: str, start: Any) -> ProgramBuilder:
    """A state after one pass that changes it."""
    builder = ProgramBuilder(draw)
    builder.given(start)
    builder.begin(["a0"])
    UPDATES[how](builder, "a0")
    return builder


@pytest.mark.parametrize("start", ["2", ["2", "-4"]])
@pytest.mark.parametrize("how", sorted(UPDATES))
def test_a_state_keeps_its_shape(how: str, start: Any, drawn: Callable[..., list[Any]]) -> None:
    """The last line of the pass gives it a new value."""
    for builder in drawn(updated(how, start), 5):
        assert builder.steps[-1]["name"] == "a0"
        assert builder.program.value("a0", 1).shape == builder.program.value("a0", 0).shape


@pytest.mark.parametrize(
    ("how", "expected"),
    [("counted", [3, -3]), ("reversed", [-4, 2]), ("negative", [-2, 4]), ("signs", [1, -4]), ("average", [2, -4])],
)
def test_states_change_as_they_are_said_to(how: str, expected: list[float], drawn: Callable[..., list[Any]]) -> None:
    """From (2, -4), where nothing else is there."""
    assert [float(entry) for entry in drawn(updated(how, ["2", "-4"]), 1)[0].program.value("a0", 1)] == expected

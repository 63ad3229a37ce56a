"""Iterations while they grow."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.iterated.programs import ProgramBuilder
from verification.random_examples.generator.recipes import Use, one


@st.composite
def small(draw: st.DrawFn) -> ProgramBuilder:
    """A state w = 3, a step before, and in a pass ``s1 = w w``, a derivative, ``w = -w``."""
    builder = ProgramBuilder(draw)
    builder.given("3")
    builder.made("exp", one())
    builder.begin(["a0"])
    builder.add("multiply", ["a0", "a0"], {}, {})
    builder.derivative()
    builder.assign("a0", Use(["a0"]), "negative")
    return builder


def test_steps_before_and_in_a_pass_have_tables_and_values(drawn: Callable[..., list[Any]]) -> None:
    """The state has its new value, under its own name."""
    builder = drawn(small(), 1)[0]
    assert [step["function"] for step in builder.before] == ["exp"]
    assert builder.steps[0] == {"name": "s1", "function": "multiply", "operands": ["a0", "a0"]}
    assert builder.steps[-1] == {"name": "a0", "function": "negative", "operands": ["a0"]}
    assert builder.graph.values["a0"] == -3
    assert [int(builder.program.value("a0", number)) for number in (0, 1)] == [3, -3]


def test_derivatives_are_of_what_depends_on_their_name(drawn: Callable[..., list[Any]]) -> None:
    """The gradient of a step, or differences of one number; behind the line of a state nothing depends on it."""
    builders = drawn(small(), 30)
    derivatives = [step for builder in builders for step in builder.steps if "gradient" in step["function"]]
    assert {step["function"] for step in derivatives} == {"gradient", "numerical gradient"}
    assert all(step["operands"][:2] == ["s1", "a0"] for step in derivatives)
    assert [name for name, _ in builders[0].ways("s1")] == []


def test_a_state_has_values_of_its_shape_beside_it(drawn: Callable[..., list[Any]]) -> None:
    """Not too great, and no settings."""
    builder = drawn(small(), 1)[0]
    number = builder.number("0.5")
    assert number not in builder.alike("a0")
    assert {"a0", "s1"} <= set(builder.alike("a0"))
    assert "a0" not in builder.alike("a0", 2.5)

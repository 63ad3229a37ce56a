"""Calculations while they grow."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder, broadcastable, broadcasts, is_in
from verification.random_examples.truth.numbers import numbers


@st.composite
def small_builders(draw: st.DrawFn) -> Builder:
    """A builder with an input of two entries, and their sum."""
    builder = Builder(draw)
    name = builder.given(["1", "-2"])
    builder.add("sum", [name], {}, {})
    return builder


def test_a_step_has_a_table_and_a_value(drawn: Callable[..., list[Any]]) -> None:
    """The table is the fixture's, the value the oracle's."""
    builder = drawn(small_builders(), 1)[0]
    assert builder.inputs == {"a0": ["1", "-2"]}
    assert builder.steps == [{"name": "s0", "function": "sum", "operands": ["a0"]}]
    assert builder.graph.values["s0"] == -1


def test_operands_are_of_the_shape_and_domain_that_is_asked_for(drawn: Callable[..., list[Any]]) -> None:
    """Those that are there are used where they fit; a setting is used once."""
    builder = drawn(small_builders(), 1)[0]
    builder.given("3", setting=True)
    assert builder.candidates(lambda shape: shape == (), "any", 10) == ["s0"]
    assert builder.candidates(lambda shape: shape == (2,), "any", 10) == ["a0"]
    assert builder.candidates(lambda _: True, "positive", 10) == []
    assert builder.candidates(lambda _: True, "any", 1.5) == ["s0"]


@pytest.mark.parametrize(
    ("domain", "text", "holds"),
    [
        ("positive", "0.1", True),
        ("positive", "0", False),
        ("not negative", "0", True),
        ("not zero", "-1", True),
        ("not zero", "0", False),
        ("fraction", "1", False),
        ("fraction", "0.5", True),
        ("any", "-7", True),
    ],
)
def test_domains_hold_their_numbers(domain: str, text: str, holds: bool) -> None:
    """Every entry must be in the domain."""
    assert is_in(domain, numbers(["0.5", text])) == holds


def test_partners_broadcast(drawn: Callable[..., list[Any]]) -> None:
    """With some that are stretched, shorter, or longer."""
    shapes = set(drawn(broadcastable((2, 3)), 60))
    assert {(2, 3), (3,), (), (1, 3)} <= shapes
    assert all(broadcasts((2, 3), shape) for shape in shapes)
    assert not broadcasts((2,), (3,))

"""A calculation of the oracle in one line."""

from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from verification.random_examples.truth.graph import Graph, Node
from verification.random_examples.truth.numbers import DIGITS, numbers


@pytest.fixture(autouse=True)
def precision() -> Iterator[None]:
    """Every test computes at the oracle's precision."""
    with mpmath.workdps(DIGITS):
        yield


@pytest.fixture
def graph_of() -> Callable[..., Graph]:
    """``graph_of(function, *texts, **parameters)``: the step ``y`` of the inputs ``x``, ``x1``, ``x2``, ..."""

    def graph(function: str, *texts: Any, **parameters: Any) -> Graph:
        made = Graph()
        names = ["x", *(f"x{number}" for number in range(1, len(texts)))]
        for name, text in zip(names, texts or ("0.5",), strict=True):
            made.add_input(name, numbers(text))
        made.add(Node("y", function, tuple(names), parameters))
        return made

    return graph


@pytest.fixture
def drawn() -> Callable[..., list[Any]]:
    """``drawn(strategy, examples=20)``: what hypothesis draws, always the same."""

    def examples_of(strategy: st.SearchStrategy[Any], examples: int = 20) -> list[Any]:
        found: list[Any] = []

        always_the_same = settings(max_examples=examples, derandomize=True, database=None, deadline=None)

        @settings(always_the_same, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(strategy)
        def each(value: Any) -> None:
            found.append(value)

        each()
        return found

    return examples_of

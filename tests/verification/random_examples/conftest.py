"""A calculation of the oracle in one line."""

from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from verification.random_examples.draws import BY_SEED
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

        always_the_same = settings(max_examples=examples, derandomize=True, database=None, deadline=None, backend=BY_SEED)

        @settings(always_the_same, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(strategy)
        def each(value: Any) -> None:
            found.append(value)

        each()
        return found

    return examples_of


def expressible(schema: Any, definitions: dict[str, Any], key: str = "") -> Iterator[str]:
    """Every key of a JSON Schema, and with it every word that it takes, by ``key`` and ``key = word``."""
    if "$ref" in schema:
        yield from expressible(definitions[schema["$ref"].rpartition("/")[2]], definitions, key)
    words = (
        [False, True]
        if schema.get("type") == "boolean"
        else [*schema.get("enum", []), *([schema["const"]] if "const" in schema else [])]
    )
    yield from (f"{key} = {word}" for word in words)
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from expressible(inner, definitions, name)
    for inner in [*schema.get("anyOf", []), *schema.get("oneOf", []), *([schema["items"]] if "items" in schema else [])]:
        yield from expressible(inner, definitions, key)


def said(table: Any, key: str = "") -> Iterator[str]:
    """Every key that a table of a fixture has, with its words and numbers; a table with a name is also that word."""
    if isinstance(table, dict):
        yield f"{key} = {table.get('name')}"
        for name, inner in table.items():
            yield name
            yield from said(inner, name)
    elif isinstance(table, list):
        for inner in table:
            yield from said(inner, key)
    else:
        yield f"{key} = {table}"


@pytest.fixture
def unsaid() -> Callable[..., set[str]]:
    """``unsaid(model, tables, *left_out)``: what a model's schema takes and no table says, but for the keys that are left out."""

    def missed(model: Any, tables: list[Any], *left_out: str) -> set[str]:
        """What a model's schema takes and no table says."""
        schema = model.model_json_schema()
        for name in left_out:
            schema["properties"].pop(name)
        return set(expressible(schema, schema.get("$defs", {}))) - {words for table in tables for words in said(table)}

    return missed

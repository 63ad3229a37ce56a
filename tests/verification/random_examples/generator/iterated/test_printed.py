"""What is printed of random iterations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.random_examples.generator.iterated.printed import iterations
from verification.random_examples.judging import NAME, loaded
from verification.random_examples.texts.examples import RandomExample
from worked_examples import CalculationExample
from worked_examples.schema.calculations.iteration import Iteration


@pytest.fixture
def few(drawn: Callable[..., list[Any]]) -> list[RandomExample]:
    """Some iterations."""
    found: list[RandomExample] = drawn(iterations("dot"), 60)
    return found


def test_an_iteration_is_a_fixture_like_a_users(few: list[RandomExample], tmp_path: Path) -> None:
    """It is loaded from a file, makes the passes that the oracle makes, and has the function in them."""
    for example in [one for one in few if not one.may_refuse]:
        fixture = loaded(example.fixture(NAME), tmp_path)
        assert isinstance(fixture, CalculationExample)
        assert fixture.iteration
        assert "dot" in [node.function for node in fixture.unrolled.of_pass(1)]
        assert len(example.ups) == len(example.numbers)


def test_numbers_of_passes_are_printed_in_every_way(few: list[RandomExample]) -> None:
    """In front, by another name, beside the text, not at all; from 0 and from 1; gradients of passes; every key of an iteration."""
    keys = {key for example in few for key in example.contents["iteration"]}
    assert keys == set(Iteration.model_fields)
    blocks = [block for example in few for block in example.blocks]
    first = {block.items[0].name for block in blocks}
    assert {"iteration", "k"} <= first
    assert {"iteration" in block.keys for block in blocks} == {True, False}
    assert {example.contents["iteration"].get("first", 1) for example in few} == {0, 1}
    assert any(item.name.startswith("d_") for block in blocks for item in block.items)
    assert any(f"d_{example.contents.get('gradients_of')}" in example.contents["inputs"] for example in few)

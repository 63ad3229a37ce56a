"""Random calculations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.random_examples.generator.calculations import calculations, graphs, with_gradient
from verification.random_examples.judging import NAME, loaded
from verification.random_examples.texts.examples import RandomExample
from worked_examples import CalculationExample


@pytest.fixture
def few(drawn: Callable[..., list[Any]]) -> list[RandomExample]:
    """Some calculations."""
    found: list[RandomExample] = drawn(calculations("dot"), 40)
    return found


def test_a_calculation_is_a_fixture_like_a_users(few: list[RandomExample], tmp_path: Path) -> None:
    """It is loaded from a file, with the steps that were drawn; every printed number has a direction to change."""
    for example in few:
        fixture = loaded(example.fixture(NAME), tmp_path)
        assert isinstance(fixture, CalculationExample)
        assert "dot" in [step.function for step in fixture.nodes]
        assert len(example.ups) == len(example.numbers)


def test_values_and_gradients_are_printed(few: list[RandomExample]) -> None:
    """Both, of whole arrays and of single entries; some with an upstream gradient of their own."""
    names = [item.name for example in few for block in example.blocks for item in block.items]
    assert any(name.startswith("d_") for name in names)
    assert any("[" in name for name in names)
    assert any(any(name.startswith("d_") for name in example.contents["inputs"]) for example in few)


def test_gradients_are_asked_of_what_the_final_step_depends_on(drawn: Callable[..., list[Any]]) -> None:
    """And, seldom, of everything but settings."""
    builder = drawn(graphs("power", ["power"]), 5)[-1]
    final = builder.steps[-1]["name"]
    names = with_gradient(builder, final, everything=False)
    assert final not in names
    assert set(names) <= set(with_gradient(builder, final, everything=True))
    assert not set(names) & builder.settings

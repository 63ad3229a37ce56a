"""Random units with a rule of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reference.activations import STEPS
from verification.random_examples.generator.training.rules import ACTIVATIONS, units
from verification.random_examples.judging import NAME, loaded


def test_every_step_is_one_of_perceptrons() -> None:
    """A new one needs an entry here."""
    assert set(ACTIVATIONS["perceptron"]) == set(STEPS)


@pytest.mark.parametrize(("rule", "activation"), [("perceptron", "bipolar step"), ("adaline", "identity")])
def test_units_are_a_fixture_like_a_users(rule: str, activation: str, drawn: Callable[..., list[Any]], tmp_path: Path) -> None:
    """One layer, trained by the rule; the ADALINE's is the gradient's. Some look for an epoch without an error."""
    examples = drawn(units(rule, activation), 60)
    fixtures: list[Any] = [loaded(example.fixture(NAME), tmp_path) for example in examples if not example.may_refuse]
    assert {fixture.training.rule for fixture in fixtures} == {"perceptron" if rule == "perceptron" else "gradient"}
    assert {layer.activation for fixture in fixtures for layer in fixture.network.layers} == {activation}
    assert "errors" in {fixture.training.criterion.tests for fixture in fixtures}

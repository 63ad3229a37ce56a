"""How layers are used."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from reference.layer_operations import LAYERS as OURS
from verification.random_examples.generator.calculations import graphs
from verification.random_examples.generator.layer_recipes import LAYERS


def test_every_layer_has_a_recipe() -> None:
    """A new layer needs one."""
    assert set(LAYERS) == set(OURS)


@pytest.mark.parametrize("function", sorted(LAYERS))
def test_a_recipe_gives_operands_that_the_oracle_can_compute(function: str, drawn: Callable[..., list[Any]]) -> None:
    """Real, finite values, and the layer that was required among them."""
    for builder in drawn(graphs(function, [function]), 8):
        assert function in [step["function"] for step in builder.steps]
        assert all(mpmath.isfinite(entry) for value in builder.graph.values.values() for entry in value.ravel())

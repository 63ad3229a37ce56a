"""The table of recipes."""

from collections.abc import Callable

import pytest

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.table import COLUMNS, LAYERS
from worked_examples.schema.layers.any_layer import TYPES

Built = Callable[..., list[LayerBuilder]]


def test_every_type_of_layer_has_a_recipe() -> None:
    """A new one needs an entry here."""
    assert set(LAYERS) == set(TYPES)
    assert set(COLUMNS) <= set(TYPES)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_recipe_adds_its_layer(kind: str, built: Built) -> None:
    """Perhaps with others before it."""
    for b in built(LAYERS[kind], 4, 10, words=2):
        assert b.layers[-1].type == kind
        assert len(b.layers) == len(b.tables) == len(b.activations) == len(b.shapes) - 1

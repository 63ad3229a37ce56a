"""The table of layer types."""

from verification.random_examples.truth.layer_types.table import LAYER_TYPES, SHIFT
from worked_examples.schema.layers.any_layer import TYPES


def test_the_oracle_knows_every_type_of_layer() -> None:
    """A new one needs an entry here."""
    assert set(LAYER_TYPES) == {*TYPES, SHIFT}

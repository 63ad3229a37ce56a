"""The book's formulas: those of the reference, and nothing else."""

from adapters.reference.layers import LAYERS
from reference.optimization.weight_decay import DECAYS
from worked_examples.schema.book_formulas import BOOK_FORMULAS, PRECEDING


def test_the_layers_are_those_that_the_reference_adapter_computes() -> None:
    """The one list that is written down here equals the table that gives the values."""
    assert set(BOOK_FORMULAS["layer"]) == set(LAYERS)


def test_a_decay_precedes_an_optimizer_and_is_none() -> None:
    """A weight decay changes gradients before a step; it is not an optimizer."""
    assert set(PRECEDING["optimizer"]) == set(DECAYS)
    assert not set(DECAYS) & set(BOOK_FORMULAS["optimizer"])

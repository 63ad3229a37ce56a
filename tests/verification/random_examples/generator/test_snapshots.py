"""Quantities of a network by their words."""

import pytest

from verification.random_examples.generator.snapshots import Snapshot, quantities
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import numbers, size
from worked_examples.printed.quantities import quantity

NETWORK = Network(("identity", "identity"), "half squared error")
PARAMETERS = tuple(numbers(texts) for texts in ([["2"]], ["1"], [["3"]], ["0"]))
KNOWN = Snapshot(NETWORK, PARAMETERS, numbers([["1"]]), numbers([["10"]]))


def test_every_word_is_a_quantity_of_fixtures() -> None:
    """Each once."""
    words = quantities(NETWORK)
    assert len(words) == len(set(words))
    assert [str(quantity(word)) for word in words] == words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("output", "9"),
        ("layer 1 output", "3"),
        ("loss", "0.5"),
        ("input", "1"),
        ("target", "10"),
        ("layer 2 kernel", "3"),
        ("layer 1 bias", "1"),
        ("gradient of layer 2 kernel", "-3"),
        ("gradient of layer 2 bias", "-1"),
        ("gradient of input", "-6"),
        ("layer 1 pre-activation", "3"),
        ("gradient of layer 2 pre-activation", "-1"),
        ("gradient of layer 1 output", "-3"),
        ("minus gradient of layer 1 pre-activation", "3"),
    ],
)
def test_a_quantity_has_its_value(words: str, value: str) -> None:
    """``3 (2 x + 1)`` at 1, target 10."""
    assert size(KNOWN.value(words) - numbers(value)) < 1e-30

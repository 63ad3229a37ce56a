"""Quantities of a network by their words."""

import pytest

from verification.random_examples.generator.snapshots import Snapshot, quantities
from verification.random_examples.truth.losses import Penalty
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers, size
from worked_examples.printed.quantities import LOSS_TERMS, PARTS_OF_LOSS, quantity

NETWORK = Network(("identity", "identity"), "half squared error")
PENALIZED = NETWORK._replace(penalty=Penalty(number("1"), number("0"), half=False, places=(0, 2)))
PARAMETERS = tuple(numbers(texts) for texts in ([["2"]], ["1"], [["3"]], ["0"]))
KNOWN = Snapshot(NETWORK, PARAMETERS, numbers([["1"]]), numbers([["10"]]))


def test_every_word_is_a_quantity_of_fixtures() -> None:
    """Each once."""
    words = quantities(PENALIZED)
    assert set(words) - set(quantities(NETWORK)) == set(PARTS_OF_LOSS)
    assert set(LOSS_TERMS) <= set(words)
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


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("loss", "105.5"),
        ("loss without penalty", "100.5"),
        ("penalty", "5"),
        ("loss per sample", ["50.5", "50"]),
        ("loss per output", [["0.5", "50"], ["50", "0"]]),
        ("gradient of layer 2 kernel", [["28", "-30"]]),
    ],
)
def test_a_part_of_the_loss_has_its_value(words: str, value: object) -> None:
    """Of two samples with two outputs each, 9 and 10: errors of 1, 10, 10 and 0; the penalty is of the kernels 2, and 3 and 0."""
    parameters = tuple(numbers(texts) for texts in ([["2"]], ["1"], [["3", "0"]], ["0", "10"]))
    targets = numbers([["10", "20"], ["-1", "10"]])
    known = Snapshot(PENALIZED, parameters, numbers([["1"], ["1"]]), targets)
    assert size(known.value(words) - numbers(value)) < 1e-30

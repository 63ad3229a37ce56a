"""Counts of a network's layers, and the printed numbers that they stand for."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from verification.case import Case
from verification.runs.layer_counts import layer_counts, printed_size
from worked_examples import SizedNetworkExample
from worked_examples.printed.quantities import quantity

ALEXNET = "dl-python/cnn-alexnet"


def test_counts_are_computed_once(example: Callable[[str], SizedNetworkExample]) -> None:
    """Every later check gets the same list."""
    case = Case(example(ALEXNET), "reference")
    assert layer_counts(case) is layer_counts(case)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("layer 2 weights", "34848"),
        ("layer 2 weights in thousands", "34.848"),
        ("layer 2 biases", "96"),
        ("layer 2 parameters in millions", "0.034944"),
        ("layer 2 connections", str((34848 + 96) * 3025)),
        ("layer 2 MACs in billions", "0.105415200"),
        ("layer 2 shape [1]", "55"),
        ("parameters", "60965224"),
        ("depth", "8"),
    ],
)
def test_a_size_is_an_exact_number(words: str, number: str, example: Callable[[str], SizedNetworkExample]) -> None:
    """Of a layer or of all, in units of a power of ten."""
    chosen = example(ALEXNET)
    computed = printed_size(layer_counts(Case(chosen, "reference")), chosen.network.sources, quantity(words))
    assert computed == Decimal(number)

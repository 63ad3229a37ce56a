"""Counts of an architecture, and the printed numbers that they stand for."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from reference.architecture import Count
from verification.case import Case
from verification.runs.architecture_counts import architecture_depth, architecture_number, layer_counts
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureTarget


def test_counts_are_computed_once(example: Callable[[str], ArchitectureExample]) -> None:
    """LeNet's first layer has 150 weights and 6 biases."""
    case = Case(example("dl-python/cnn-lenet"), "reference")
    assert layer_counts(case) is layer_counts(case)
    assert layer_counts(case)["c1"] == Count((6, 28, 28), 150, 6, 117600)


@pytest.mark.parametrize(
    ("target", "index", "expected"),
    [
        (ArchitectureTarget("c1", "shape", 0), (1,), "28"),
        (ArchitectureTarget("c1", "weights", 0), (), "150"),
        (ArchitectureTarget("c1", "weights", 3), (), "0.150"),
    ],
)
def test_a_printed_number_is_a_count(
    target: ArchitectureTarget, index: tuple[int, ...], expected: str, example: Callable[[str], ArchitectureExample]
) -> None:
    """A size, a count, or a count in thousands, exactly."""
    chosen = example("dl-python/cnn-lenet")
    assert architecture_number(chosen, layer_counts(Case(chosen, "reference")), target, index) == Decimal(expected)


def test_a_total_is_over_all_layers(example: Callable[[str], ArchitectureExample]) -> None:
    """And the depth counts layers with weights on the longest path."""
    chosen = example("dl-python/cnn-lenet")
    by_layer = layer_counts(Case(chosen, "reference"))
    total = architecture_number(chosen, by_layer, ArchitectureTarget("total", "weights", 0), ())
    assert total == sum(count.weights for count in by_layer.values())
    depth = ArchitectureTarget("total", "depth", 0)
    assert architecture_number(chosen, by_layer, depth, ()) == architecture_depth(chosen, by_layer)

"""Architectures: every engine counts the same model."""

import pytest

from adapters import Engine
from reference.architecture import Count
from worked_examples.schema.kinds.architecture import ArchitectureExample


@pytest.fixture
def example() -> ArchitectureExample:
    """Two groups, a bias too few, padding, a skip connection and a dense layer."""
    layers = [
        {"name": "conv", "type": "convolution", "units": 4, "size": 3, "padding": 1, "groups": 2, "activation": "relu"},
        {"name": "norm", "type": "batch normalization"},
        {"name": "plain", "type": "convolution", "units": 4, "size": 1, "bias": False},
        {"name": "sum", "type": "add", "inputs": ["norm", "plain"]},
        {"name": "both", "type": "concatenate", "inputs": ["sum", "conv"]},
        {"name": "pool", "type": "max pooling", "size": 2, "stride": 2},
        {"name": "out", "type": "dense", "units": 5, "activation": "sigmoid"},
    ]
    table = {
        "kind": "architecture",
        "id": "ours/small",
        "title": "small",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "input": [2, 6, 4],
        "layers": layers,
    }
    return ArchitectureExample.model_validate(table)


def test_every_engine_counts_shapes_parameters_and_macs(engine: Engine, example: ArchitectureExample) -> None:
    """By hand: 4 filters of 1x3x3 at 24 positions; 4x1x1x4; 48 inputs to 5 units."""
    assert engine.count(example) == {
        "conv": Count((4, 6, 4), 36, 4, 36 * 24),
        "norm": Count((4, 6, 4), 4, 4, 0),
        "plain": Count((4, 6, 4), 16, 0, 16 * 24),
        "sum": Count((4, 6, 4), 0, 0, 0),
        "both": Count((8, 6, 4), 0, 0, 0),
        "pool": Count((8, 3, 2), 0, 0, 0),
        "out": Count((5,), 240, 5, 240),
    }

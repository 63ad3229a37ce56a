"""The numbers of a network on an engine."""

from collections.abc import Callable

import pytest

from verification.case import Case
from verification.runs.engine_numbers import EngineNumbers, computed_value
from worked_examples import NetworkExample
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


def test_a_snapshot_is_taken_once_where_training_gets(network: Network) -> None:
    """None after the stop; after an update it is the next epoch's."""
    case = Case(network("numpy-dnn/311_1"), "reference")
    assert EngineNumbers(case).snapshot(78, "") is EngineNumbers(case).snapshot(78, "")
    assert EngineNumbers(case).snapshot(80, "") is None
    assert computed_value(quantity("layer 1 bias after update [0]"), case, 79) is None
    assert computed_value(quantity("layer 1 bias after update [0]"), case, 0) == pytest.approx(1 + 0.01 * 8)
    untrained = Case(network("numpy-dnn/matrix-2x2"), "reference")
    assert EngineNumbers(untrained).snapshot(0, "") is not None
    assert EngineNumbers(untrained).snapshot(1, "") is None

"""How far rounding is expected to carry an engine's number."""

from collections.abc import Callable

import pytest

from verification.arithmetics.engine_rounding import distances, expected_value
from verification.case import Case
from verification.runs.engine_numbers import computed_value
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "numpy-dnn/316_1", "numpy-dnn/matrix-2x2", "ours/one-by-one"])
@pytest.mark.parametrize("words", ["loss", "output [0, 0]", "gradient of layer 1 kernel [0, 0]", "layer 1 bias [0]"])
def test_the_reference_is_as_near_as_expected(name: str, dtype: str, words: str, network: Network) -> None:
    """Before training and at an epoch of it."""
    example = network(name)
    case = Case(example, "reference", Session([example]), dtype)
    for epoch in (0, 50) if example.training else (0,):
        value, mine = expected_value(case, quantity(words), epoch, dtype), computed_value(quantity(words), case, epoch)
        assert value
        assert mine is not None
        assert abs(float(mine) - float(value.decimal)) <= float(value.radius)


def test_nothing_is_expected_where_nothing_is_recorded(network: Network) -> None:
    """Epoch 61 is no checkpoint."""
    case = Case(network("numpy-dnn/311_1"), "reference", Session())
    assert expected_value(case, quantity("loss"), 61, "float64") is None


def test_beyond_what_is_certified_both_runs_round(network: Network) -> None:
    """The bound is twice as wide there."""
    example = network("numpy-dnn/316_1")
    assert example.training
    other = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.0101"})})
    whole, part = (distances(Case(other, "reference", Session([other], certification=seconds)), "float64") for seconds in (3, 0))
    assert part[0] == whole[0]
    assert part[500] == pytest.approx(2 * whole[500], rel=0.3)

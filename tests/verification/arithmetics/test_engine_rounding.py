"""How far rounding is expected to carry an engine's number."""

from collections.abc import Callable

import pytest

from adapters.reference.training import Trainer
from verification.arithmetics.engine_rounding import distances, expected_loss, expected_value
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


def test_between_recorded_epochs_the_reference_goes_on_in_balls(network: Network) -> None:
    """Epoch 61 is not a checkpoint; the run that goes on is as near as at one."""
    example = network("numpy-dnn/311_1")
    case = Case(example, "reference", Session([example]))
    value = expected_value(case, quantity("loss"), 61, "float64")
    assert value
    assert abs(float(computed_loss(example, 61)) - float(value.decimal)) <= float(value.radius) < 1e-10


def computed_loss(example: NetworkExample, epoch: int) -> float:
    """The loss of the reference in float64 after so many epochs."""
    trainer = Trainer(example, "float64")
    trainer.advance(epoch)
    return float(trainer.advance(epoch).loss)


def test_nothing_is_expected_beyond_the_end(network: Network) -> None:
    """Training stops at 79."""
    case = Case(network("numpy-dnn/311_1"), "reference", Session())
    assert expected_value(case, quantity("loss"), 81, "float64") is None


def test_beyond_what_is_certified_both_runs_round(network: Network) -> None:
    """The bound is twice as wide there."""
    example = network("numpy-dnn/316_1")
    assert example.training
    other = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.0101"})})
    whole, part = (distances(Case(other, "reference", Session([other], certification=seconds)), "float64") for seconds in (3, 0))
    assert part[0] == whole[0]
    assert part[500] == pytest.approx(2 * whole[500], rel=0.3)


def test_anything_is_expected_where_rounding_may_turn_a_comparison(tie: Callable[..., NetworkExample]) -> None:
    """0.1 * 0.3 - 0.1 * 0.3 is 0 exactly, and on either side of it in float64: its ReLU has one gradient or another."""
    example = tie()
    case = Case(example, "reference", Session([example]))
    for value in (expected_value(case, quantity("output"), 0, "float64"), expected_loss(case, 0, "float64")):
        assert value
        assert not value.radius.is_finite()

"""Every engine stops by the change of the loss, and after an epoch without errors, where the reference does."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import Engine, load_engine
from adapters.training import train
from worked_examples import NetworkExample
from worked_examples.schema.trainings.training import Training

Network = Callable[[str], NetworkExample]
LIMIT = 500
CASES: list[tuple[str, dict[str, str], dict[str, Any], int]] = [
    ("ours/adam", {"change_below": "0.001"}, {}, 22),
    ("ours/logistic-regression", {"change_at_most": "0.001"}, {"batch_size": 1}, 179),
    ("ours/logistic-regression", {"change_below": "0.01"}, {}, 12),
    ("ours/logistic-regression", {"no_errors": "above 0.5"}, {}, 35),
    ("ours/logistic-regression", {"no_errors": "above 0.5"}, {"batch_size": 1}, 12),
    ("ours/logistic-regression", {"no_errors": "above 0.5"}, {"batch_size": 3}, 28),
    ("ours/logistic-regression", {"loss_below": "0.15"}, {"batch_size": 2, "epoch_counts": "updates"}, 89),
    ("numpy-dnn/318_1", {"no_errors": "arg max"}, {}, 0),
]


STOPS: list[tuple[int | str, str, int]] = [("full", "0", 16), (2, "0", 16), (2, "0.01", 14)]


def stopped_by(example: NetworkExample, criterion: dict[str, Any], changes: dict[str, Any]) -> NetworkExample:
    """The example with another criterion, and further changes of its training."""
    assert example.training is not None
    kept = example.training.model_dump(exclude={"stopping_criterion"}, exclude_none=True)
    rate = {"learning_rate": "0.5"} if example.id == "ours/logistic-regression" else {}
    settings = kept | {"stopping_criterion": criterion, "max_epochs": LIMIT} | rate | changes
    return example.model_copy(update={"training": Training.model_validate(settings)})


@pytest.mark.parametrize(("name", "criterion", "changes", "stop"), CASES, ids=str)
def test_a_training_stops_where_the_reference_does(
    engine: Engine, network: Network, name: str, criterion: dict[str, Any], changes: dict[str, Any], stop: int
) -> None:
    """In either loop, begun anew at checkpoints or not; the losses that are told are those of the reference."""
    example = stopped_by(network(name), criterion, changes)
    expected = train(load_engine("reference").trainer(example, "float64", compiled=False), LIMIT, n_last=3)
    assert expected.stop == stop
    for compiled in (False, True):
        run = train(engine.trainer(example, "float64", compiled), LIMIT, n_last=3)
        assert (run.stop, run.restarted_stop) == (stop, stop)
        assert run.losses.keys() == expected.losses.keys()
        for epoch in [epoch for epoch in run.losses if epoch or (example.training and example.training.is_full_batch(4))]:
            assert float(run.losses[epoch]) == pytest.approx(float(expected.losses[epoch]), rel=1e-12)


@pytest.mark.parametrize("name", ["ours/perceptron", "ours/adaline"])
def test_perceptron_and_adaline_stop_in_either_loop(engine: Engine, network: Network, name: str) -> None:
    """After the epoch that their fixture says."""
    example = network(name)
    assert example.training
    for compiled in (False, True):
        run = train(engine.trainer(example, "float64", compiled), LIMIT)
        assert run.stop == example.training.expected


@pytest.mark.parametrize(("batch_size", "min_delta", "stop"), STOPS)
def test_a_training_stops_early_where_the_reference_does(
    engine: Engine, network: Network, batch_size: int | str, min_delta: str, stop: int
) -> None:
    """With full batches and smaller ones, requested compiled or not; the losses that are told are those of further data."""
    criterion = {"patience": 3, "of": "test", "min_delta": min_delta}
    changes = {"batch_size": batch_size, "order": "sequential", "optimizer": "gradient descent", "learning_rate": "3"}
    example = stopped_by(network("ours/loss-table"), criterion, changes)
    expected = train(load_engine("reference").trainer(example, "float64", compiled=False), LIMIT)
    assert expected.stop == stop
    for compiled in (False, True):
        run = train(engine.trainer(example, "float64", compiled), LIMIT)
        assert (run.stop, run.path) == (stop, "eager")
        assert run.losses.keys() == expected.losses.keys()
        for epoch in run.losses.keys() - {0}:
            assert float(run.losses[epoch]) == pytest.approx(float(expected.losses[epoch]), rel=1e-12)
            data = engine.evaluate(example.with_data("test"), run.parameters[epoch], "float64")
            assert float(run.losses[epoch]) == pytest.approx(float(data.loss), rel=1e-12)

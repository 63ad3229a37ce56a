"""One epoch more of a trainer that has trained already."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import load_engine
from verification.case import Case
from verification.checks.trajectory import one_step
from verification.independence.watched_epoch import watched_epoch
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "ours/one-by-one"])
def test_the_epoch_starts_from_unseen_parameters_whatever_was_trained(name: str, network: Network) -> None:
    """After 30 epochs the trainer makes the first one from other parameters, exactly as the update says."""
    example = network(name)
    trainer = load_engine("reference").trainer(example, "float64", compiled=False)
    start = trainer.parameters()
    trainer.advance(30)
    epoch = watched_epoch(example, trainer, start)
    assert (epoch.reached, epoch.path) == (1, "eager")
    assert list(one_step(Case(example, "reference"), 0, {0: epoch.before, 1: epoch.after})) == []
    assert np.all(epoch.before[0].kernel != start[0].kernel)
    assert any(label == "eager training" for label, *_ in epoch.watcher.functions)


def test_where_the_criterion_holds_no_epoch_is_made(network: Network) -> None:
    """The parameters stay."""
    example = network("numpy-dnn/311_1")
    assert example.training
    criterion = example.training.criterion.model_copy(update={"loss_below": "1000000"})
    training = example.training.model_copy(update={"stopping_criterion": criterion})
    stopped = example.model_copy(update={"training": training})
    trainer = load_engine("reference").trainer(stopped, "float64", compiled=False)
    epoch = watched_epoch(stopped, trainer, trainer.parameters())
    assert epoch.reached == 0
    assert np.array_equal(epoch.before[0].kernel, epoch.after[0].kernel)

"""Certified values when an example is judged."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.certification.files import read
from verification.certification.when_judged import certified, computed
from verification.exact import error_bounds
from verification.session import Session
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize("name", ["311_1", "316_1", "matrix-2x2", "exercise-2x3"])
def test_computed_values_are_the_committed_ones(name: str, network: Network) -> None:
    """Within the budget: the same stop, and the committed numbers lie in the computed balls."""
    example = network(f"numpy-dnn/{name}")
    known, fresh = read(example.id), computed(example, 3.0)
    assert known
    assert fresh.complete
    assert fresh.stop_epoch == known.stop_epoch
    for epoch, layers in known.trajectory.items():
        pairs = zip(error_bounds.row(layers), error_bounds.row(fresh.trajectory[epoch]), strict=True)
        assert all(committed.overlaps(ball) for committed, ball in pairs)
    losses = [run.value(quantity("loss"), example, 0) for run in (known, fresh)]
    assert len({f"{loss.decimal:.20g}" for loss in losses if loss}) == 1


@pytest.mark.parametrize("name", ["311_1", "316_1", "318_3"])
def test_beyond_the_budget_an_error_bound_encloses_the_exact_values(name: str, network: Network) -> None:
    """Where nothing may be certified, every committed number lies in its enclosure; the stop is not certified."""
    example = network(f"numpy-dnn/{name}")
    known, bounded = read(example.id), computed(example, 0.0)
    assert known
    assert not bounded.complete
    assert bounded.stop_epoch is None
    common = known.trajectory.keys() & bounded.trajectory.keys()
    assert max(common) > 70
    for epoch in common:
        pairs = zip(error_bounds.row(known.trajectory[epoch]), error_bounds.row(bounded.trajectory[epoch]), strict=True)
        assert all(committed.overlaps(ball) for committed, ball in pairs)


def test_a_changed_fixture_is_certified_anew(network: Network) -> None:
    """Another learning rate has another stop, and nothing of the committed file is used."""
    example = network("numpy-dnn/311_1")
    assert example.training
    changed = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.02"})})
    session = Session([changed])
    fresh = certified(session, changed)
    assert fresh.complete
    assert fresh.stop_epoch not in (None, 79)
    assert certified(session, changed) is fresh
    assert certified(Session([example]), example).table == getattr(read(example.id), "table", None)


def test_a_training_that_diverges_is_an_error_of_the_fixture(written: Callable[[str], Any]) -> None:
    """One line with file and key."""
    example = written(
        """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["1"]], bias = ["0"], activation = "identity" }] }
data = { input = [["1"]], target = [["2"]] }
training = { optimizer = "gradient descent", learning_rate = "1e30", max_epochs = 3000 }
"""
    )
    with pytest.raises(FixtureError, match=r"1.toml: training.learning_rate: the loss is (inf|nan) at epoch"):
        computed(example, 0.0)

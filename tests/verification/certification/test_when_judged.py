"""Certified values when an example is judged."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.certification.certified_numbers import CertifiedNumbers
from verification.certification.certified_run import CertifiedRun
from verification.certification.certified_value import certified_value
from verification.certification.files import read
from verification.certification.recompute import table_of, untrained
from verification.certification.when_judged import bounded, certified, computed
from verification.certification.within_budget import Attempt
from verification.rounding import error_bounds
from verification.runs.networks import recorded_epochs
from verification.session import Session
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.quantities import quantity
from worked_examples.schema.trainings.stopping import StoppingCriterion

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
    losses = [certified_value(CertifiedNumbers(example, run).measured(quantity("loss"), 0)) for run in (known, fresh)]
    assert len({f"{loss.decimal:.20g}" for loss in losses}) == 1


@pytest.mark.parametrize("name", ["311_1", "316_1", "exercise-2-3-2-3"])
def test_a_running_error_bound_encloses_the_exact_values(name: str, network: Network) -> None:
    """Followed from the initial weights to the end, every committed number lies in its enclosure, and the stop is the same."""
    example = network(f"numpy-dnn/{name}")
    known, extra = read(example.id), recorded_epochs(example)
    attempt = bounded(example, Attempt(untrained(example), 192, complete=False), extra, 30.0)
    assert known
    assert (attempt.complete, attempt.run.stop) == (True, known.stop_epoch)
    followed = CertifiedRun(table_of(example, attempt.run, extra, 192, np.asarray))
    common = known.trajectory.keys() & followed.trajectory.keys()
    assert max(common) == known.stop_epoch
    for epoch in common:
        pairs = zip(error_bounds.row(known.trajectory[epoch]), error_bounds.row(followed.trajectory[epoch]), strict=True)
        assert all(committed.overlaps(ball) and ball.rad() < 1e-9 for committed, ball in pairs)


def test_beyond_the_budget_no_number_is_decided(network: Network) -> None:
    """Balls go as far as the budget, the bound a little further; the reference's run beyond both is for engines only."""
    example = network("numpy-dnn/316_1")
    known = computed(example, 0.02)
    assert (known.complete, known.stop_epoch, known.last) == (False, None, 263)
    assert known.unproved == "certified to epoch 263, as far as --certify 0.02 allows; --certify 1 may reach epoch 665"
    assert CertifiedNumbers(example, known).measured(quantity("loss"), 665) is None
    assert not known.ends_before(666)
    assert min(known.further) > 263
    assert known.further_stop == 665
    assert known.float64_trajectory.keys() >= {0, 200, 665}


def test_no_running_error_bound_follows_a_change_of_the_loss(network: Network) -> None:
    """It encloses the loss of one epoch at a time; balls go as far as they may."""
    example = network("numpy-dnn/316_1")
    assert example.training
    criterion = StoppingCriterion(change_below="1e-12", epoch=900)
    example = example.model_copy(update={"training": example.training.model_copy(update={"stopping_criterion": criterion})})
    known = computed(example, 0.02)
    assert (known.complete, known.stop_epoch) == (False, None)
    assert known.unproved.startswith(f"certified to epoch {known.last}, as far as --certify 0.02 allows in balls: no running error")


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

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
from verification.certification.within_budget import Attempt, attempted
from verification.exact.enclosures import as_balls
from verification.rounding import error_bounds
from verification.runs.networks import recorded_epochs
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


REMEMBERING = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["2"]], bias = ["0.5"], activation = "tanh" }] }
data = { input = [["1"], ["0.5"]], target = [["0"], ["0.25"]] }
further_data.validation = { input = [["1"], ["0.5"]], target = [["0.5"], ["0.25"]] }
training = { optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 3000, SETTINGS }
"""
CRITERIA = [
    'stopping_criterion = { patience = 3, of = "validation" }',
    'stopping_criterion = { patience = 2, of = "validation", min_delta = "0.001" }, batch_size = 1',
    'stopping_criterion = { change_below = "0.00001" }',
    'stopping_criterion = { change_at_most = "0.0001" }, batch_size = 1',
]


@pytest.mark.parametrize("settings", CRITERIA)
def test_a_running_error_bound_follows_what_remembers_earlier_losses(settings: str, written: Callable[[str], Any]) -> None:
    """Early stopping on further data, and the change of the loss: stop and parameters are those of the balls."""
    example = written(REMEMBERING.replace("SETTINGS", settings))
    extra = recorded_epochs(example)
    balls, followed = (
        attempted(example, extra, 60.0),
        bounded(example, Attempt(untrained(example), 192, complete=False), extra, 60.0),
    )
    assert (balls.complete, followed.complete) == (True, True)
    assert (balls.run.stop or 0) > 10
    assert followed.run.stop == balls.run.stop
    for epoch in balls.run.parameters.keys() & followed.run.parameters.keys():
        pairs = zip(*(as_balls(error_bounds.row(run.parameters[epoch])) for run in (balls.run, followed.run)), strict=True)
        assert all(exact.overlaps(ball) and ball.rad() < 1e-9 for exact, ball in pairs)
    known = [CertifiedRun(table_of(example, attempt.run, extra, 192, np.asarray)) for attempt in (balls, followed)]
    losses = [[run.loss(epoch) for epoch in (run.last - 1, run.last)] for run in known]
    assert all(abs(exact.decimal - bound.decimal) <= exact.radius + bound.radius for exact, bound in zip(*losses, strict=True))


def test_what_remembers_is_followed_from_the_initial_weights(written: Callable[[str], Any]) -> None:
    """Where that leads no further than the balls, nothing is lost of these."""
    example = written(REMEMBERING.replace("SETTINGS", CRITERIA[0]))
    few = computed(example, 0.002)
    assert (few.complete, few.stop_epoch) == (False, None)
    assert few.last > 0
    assert few.unproved.startswith(f"certified to epoch {few.last}, as far as --certify 0.002 allows; --certify ")


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

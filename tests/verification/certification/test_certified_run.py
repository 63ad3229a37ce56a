"""Certified runs: what they prove, and what they find in an engine's run."""

from decimal import Decimal

import flint
import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.case import Case
from verification.certification.certified_run import CertifiedRun, enclosures
from verification.certification.certified_value import certified_value
from verification.certification.files import committed_run, is_certifiable
from verification.check import judge
from verification.checks.epochs import margin
from verification.registry import checks_of
from verification.runs.networks import run
from verification.session import Session
from worked_examples import NetworkExample, load_all

EXAMPLES = load_all()
NEVER = "numpy-dnn/323_1"  # its stopping criterion does not hold in the epochs of its loop
NETWORKS = {name: e for name, e in EXAMPLES.items() if isinstance(e, NetworkExample) and is_certifiable(e)}
TRAINED = {name: example for name, example in NETWORKS.items() if example.training}
STOPPED = {
    name: example
    for name, example in TRAINED.items()
    if example.training and example.training.stopping_criterion and example.training.criterion.tests == "loss" and name != NEVER
}


def run_of(name: str) -> CertifiedRun:
    """The certified run of an example, which must be there and current."""
    certified = committed_run(EXAMPLES[name])
    assert certified, f"{name} has no current certified file: python -m verification certify --update"
    return certified


@pytest.mark.parametrize("name", NETWORKS)
def test_every_loss_has_25_digits_or_is_exact(name: str) -> None:
    """The radius is at most a unit in the 25th digit, and there are initial parameters."""
    assert [entry for pair in run_of(name).trajectory[0] for array in pair for entry in array.ravel()]
    for evaluation in run_of(name).table["evaluations"].values():
        known = certified_value(evaluation["loss"])
        assert known.radius <= abs(known.decimal) * Decimal("1e-24")


@pytest.mark.parametrize("name", STOPPED)
def test_the_certified_losses_straddle_the_threshold(name: str) -> None:
    """The loss before the stop epoch is certainly not below the threshold, the loss at it certainly is: the count is proved."""
    training, known = TRAINED[name].training, run_of(name)
    assert training is not None
    assert known.stop_epoch is not None
    threshold = Decimal(training.criterion.threshold)
    before, at = known.loss(known.stop_epoch - 1), known.loss(known.stop_epoch)
    assert before.decimal - before.radius >= threshold > at.decimal + at.radius
    if training.criterion.epoch is not None:
        assert known.stop_epoch == training.criterion.epoch - training.first_epoch


def test_a_snapshot_has_all_that_is_certified_at_an_epoch() -> None:
    """Parameters, outputs, loss and gradients as certified strings; nothing where the epoch is not recorded."""
    snapshot = run_of("numpy-dnn/311_1").snapshot(0)
    assert snapshot
    assert certified_value(str(snapshot.evaluation.loss)) == run_of("numpy-dnn/311_1").loss(0)
    assert snapshot.evaluation.input_gradient.shape == NETWORKS["numpy-dnn/311_1"].data.shapes[0]
    assert run_of("numpy-dnn/311_1").snapshot(-1) is None


def test_the_float64_trajectory_is_the_certified_one_rounded() -> None:
    """Every recorded epoch is there, each number the float64 nearest to its string."""
    run = run_of("numpy-dnn/311_1")
    assert run.float64_trajectory.keys() == run.trajectory.keys() == run.layers.keys()
    assert run.float64_trajectory[79][0].kernel[0, 0] == float(run.layers[79][0].kernel[0, 0])


def test_balls_keep_the_shape_of_their_strings() -> None:
    """A matrix of strings is a matrix of balls."""
    assert enclosures(np.array([["0.5", "1"]], dtype=object)).shape == (1, 2)


def test_one_changed_parameter_makes_another_run() -> None:
    """Runs are the same where all common epochs have the same strings."""
    run = run_of("numpy-dnn/311_1")
    other = CertifiedRun(run.table | {"parameters": {"0": run.table["parameters"]["0"]}})
    assert run.same_parameters(other)
    assert not run.same_parameters(CertifiedRun(run.table | {"parameters": {"0": []}}))


class Float32Rate(Engine):
    """A learning rate that was kept in float32 on its way."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """As the reference, with the leak."""
        trainer = super().trainer(example, dtype, compiled)
        trainer.learning_rate = trainer.learning_rate.astype(np.float32).astype(np.float64)
        return trainer


def test_a_float32_leak_is_caught() -> None:
    """A learning rate of float32 in a run called float64 fails after the first step, and the quantity is named."""
    example = TRAINED["numpy-dnn/311_1"]
    case = Case(example, "leaky", Session([example], engine_names=("reference", "leaky"), engines={"leaky": Float32Rate()}))
    check = next(check for check in checks_of(case) if check.name == "float64")
    assert judge(check, case.on("reference")).problems == []
    problem = judge(check, case).problems[0]
    assert "layer 1 kernel after the first step: " in problem
    assert "correct digits, 12 at least in float64" in problem


def test_a_count_close_to_the_threshold_has_a_small_margin() -> None:
    """An engine whose loss is wrong by more than a tenth of the distance to the threshold has a margin below 10."""
    case, known = Case(TRAINED["numpy-dnn/311_1"], "reference"), run_of("numpy-dnn/311_1")
    training, finished = case.example.training, run(case)
    assert training
    assert margin(training, finished, known) > 1e6
    loose = finished._replace(losses={epoch: float(loss) * 1.1 for epoch, loss in finished.losses.items()})
    assert margin(training, loose, known) < 10


def test_certified_parameters_enclose_the_computed_ones() -> None:
    """The exact parameters lie within their certified balls, and a float64 run within 1e-12 of them, far inside its bound."""
    (kernel, bias, *_), *_ = run_of("numpy-dnn/311_1").trajectory[79]
    got: Parameters = run(Case(TRAINED["numpy-dnn/311_1"], "reference")).parameters[79][0]
    for balls, floats in ((kernel, got.kernel), (bias, got.bias)):
        for ball, number in zip(balls.ravel(), floats.ravel(), strict=True):
            assert float(ball.rad()) <= 1e-24 * abs(number) * 10
            assert abs(float((ball - flint.arb(float(number))).abs_upper())) <= 2.8e-12  # the forward error bound of this run

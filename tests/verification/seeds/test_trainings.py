"""The long trainings of a study, cut short."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters.reference.training import Trainer
from verification.seeds import trainings
from verification.seeds.random_numbers import random_start
from verification.seeds.setups import Setup
from verification.seeds.study import network
from verification.seeds.trainings import SeedTrainings, outputs_at, outputs_of_last_epoch, train_until_stopped
from verification.seeds.vectorized import VectorizedTraining
from worked_examples.schema.kinds.network import Layer, NetworkExample
from worked_examples.schema.training import StoppingCriterion

Silent = Callable[[str], None]


def of_seed(setup: Setup, seed: int, loss_below: float) -> NetworkExample:
    """321_1 with the kernels of one seed and another stopping criterion."""
    example = network("numpy-dnn/321_1")
    assert example.training
    kernels = random_start(setup, seed, 0)[0]
    layers = [
        Layer(kernel=[[repr(float(n)) for n in row] for row in kernel], bias=["0"] * kernel.shape[1], activation=name)
        for kernel, name in zip(kernels, setup.activations, strict=True)
    ]
    criterion = StoppingCriterion(loss_below=repr(loss_below))
    return example.model_copy(
        update={
            "network": example.network.model_copy(update={"layers": layers}),
            "training": example.training.model_copy(update={"stopping_criterion": criterion}),
        }
    )


def test_the_stop_is_the_reference_s(one_sample: Setup, silent: Silent) -> None:
    """The epoch where a seed stops is the reference's count of updates and one more, though the seeds stop at different epochs."""
    stopped = train_until_stopped(one_sample._replace(loss_below=0.2), 3, silent)
    counts = [Trainer(of_seed(one_sample, seed, 0.2), "float64").advance(10_000).epoch + 1 for seed in range(3)]
    assert stopped.epoch.tolist() == counts
    assert len(set(counts)) == 3
    assert np.all((stopped.loss < 0.2) & (stopped.loss > 0.19))


def test_a_seed_that_never_stops_has_no_last_output(one_sample: Setup, silent: Silent) -> None:
    """Where the last epoch comes first, the epoch is infinite and output and loss are missing."""
    stopped = train_until_stopped(one_sample._replace(max_epochs=3), 2, silent)
    assert np.all(np.isinf(stopped.epoch))
    assert np.all(np.isnan(stopped.output))
    assert np.all(np.isnan(stopped.loss))
    assert not np.any(stopped.dead_units)


def test_a_seed_has_only_dead_units_where_no_pre_activation_is_positive(one_sample: Setup, silent: Silent) -> None:
    """Of 300 seeds these are, at the start, those whose kernel gives no positive pre-activation on the sample; there are some."""
    pre_activations = [np.array(one_sample.inputs) @ random_start(one_sample, seed, 0)[0][0] for seed in range(300)]
    dead = [not np.any(values > 0) for values in pre_activations]
    assert train_until_stopped(one_sample._replace(max_epochs=1), 300, silent).dead_units.tolist() == dead
    assert any(dead)


def test_the_table_is_that_of_the_last_epoch(swap_shuffled: Setup, silent: Silent) -> None:
    """Outputs are those of the last epoch, before the update with their own sample."""
    setup = swap_shuffled._replace(max_epochs=3)
    vectorized = VectorizedTraining(setup, (0, 1), 3)
    last = [vectorized.epoch().by_sample() for _ in range(3)][-1]
    assert np.array_equal(outputs_of_last_epoch(setup, 2, silent), last)


def test_a_training_that_its_criterion_would_end_earlier_is_an_error(swap_shuffled: Setup, silent: Silent) -> None:
    """The table would not be that of the last epoch."""
    with pytest.raises(ArithmeticError, match="a seed stops at epoch 1: its loss is below 100"):
        outputs_of_last_epoch(swap_shuffled._replace(loss_below=100.0), 2, silent)


def test_outputs_are_recorded_at_the_requested_epochs(xor: Setup, silent: Silent) -> None:
    """Epoch 0 is that of the initial kernels; each further one follows as many updates of every sample."""
    outputs, vectorized = outputs_at(xor, (0, 1), (2, 0), silent), VectorizedTraining(xor, (0, 1), 2)
    assert list(outputs) == [0, 2]
    assert np.array_equal(outputs[0], vectorized.predict())
    vectorized.epoch()
    vectorized.epoch()
    assert np.array_equal(outputs[2], vectorized.predict())


def test_a_training_is_run_once(xor: Setup, swap_shuffled: Setup, monkeypatch: pytest.MonkeyPatch, silent: Silent) -> None:
    """What two studies need is computed for the first."""
    seeds, short = SeedTrainings(2, silent), swap_shuffled._replace(max_epochs=1)
    first = seeds.outputs_at(xor, (0, 1)), seeds.last_epoch(short)
    monkeypatch.setattr(trainings, "VectorizedTraining", None)
    assert seeds.outputs_at(xor, (0, 1)) is first[0]
    assert seeds.last_epoch(short) is first[1]


def test_the_first_epoch_has_outputs_by_sample_and_the_loss(one_sample: Setup, silent: Silent) -> None:
    """The loss is half the squared error of the outputs."""
    outputs, loss = SeedTrainings(2, silent).first_epoch(one_sample)
    np.testing.assert_allclose(loss, ((outputs[0].T - np.array(one_sample.targets)) ** 2).sum(axis=1) / 2, rtol=1e-15)

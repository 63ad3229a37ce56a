"""Training runs: checkpoints, the stop, the last two epochs, a stall; and the trainers of every engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Engine, Parameters, Progress
from adapters.schedule import sample_order
from adapters.training import DivergedError, checkpoints, train
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]
PATHS = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])


class Halving:
    """A trainer whose loss is its only weight: halved by every update down to ``floor``, and small enough below ``stop``."""

    path = "eager"

    def __init__(self, stop: float = 0.0, floor: float = 0.0, diverges_at: int = -1) -> None:
        self.stop, self.floor, self.diverges_at, self.epoch, self.weight = stop, floor, diverges_at, 0, 1.0

    def advance(self, limit: int) -> Progress:
        """Halve."""
        while self.epoch < limit and self.weight >= self.stop:
            self.epoch, self.weight = self.epoch + 1, max(self.weight / 2, self.floor)
        return Progress(self.epoch, np.inf if self.epoch == self.diverges_at else self.weight)

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """Halve once for each batch."""
        self.weight /= 2 ** (len(x) // batch_size)
        return BatchMetrics(self.weight, 0, np.inf)

    def loss_on(self, x: Array, t: Array) -> float:
        """The weight."""
        return self.weight

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """The weight, for every sample."""
        return np.full((len(x), 1), self.weight)

    def parameters(self) -> list[Parameters]:
        """The weight as a kernel."""
        return [Parameters(np.array([[self.weight]]), np.zeros(1))]

    def before_updates(self) -> list[list[Parameters]]:
        """One halving."""
        before = self.parameters()
        self.advance(self.epoch + 1)
        return [before]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """Go back."""
        self.epoch, self.weight = epoch, float(parameters[0].kernel[0, 0])


def test_checkpoints_are_1_2_5_times_powers_of_ten() -> None:
    """A run is recorded at 0, 1, 2, 5, 10, 20, 50, ... and at its limit."""
    assert checkpoints(79) == [0, 1, 2, 5, 10, 20, 50, 79]
    assert checkpoints(100) == [0, 1, 2, 5, 10, 20, 50, 100]


def test_the_stop_is_found_and_the_epoch_before_it_recorded() -> None:
    """1/2^8 is the first loss below 0.005; epoch 7 is not a checkpoint, but recorded."""
    run = train(Halving(stop=0.005), 100)
    assert (run.stop, run.epochs, sorted(run.losses)) == (8, 8, [0, 1, 2, 5, 7, 8])
    assert run.losses[7] == 2.0**-7


class LateUnlessRestarted(Halving):
    """A compiled loop that tests the weight before the last epoch, but where it begins, the one there."""

    path = "compiled"

    def advance(self, limit: int) -> Progress:
        """Halve, one epoch too often."""
        tested = self.weight
        while self.epoch < limit and tested >= self.stop:
            tested = self.weight
            self.epoch, self.weight = self.epoch + 1, max(self.weight / 2, self.floor)
        return Progress(self.epoch, self.weight)


def test_the_stop_of_a_compiled_loop_is_that_without_interruption() -> None:
    """Begun anew at epoch 8 the loop stops there, in one go at 9: both are recorded, and the checkpoints of the second run."""
    run = train(LateUnlessRestarted(stop=0.005), 100, extra=[7, 8])
    assert (run.stop, run.epochs, run.restarted_stop) == (9, 9, 8)
    assert sorted(run.losses) == [0, 1, 2, 5, 7, 8, 9]
    assert run.losses[9] == 2.0**-9


def test_a_compiled_loop_that_stops_right_has_one_stop() -> None:
    """The second run records what the only run of an eager loop does."""
    compiled = Halving(stop=0.005)
    compiled.path = "compiled"
    run, eager = train(compiled, 100), train(Halving(stop=0.005), 100)
    assert (run.stop, run.restarted_stop, run.losses) == (eager.stop, eager.restarted_stop, eager.losses)


@pytest.mark.parametrize(("limit", "stop"), [(8, 8), (7, None)])
def test_a_stop_at_the_limit_is_told_from_a_run_that_was_cut(limit: int, stop: int | None) -> None:
    """At the limit the criterion is tested once more."""
    run = train(Halving(stop=0.005), limit, extra=[3, 99])
    assert (run.stop, run.epochs) == (stop, limit)
    assert 3 in run.losses
    assert 99 not in run.losses


def test_a_diverging_training_names_the_epoch() -> None:
    """A loss that is not finite at a checkpoint is an error."""
    with pytest.raises(DivergedError, match=r"^the loss is inf at epoch 20; the learning rate is too large for these weights$"):
        train(Halving(diverges_at=20), 100)


def test_a_stall_is_bisected_to_its_first_epoch() -> None:
    """From epoch 11 on the weight stays at 2^-11, found between the checkpoints 10 and 20."""
    run = train(Halving(floor=2.0**-11), 1000, until_stalled=True)
    assert (run.stop, run.epochs, run.stalled) == (None, 11, True)
    assert not train(Halving(floor=2.0**-11), 1000).stalled


@pytest.mark.parametrize("stop", [1, 2, 3, 10, 11, 20])
def test_a_stop_is_no_stall(stop: int) -> None:
    """Also where the criterion holds at a checkpoint: behind it nothing moves any more."""
    run = train(Halving(stop=2.0**-stop * 1.5), 1000, until_stalled=True)
    assert (run.stop, run.epochs, run.stalled) == (stop, stop, False)


def by_hand(example: NetworkExample) -> tuple[int, float, float, float]:
    """Epochs, kernel, bias and sum of losses at the stop of ``ours/one-by-one``: two samples, one weight, plain arithmetic."""
    samples, weight, bias, epoch, order = ((1, 2), (2, 4)), 0.5, 0.25, 0, sample_order(example)
    assert order is not None
    while True:
        total = 0.0
        for sample in order[epoch]:
            x, t = samples[sample]
            error = x * weight + bias - t
            total += error * error / 2
            weight, bias = weight - 0.125 * error * x, bias - 0.125 * error
        epoch += 1
        if total < 0.01:
            return epoch, weight, bias, total


@PATHS
def test_a_trainer_put_back_to_its_start_takes_the_same_trajectory(engine: Engine, network: Network, compiled: bool) -> None:
    """Parameters and loss of the second run are those of the first, bit for bit: nothing of it is left in optimizer or loss."""
    for name in ("numpy-dnn/316_1", "ours/one-by-one"):
        trainer = engine.trainer(network(name), "float64", compiled)
        start = trainer.parameters()
        first, parameters = trainer.advance(30), trainer.parameters()
        trainer.restore(0, start)
        assert trainer.advance(30) == first
        assert all(
            np.array_equal(a, b)
            for old, new in zip(parameters, trainer.parameters(), strict=True)
            for a, b in zip(old, new, strict=True)
        )


@PATHS
def test_the_stopping_criterion_tests_the_sum_before_the_updates(engine: Engine, network: Network, compiled: bool) -> None:
    """Training stops after the epoch whose losses, each taken before its own update, sum to less than the threshold.

    Against plain arithmetic on two numbers; all operations are the same few, and the map contracts, so that 1e-13 is 100 times the
    rounding of an epoch.
    """
    epoch, weight, bias, total = by_hand(network("ours/one-by-one"))
    run = train(engine.trainer(network("ours/one-by-one"), "float64", compiled), 1000)
    (layer,) = run.parameters[epoch]
    computed = float(layer.kernel[0, 0]), float(layer.bias[0]), float(run.losses[epoch])
    assert run.stop == epoch
    assert np.allclose(computed, (weight, bias, total), rtol=0, atol=1e-13)


def test_a_restored_training_does_not_stop_on_an_old_sum(engine: Engine, network: Network) -> None:
    """A trainer restored to an epoch has no loss yet: it makes the next epoch, and stops where the first run stopped."""
    trainer = engine.trainer(network("ours/one-by-one"), "float64", compiled=False)
    start, stop = trainer.parameters(), trainer.advance(100).epoch
    assert trainer.advance(100).epoch == stop
    trainer.restore(0, start)
    assert trainer.advance(100).epoch == stop


@PATHS
def test_fixed_biases_stay(engine: Engine, network: Network, compiled: bool) -> None:
    """Biases that are not trainable keep their value bit for bit, while every kernel moves; their gradient is still reported."""
    example = network("backprop-notes/network-class")
    trainer = engine.trainer(example, "float64", compiled)
    before = trainer.parameters()
    trainer.advance(3)
    gradients = engine.evaluate(example, None, "float64").gradients
    for old, new, gradient in zip(before, trainer.parameters(), gradients, strict=True):
        assert np.array_equal(old.bias, new.bias)
        assert np.all(old.kernel != new.kernel)
        assert np.all(gradient.bias != 0)


def test_training_can_go_back(engine: Engine, network: Network) -> None:
    """A trainer restored to an earlier epoch takes the same trajectory again, bit for bit."""
    trainer = engine.trainer(network("numpy-dnn/316_1"), "float64", compiled=False)
    trainer.advance(3)
    third = [Parameters(*(array.copy() for array in layer)) for layer in trainer.parameters()]
    trainer.advance(7)
    first: list[Any] = trainer.parameters()
    trainer.restore(3, third)
    assert trainer.advance(7).epoch == 7
    assert all(
        np.array_equal(a, b) for old, new in zip(first, trainer.parameters(), strict=True) for a, b in zip(old, new, strict=True)
    )


@PATHS
def test_the_path_says_how_updates_are_carried_out(engine: Engine, network: Network, compiled: bool) -> None:
    """Compiled where that is requested and supported, else eager."""
    expected = "compiled" if compiled and "compiled training" not in engine.unsupported else "eager"
    assert engine.trainer(network("numpy-dnn/311_1"), "float64", compiled).path == expected

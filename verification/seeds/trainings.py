"""The long trainings of a study: each seed as the page's program trains it."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from adapters import Array
from verification.seeds.setups import Setup
from verification.seeds.vectorized import VectorizedTraining

Report: TypeAlias = Callable[[str], None]


class Stopped(NamedTuple):
    """Where each seed stops: epoch, loss ``(seeds,)`` and output ``(outputs, seeds)`` there; infinite and nan where it never does.

    ``dead_units (seeds,)``: whether a seed has not stopped, and none of its hidden units has a positive pre-activation at the end.
    """

    epoch: Array
    loss: Array
    output: Array
    dead_units: Array


def train_until_stopped(setup: Setup, n_seeds: int, report: Report) -> Stopped:
    """Train each seed on one sample, in the order of the page, until its loss is below the stopping criterion's.

    The loss of an epoch is that before its update; the first epoch has number 1.
    """
    training, left = VectorizedTraining(setup, range(n_seeds), 0), np.arange(n_seeds)
    stopped = Stopped(
        np.full(n_seeds, np.inf), np.full(n_seeds, np.nan), np.full((setup.units[-1], n_seeds), np.nan), np.zeros(n_seeds, bool)
    )
    for number in range(1, setup.max_epochs + 1):
        epoch = training.epoch()
        if np.any(done := epoch.loss < setup.loss_below):
            stopped.epoch[left[done]], stopped.loss[left[done]] = number, epoch.loss[done]
            stopped.output[:, left[done]] = epoch.outputs[0][:, done]
            training.keep(~done)
            left = left[~done]
        if not left.size:
            break
        report(f"epoch {number:,} of at most {setup.max_epochs:,}, {left.size:,} of {n_seeds:,} seeds not yet stopped")
    stopped.dead_units[left] = ~np.any(training.pre_activations() > 0, axis=0)
    return stopped


def outputs_of_last_epoch(setup: Setup, n_seeds: int, report: Report) -> Array:
    """The outputs ``(samples, outputs, seeds)`` of the last epoch, each computed before the update with its own sample.

    Raises:
        ArithmeticError: where the stopping criterion would end a seed's training earlier.

    """
    training = VectorizedTraining(setup, range(n_seeds), setup.max_epochs)
    for number in range(1, setup.max_epochs + 1):
        epoch = training.epoch()
        if np.any(epoch.loss < setup.loss_below):
            raise ArithmeticError(f"a seed stops at epoch {number}: its loss is below {setup.loss_below}")
        report(f"epoch {number:,} of {setup.max_epochs:,}, {n_seeds:,} seeds")
    return epoch.by_sample()


def outputs_at(setup: Setup, seeds: Sequence[int], epochs: Iterable[int], report: Report) -> dict[int, Array]:
    """The outputs ``(samples, outputs, seeds)`` of the parameters after each of the epochs."""
    recorded = sorted(epochs)
    training = VectorizedTraining(setup, seeds, recorded[-1])
    outputs = {0: training.predict()} if recorded[0] == 0 else {}
    for number in range(1, recorded[-1] + 1):
        training.epoch()
        report(f"{setup.label}, epoch {number:,} of {recorded[-1]:,}, {len(seeds):,} seeds")
        if number in recorded:
            outputs[number] = training.predict()
    return outputs


class SeedTrainings:
    """The trainings of seeds 0 to ``n_seeds - 1``, each run once."""

    def __init__(self, n_seeds: int, report: Report) -> None:
        self.n_seeds, self.report = n_seeds, report
        self.last_epochs: dict[Setup, Array] = {}
        self.recorded: dict[tuple[Setup, tuple[int, ...]], dict[int, Array]] = {}

    def first_epoch(self, setup: Setup) -> tuple[Array, Array]:
        """Outputs ``(samples, outputs, seeds)`` and loss ``(seeds,)`` of the first epoch."""
        epoch = VectorizedTraining(setup, range(self.n_seeds), 1).epoch()
        return epoch.by_sample(), epoch.loss

    def until_stopped(self, setup: Setup) -> Stopped:
        """See ``train_until_stopped``."""
        return train_until_stopped(setup, self.n_seeds, self.report)

    def last_epoch(self, setup: Setup) -> Array:
        """See ``outputs_of_last_epoch``."""
        if setup not in self.last_epochs:
            self.last_epochs[setup] = outputs_of_last_epoch(setup, self.n_seeds, self.report)
        return self.last_epochs[setup]

    def outputs_at(self, setup: Setup, epochs: tuple[int, ...]) -> dict[int, Array]:
        """See ``outputs_at``."""
        if (setup, epochs) not in self.recorded:
            self.recorded[setup, epochs] = outputs_at(setup, range(self.n_seeds), epochs, self.report)
        return self.recorded[setup, epochs]

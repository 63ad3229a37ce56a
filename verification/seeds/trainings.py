"""The trainings of some seeds, each as the page's program trains it, and what they give where the page prints."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from adapters import Array
from verification.seeds.setups import AT_STOP, Moment, Setup
from verification.seeds.vectorized import SUMMED, Epoch, VectorizedTraining

Report: TypeAlias = Callable[[str], None]


class Snapshot(NamedTuple):
    """What all seeds give at one moment: epoch and loss ``(seeds,)``, outputs ``(samples, outputs, seeds)``.

    The epoch is counted as by the book, and infinite where a seed never stops; loss and outputs are nan where a seed has none.
    ``dead_units (seeds,)`` is 1 where a seed never stops, and at the end no unit of the first layer has a positive pre-activation.
    """

    epoch: Array
    loss: Array
    output: Array
    dead_units: Array


def snapshots(setup: Setup, seeds: Sequence[int], report: Report) -> list[Snapshot]:
    """What the seeds give at each moment of the setup."""
    with np.errstate(all="ignore"):
        run = SeedRun(setup, seeds)
        run.train(report)
    return run.snapshots


def empty(setup: Setup, moment: Moment, n_seeds: int) -> Snapshot:
    """A moment that no seed has reached."""
    epoch = np.inf if moment == AT_STOP else float(moment.number + setup.training.first_epoch - 1)
    output = np.full((*setup.targets.shape, n_seeds), np.nan)
    return Snapshot(np.full(n_seeds, epoch), np.full(n_seeds, np.nan), output, np.zeros(n_seeds))


class SeedRun:
    """The training of some seeds, until all have stopped or every moment is past."""

    def __init__(self, setup: Setup, seeds: Sequence[int]) -> None:
        self.last = setup.training.max_epochs if AT_STOP in setup.moments else max(moment.number for moment in setup.moments)
        self.setup, self.left = setup, np.arange(len(seeds))
        self.training = VectorizedTraining(setup, seeds, self.last)
        self.snapshots = [empty(setup, moment, len(seeds)) for moment in setup.moments]

    def train(self, report: Report) -> None:
        """Train to the end, and take every snapshot on the way."""
        self.take_after(0)
        for number in range(1, self.last + 1):
            self.one_epoch(number)
            if not self.left.size:
                break
            report(f"epoch {number:,} of at most {self.last:,}, {self.left.size:,} seeds")
        for snapshot in self.of_moment(AT_STOP):
            snapshot.dead_units[self.left] = self.training.dead_units()

    def one_epoch(self, number: int) -> None:
        """One epoch, and what is printed of it; seeds that stop are left out from then on.

        Where an epoch is one update the criterion is tested before it, so that a seed that stops has nothing after it.
        """
        epoch, one_update = self.training.epoch(), self.setup.training.updates(len(self.setup.inputs)) == 1
        for snapshot in self.of_moment(Moment(number, after_update=False)):
            self.take(snapshot, epoch)
        if not one_update:
            self.take_after(number)
        self.stop(number, epoch)
        if one_update:
            self.take_after(number)

    def stop(self, number: int, epoch: Epoch) -> None:
        """Take the last snapshot of the seeds that stop."""
        criterion, training = self.setup.training.criterion, self.setup.training
        threshold = float(criterion.threshold)
        stops = epoch.loss <= threshold if criterion.test == "<=" else epoch.loss < threshold
        if not np.any(stops):
            return
        for snapshot in self.of_moment(AT_STOP):
            self.take(snapshot, epoch, stops)
            snapshot.epoch[self.left[stops]] = number + training.first_epoch - 1
        self.training.keep(~stops)
        self.left = self.left[~stops]

    def take(self, snapshot: Snapshot, epoch: Epoch, which: Array | None = None) -> None:
        """Take the loss and the outputs of an epoch, of all seeds that are left or of some."""
        chosen = np.ones(self.left.size, bool) if which is None else which
        snapshot.loss[self.left[chosen]] = epoch.loss[chosen]
        snapshot.output[..., self.left[chosen]] = epoch.by_sample()[..., chosen]

    def take_after(self, number: int) -> None:
        """Take the loss and the outputs of the parameters after an epoch, where a snapshot is of then."""
        for snapshot in self.of_moment(Moment(number, after_update=True)):
            output = self.training.predict()
            snapshot.output[..., self.left] = output
            snapshot.loss[self.left] = SUMMED[self.setup.loss](output, self.setup.targets[..., np.newaxis])

    def of_moment(self, moment: Moment) -> list[Snapshot]:
        """The snapshots of a moment."""
        return [snapshot for at, snapshot in zip(self.setup.moments, self.snapshots, strict=True) if at == moment]


def outputs_after(setup: Setup, seeds: Sequence[int], epochs: int) -> Array:
    """The outputs ``(samples, outputs, seeds)`` of the parameters after so many epochs, whatever the stopping criterion says."""
    training = VectorizedTraining(setup, seeds, epochs)
    for _ in range(epochs):
        training.epoch()
    return training.predict()


def as_columns(taken: Sequence[Snapshot]) -> Array:
    """All snapshots as a table of numbers ``(numbers, seeds)``."""
    return np.concatenate([field.reshape(-1, field.shape[-1]) for snapshot in taken for field in snapshot])


def from_columns(setup: Setup, columns: Array) -> list[Snapshot]:
    """The snapshots that a table was made of."""
    shapes = [field.shape[:-1] for moment in setup.moments for field in empty(setup, moment, 0)]
    sizes = [int(np.prod(shape)) for shape in shapes]
    parts = np.split(columns, np.cumsum(sizes)[:-1])
    fields = [part.reshape(*shape, columns.shape[1]) for part, shape in zip(parts, shapes, strict=True)]
    width = len(Snapshot._fields)
    return [Snapshot(*fields[at : at + width]) for at in range(0, len(fields), width)]

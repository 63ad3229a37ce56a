"""A running error bound for a training: how far apart two runs may be, epoch by epoch, proved.

One run is the reference's in a floating-point type, the *centre*. The other is exact, or any program's in that type, in whatever
order it adds. One epoch maps parameters p to F(p), and a program to F(p) + e(p). Where both are within a distance r of the centre,
the mean value theorem gives ``|F(p) - F(c)| <= |J| r`` with the 2-norm of the Jacobian J, enclosed for all points within r; both J
and a bound of e come from the reference, which computes one epoch with ``Tangent`` numbers. So the next distance is at most
``|J| r + |e|``, or twice ``|e|`` where the other run rounds too. A stopping criterion that remembers earlier losses compares
enclosures of them, which both runs' losses lie in.
"""

import math
from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Parameters
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from reference.comparisons import UndecidedError
from verification.exact.arithmetic import BITS, SAFETY_FACTOR, widened
from verification.rounding.error_bounds import flat, row, shaped
from verification.rounding.tangent import Tangent, as_tangent, plain, variables
from worked_examples import NetworkExample

SLACK = (
    1e-9  # of norms that are computed in float64, which may be wrong by the square of the size, 1,000 at most, in units of 1e-16
)


def bits_of(dtype: str, n_terms: int = 1) -> int:
    """The precision of balls that enclose a floating-point type where sums have at most so many terms.

    One of their units is ``SAFETY_FACTOR`` units of the type, or as many as a sum has terms: what a library's functions, or another
    order of that sum, may change.
    """
    return BITS[dtype] - math.ceil(math.log2(max(SAFETY_FACTOR, n_terms)))


def precision(example: NetworkExample, dtype: str) -> int:
    """The precision for all sums of a network: over the units of a layer and its bias, over samples, and over all in the loss."""
    return bits_of(dtype, example.network.n_terms(example.data.shapes[0][1], example.data.samples))


class Bounded(NamedTuple):
    """The centre at an epoch, how far the other run may be from it in the 2-norm, and its loss that the criterion tests there."""

    centre: list[Parameters]
    radius: float
    loss: Any = None

    @property
    def balls(self) -> list[Parameters]:
        """The parameters of the other run, enclosed."""
        return [Parameters(*(widened(array, self.radius) for array in layer)) for layer in self.centre]


class RunningBound:
    """Two runs, at ``epoch``; they have ``stopped`` where the stopping criterion holds of both.

    ``n_rounded`` is 2 where both round, 1 where the other one is exact.
    """

    def __init__(self, example: NetworkExample, dtype: str, n_rounded: int) -> None:
        self.centre, self.bits, self.n_rounded = Trainer(example, dtype), precision(example, dtype), n_rounded
        self.bits_of_further = precision(example.with_data(training_of(example).criterion.of or ""), dtype)
        with flint.ctx.workprec(min(self.bits, self.bits_of_further)):
            self.tangents = Trainer(example, "ball")
        self.epoch, self.radius, self.stopped = 0, 0.0, False
        self.loss, self.tester = plain(self.tangents.epoch_loss), self.tangents.tester

    def begin(self, epoch: int, start: Bounded) -> None:
        """Begin at an epoch at which a bound is known already."""
        self.epoch, self.radius = epoch, start.radius
        self.centre.restore(epoch, start.centre)

    @property
    def here(self) -> Bounded:
        """Where the runs are."""
        return Bounded(self.centre.parameters(), self.radius, self.loss)

    def advance(self) -> None:
        """One epoch further, or to the stop: the loss is tested before the update of a full batch, or after several updates.

        The loss of further data is tested after the epoch.

        Raises:
            UndecidedError: where two runs may compare or stop differently, or no digit is left.

        """
        parameters = self.centre.parameters()
        with flint.ctx.workprec(self.bits):
            points = np.array(variables(flat(parameters).tolist(), self.radius), dtype=object)
            self.tangents.move(self.epoch, shaped(points, parameters))
            self.tangents.train_epoch()
            self.loss = plain(self.tangents.epoch_loss)
            self.stopped = self.is_over()
            if self.stopped and self.tangents.sample_order is None:
                return
            later = [as_tangent(number, points.size) for number in row(self.tangents.parameters())]
            radius = norm(later) * self.radius + self.n_rounded * error(later)
        if not np.isfinite(radius):
            raise UndecidedError("no digit is left")
        self.epoch, self.radius = self.epoch + 1, radius
        self.centre.train_epoch()
        if self.tester:
            self.tester.end_epoch(self.loss)
        if self.tangents.further:
            self.watch()

    def is_over(self) -> bool:
        """Whether the stopping criterion holds of both runs, of the losses so far."""
        return self.tangents.should_stop(self.tester.value(self.loss) if self.tester else self.loss)

    def watch(self) -> None:
        """Test the loss of further data with the parameters that either run may have here."""
        with flint.ctx.workprec(min(self.bits, self.bits_of_further)):
            self.tangents.move(self.epoch, self.here.balls)
            self.tangents.watch()
            self.loss = plain(self.tangents.epoch_loss)
            self.stopped = self.is_over()


def norm(later: list[Tangent]) -> float:
    """At least the 2-norm of every Jacobian that the slopes enclose."""
    slopes = [entry for number in later for entry in number.slopes.entries()]
    middles, radii = (np.array([float(part(entry)) for entry in slopes]) for part in (flint.arb.mid, flint.arb.rad))
    if not np.all(np.isfinite([middles, radii])):
        return float("inf")
    return float(np.linalg.norm(middles.reshape(len(later), -1), 2) + np.linalg.norm(radii)) * (1 + SLACK)


def error(later: list[Tangent]) -> float:
    """At least the 2-norm of the rounding errors of one epoch."""
    return float(np.linalg.norm([float(number.error.upper()) for number in later])) * (1 + SLACK)


class Followed(NamedTuple):
    """Two runs at the epochs that were wanted, and at the ``last`` ones; ``reason`` is why they were followed no further."""

    at: dict[int, Bounded]
    last: int
    stop: int | None
    reason: str


def follow(runs: RunningBound, limit: int, wanted: set[int], n_last: int = 2) -> Followed:
    """Follow two runs up to an epoch, or to their stop; ``n_last`` epochs up to there are recorded too."""
    at, recent, reason = {runs.epoch: runs.here}, {runs.epoch: runs.here}, ""
    while runs.epoch < limit and not runs.stopped:
        try:
            runs.advance()
        except UndecidedError as open_question:
            reason = f"after epoch {runs.epoch}, {open_question}"
            break
        recent[runs.epoch] = runs.here
        recent = {epoch: recent[epoch] for epoch in sorted(recent)[-n_last:]}
        if runs.epoch in wanted:
            at[runs.epoch] = runs.here
    at |= {**recent, runs.epoch: runs.here}
    return Followed(at, runs.epoch, runs.epoch if runs.stopped else None, reason)

"""Certified values of an example when it is judged: committed ones where there are any, else balls as far as a budget goes.

Beyond them a running error bound goes on, as far as the same budget. Beyond both nothing is certified, and no printed number is
decided; engines are compared there with the reference's float64 run.
"""

import numpy as np

from adapters.reference.engine import Engine
from adapters.training import DivergedError, Run, checkpoints, train
from verification.certification.budget import Budget
from verification.certification.certified_run import CertifiedRun
from verification.certification.files import committed_run, is_certifiable
from verification.certification.recompute import table_of
from verification.certification.within_budget import Attempt, attempted
from verification.exact import arithmetic
from verification.exact.enclosures import as_balls
from verification.rounding import error_bounds
from verification.rounding.running_bound import Bounded, RunningBound, follow, precision
from verification.runs.networks import n_last_epochs, recorded_epochs
from verification.session import Session
from worked_examples import FixtureError, NetworkExample

REMEMBERING = ("change", "patience")  # what these test depends on the losses of earlier epochs
DENSITY = 1.25  # ratio of neighbouring epochs at which the reference's run is recorded


def certified(session: Session, example: NetworkExample) -> CertifiedRun:
    """The certified values of an example, computed once in a session where none are committed."""
    return session.once(("certified", example.id), lambda: committed_run(example) or computed(example, session.certification))


def computed(example: NetworkExample, seconds: float) -> CertifiedRun:
    """The certified values of an example, in balls and with a running error bound as far as so many (estimated) seconds go.

    Raises:
        FixtureError: where training diverges.

    """
    extra = recorded_epochs(example)
    try:
        attempt = attempted(example, extra, seconds)
        if not attempt.complete and not attempt.question:
            attempt = bounded(example, attempt, extra, seconds)
        known = CertifiedRun(table_of(example, attempt.run, extra, attempt.bits, np.asarray))
        return known if attempt.complete else continued(example, known, attempt, seconds)
    except DivergedError as error:
        raise FixtureError(f"{example.file}: training.learning_rate: {error}") from None


def bounded(example: NetworkExample, attempt: Attempt, extra: set[int], seconds: float) -> Attempt:
    """An attempt that a running error bound continues.

    A stopping criterion that remembers earlier losses is followed from the initial weights; where that does not lead beyond the
    balls, the attempt is as it was.
    """
    whole, remembers = 0, False
    if example.training:
        whole, remembers = example.training.max_epochs, example.training.criterion.tests in REMEMBERING
    begin = 0 if remembers else attempt.run.epochs
    limit = min(whole, begin + Budget(example, seconds).bounded_epochs(precision(example, "float64")))
    if limit <= attempt.run.epochs:
        return attempt
    runs = RunningBound(example, "float64", n_rounded=1)
    runs.begin(begin, start(attempt.run, begin))
    followed = follow(runs, limit, extra | set(checkpoints(whole)), n_last_epochs(example))
    if followed.last <= (last := attempt.run.epochs):
        return attempt
    parameters = {epoch: at.balls for epoch, at in followed.at.items() if epoch > last}
    losses = {epoch: at.loss for epoch, at in followed.at.items() if epoch > last}
    run = Run(followed.stop, followed.last, attempt.run.parameters | parameters, attempt.run.losses | losses, attempt.run.path)
    return Attempt(run, attempt.bits, followed.stop is not None or followed.last == whole)


def start(run: Run, epoch: int) -> Bounded:
    """The parameters of a run in balls at an epoch, rounded to float64, and how far they are from there."""
    layers = run.parameters[epoch]
    balls = [type(layer)(*(as_balls(array) for array in layer)) for layer in layers]
    centre = [type(layer)(*(np.asarray(arithmetic.middle(array), dtype=float) for array in layer)) for layer in balls]
    pairs = zip(error_bounds.row(balls), error_bounds.flat(centre), strict=True)
    return Bounded(centre, float(np.linalg.norm([float(abs(ball - number).upper()) for ball, number in pairs])) * (1 + 1e-9))


def continued(example: NetworkExample, known: CertifiedRun, attempt: Attempt, seconds: float) -> CertifiedRun:
    """What is certified up to an epoch, and the reference's run beyond it."""
    unproved = why_not(example, attempt, seconds)
    if not is_certifiable(example) or example.training is None:
        return known._replace(unproved=unproved)
    whole = example.training.max_epochs
    dense = {int(DENSITY**power) for power in range(int(np.log(whole) / np.log(DENSITY)) + 1)}
    run = train(Engine().trainer(example, "float64", compiled=False), whole, recorded_epochs(example) | dense)
    further = {epoch: layers for epoch, layers in run.parameters.items() if epoch > known.last}
    return known._replace(further=further, further_stop=run.stop, unproved=unproved)


def why_not(example: NetworkExample, attempt: Attempt, seconds: float) -> str:
    """Up to where a training is certified, and what certifies the rest of it."""
    reached = attempt.run.epochs
    if attempt.question:
        return f"certified to epoch {reached}, where a comparison stays open: {attempt.question}"
    expected = example.training.expected if example.training else 0
    needed = max(Budget(example, 0.0).epoch(attempt.bits) * expected, seconds)
    allowed = f"as far as --certify {seconds:g} allows"
    return f"certified to epoch {reached}, {allowed}; --certify {1.2 * needed + 1:.0f} may reach epoch {expected}"

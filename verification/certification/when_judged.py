"""Certified values of an example when it is judged: committed ones where there are any, else balls as far as a budget goes.

Beyond the budget the reference's float64 run goes on with a running error bound (``verification.exact.error_bounds``): parameters
are known to that bound, and all that follows from them in balls. Where a training stops is then not certified.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from adapters import Parameters
from adapters.reference.engine import Engine
from adapters.training import DivergedError, Run, train
from reference.comparisons import UndecidedError
from verification.certification.certified_run import CertifiedRun
from verification.certification.decimals import WRITING_BITS
from verification.certification.files import committed_run, is_certifiable
from verification.certification.recompute import table_of, untrained
from verification.certification.within_budget import attempted
from verification.exact import arithmetic, error_bounds
from verification.runs.networks import recorded_epochs
from verification.session import Session
from worked_examples import FixtureError, NetworkExample

DENSITY = 1.25  # ratio of neighbouring epochs at which the error bound is taken


def certified(session: Session, example: NetworkExample) -> CertifiedRun:
    """The certified values of an example, computed once in a session where none are committed."""
    return session.once(("certified", example.id), lambda: committed_run(example) or computed(example, session.certification))


def computed(example: NetworkExample, seconds: float) -> CertifiedRun:
    """The certified values of an example, in balls as far as so many (estimated) seconds go, then by an error bound.

    Raises:
        FixtureError: where training diverges.

    """
    extra = recorded_epochs(example)
    try:
        attempt = attempted(example, extra, seconds)
        if attempt and attempt.complete:
            return CertifiedRun(table_of(example, attempt.run, extra, attempt.bits, np.asarray))
        if example.training is None:
            return CertifiedRun(table_of(example, untrained(example), extra, WRITING_BITS, np.asarray))
        return CertifiedRun(bounded(example, attempt.run if attempt else untrained(example), extra))
    except DivergedError as error:
        raise FixtureError(f"{example.file}: training.learning_rate: {error}") from None


def bounded(example: NetworkExample, proved: Run, extra: set[int]) -> dict[str, Any]:
    """The table of an example whose training is certified to the end of ``proved`` only; an error bound encloses the rest."""
    if is_certifiable(example) and example.training:
        whole = example.training.max_epochs
        dense = {int(DENSITY**power) for power in range(int(np.log(whole) / np.log(DENSITY)) + 1)}
        run = train(Engine().trainer(example, "float64", compiled=False), whole, extra | dense)
        proved = proved._replace(epochs=run.epochs, parameters={**enclosures(example, run.parameters), **proved.parameters})
    return {**table_of(example, proved._replace(stop=None), extra, WRITING_BITS, np.asarray), "complete": False}


def enclosures(example: NetworkExample, trajectory: Mapping[int, list[Parameters]]) -> dict[int, list[Parameters]]:
    """Float64 parameters as balls that reach as far as rounding may have carried them; none where it may turn a comparison."""
    try:
        bounds = error_bounds.divergence_bounds(example, trajectory, "float64")
    except UndecidedError:
        return {}
    return {
        epoch: [Parameters(*(arithmetic.widened(array, bounds[epoch]) for array in layer)) for layer in layers]
        for epoch, layers in trajectory.items()
    }

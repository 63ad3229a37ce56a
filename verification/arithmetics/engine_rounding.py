"""How far rounding is expected to carry an engine's own number, by the divergence bound that its trajectory is compared with.

That bound rests on norms at recorded epochs, see ``verification.exact.error_bounds``: it excuses an engine that would print another
digit, and decides no printed number.
"""

from decimal import Decimal

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.reference.training import Trainer
from reference.comparisons import UndecidedError
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.certification.when_judged import certified
from verification.exact import arithmetic, error_bounds
from verification.runs.quantity_values import Snapshot, entry
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

ANYTHING = CertifiedValue(Decimal(0), Decimal("inf"))


def expected_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, dtype: str) -> CertifiedValue | None:
    """A quantity, as wide as an engine in a floating-point type is expected to be off; None where nothing is recorded.

    The radius is infinite where rounding may turn a comparison: an activation may act on one side of it or the other.
    """
    at = epoch + quantity.after_update
    try:
        snapshot = case.session.once(("expected", case.example.id, dtype, at), lambda: snapshot_at(case, at, dtype))
    except UndecidedError:
        return ANYTHING
    if snapshot is None:
        return None
    known = certified_value(entry(quantity, case.example, snapshot), dtype)
    return known._replace(radius=arithmetic.SAFETY_FACTOR * known.radius)


def expected_loss(case: Case[NetworkExample], epoch: int, dtype: str) -> CertifiedValue | None:
    """The loss that a stopping criterion tests at an epoch, in the same way.

    With several updates an epoch it is the sum of the losses of the epoch before, each before its own update.
    """
    if case.example.training is None or case.example.training.updates(case.example.data.samples) == 1:
        return expected_value(case, Quantity("loss"), epoch, dtype)
    try:
        before = snapshot_at(case, epoch - 1, dtype)
        if before is None:
            return None
        with flint.ctx.workprec(arithmetic.BITS[dtype]):
            trainer = Trainer(case.example, "ball")
            trainer.restore(epoch - 1, before.parameters)
            trainer.train_epoch()
    except UndecidedError:
        return ANYTHING
    known = certified_value(trainer.loss, dtype)
    return known._replace(radius=arithmetic.SAFETY_FACTOR * known.radius)


def snapshot_at(case: Case[NetworkExample], epoch: int, dtype: str) -> Snapshot | None:
    """The parameters at an epoch as far as rounding may carry them, and all that follows; None where nothing is recorded.

    Raises:
        UndecidedError: where rounding may turn a comparison.

    """
    known = certified(case.session, case.example)
    recorded = known.float64_trajectory
    if epoch not in recorded:
        return None
    bound = distances(case, dtype)[epoch]
    middles = known.trajectory.get(epoch) or arithmetic.exactly(recorded[epoch])
    wide = [Parameters(*(widened(array, bound) for array in layer)) for layer in middles]
    with flint.ctx.workprec(arithmetic.BITS[dtype]):
        return Snapshot(wide, arithmetic.evaluate_balls(case.example, wide))


def distances(case: Case[NetworkExample], dtype: str) -> dict[int, float]:
    """How far a run in a type may be from the exact one, or from the reference's run beyond it, at every recorded epoch."""

    def compute() -> dict[int, float]:
        known = certified(case.session, case.example)
        recorded = known.float64_trajectory
        if case.example.training is None:
            return {epoch: error_bounds.rounding_of_weights(layers, dtype) for epoch, layers in recorded.items()}
        bounds = error_bounds.divergence_bounds(case.example, recorded, dtype)
        return {epoch: bound if known.is_certified(epoch) else 2 * bound for epoch, bound in bounds.items()}

    return case.session.once(("distances", case.example.id, dtype), compute)


def widened(balls: Array, bound: float) -> Array:
    """Balls that reach ``bound`` further."""
    return np.asarray(balls + flint.arb(0, bound), dtype=object)

"""Values in a floating-point type, whatever the order of summation: an enclosure of all of them, and those that engines gave.

The enclosure is the exact value and ``SAFETY_FACTOR`` times the radius of ball arithmetic at the precision of the type, see
``verification.exact.arithmetic``. A print outside of it is wrong in every order; one that shows an engine's own value is confirmed.
"""

from collections.abc import Iterable
from decimal import Decimal

import flint
import numpy as np

from adapters import Array, Parameters
from reference.comparisons import UndecidedError
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.certification.when_judged import certified
from verification.exact import arithmetic, error_bounds
from verification.runs.quantity_values import Snapshot, computed_value, entry
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

UNKNOWN = CertifiedValue(Decimal(0), Decimal("Infinity"))


def enclosed(ball: flint.arb, dtype: str, witnesses: Iterable[float]) -> CertifiedValue:
    """A ball at the precision of a type as the values that the type may give."""
    known = certified_value(ball, dtype)
    return known._replace(radius=arithmetic.SAFETY_FACTOR * known.radius, witnesses=tuple(witnesses))


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, dtype: str) -> CertifiedValue | None:
    """What a training, or one pass, in a floating-point type may give for a quantity; None where training does not get there."""
    in_dtype = case.in_dtype(dtype)
    mine = [computed_value(quantity, one, epoch) for one in (in_dtype, in_dtype.on("reference"))]
    witnesses = [float(value) for value in mine if value is not None]
    if not witnesses:
        return None
    snapshot = case.session.once(("floating", case.example.id, dtype, epoch), lambda: snapshot_in(case, epoch, dtype))
    if quantity.after_update:
        snapshot = case.session.once(("floating", case.example.id, dtype, epoch + 1), lambda: snapshot_in(case, epoch + 1, dtype))
    if snapshot is None:
        return UNKNOWN._replace(witnesses=tuple(witnesses), of=dtype)
    known = entry(quantity, case.example, snapshot)
    ball = known if isinstance(known, flint.arb) else in_type(str(known), dtype)
    return enclosed(ball, dtype, witnesses)


def in_type(text: str, dtype: str) -> flint.arb:
    """A decimal as a ball at the precision of a type."""
    with flint.ctx.workprec(arithmetic.BITS[dtype]):
        return flint.arb(text)


def snapshot_in(case: Case[NetworkExample], epoch: int, dtype: str) -> Snapshot | None:
    """The parameters at an epoch as far as rounding may carry them, and all that follows; None where a comparison is open."""
    known = certified(case.session, case.example)
    if epoch not in known.layers:
        return None
    exact, middles = known.trajectory[epoch], known.float64_trajectory
    try:
        if case.example.training:
            bound = error_bounds.divergence_bounds(case.example, middles, dtype)[epoch]
        else:
            bound = error_bounds.rounding_of_weights(middles[epoch], dtype)
        wide = [Parameters(*(widened(array, bound) for array in layer)) for layer in exact]
        with flint.ctx.workprec(arithmetic.BITS[dtype]):
            return Snapshot(wide, arithmetic.evaluate_balls(case.example, wide))
    except UndecidedError:
        return None


def widened(balls: Array, bound: float) -> Array:
    """Balls that reach ``bound`` further."""
    return np.asarray(balls + flint.arb(0, bound), dtype=object)

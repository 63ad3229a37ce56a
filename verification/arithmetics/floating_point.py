"""Values in a floating-point type, whatever the order of summation: an enclosure of all of them, and those that engines gave.

A print outside of the enclosure is wrong in every order; one that shows an engine's own value, which lies within it, is confirmed.
"""

from collections.abc import Iterable
from decimal import Decimal

import flint

from reference.comparisons import UndecidedError
from verification.arithmetics.training_in_type import parameters_in_type
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.exact import arithmetic
from verification.exact.running_bound import bits_of, precision
from verification.runs.quantity_values import Snapshot, computed_value, entry
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

UNKNOWN = CertifiedValue(Decimal(0), Decimal("Infinity"))


def enclosed(ball: flint.arb, dtype: str, witnesses: Iterable[float]) -> CertifiedValue:
    """A ball at the precision of a type as the values that the type may give."""
    return certified_value(ball, dtype)._replace(witnesses=tuple(witnesses))


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, dtype: str) -> CertifiedValue | None:
    """What a training, or one pass, in a floating-point type may give for a quantity; None where training does not get there."""
    at, example = epoch + quantity.after_update, case.example
    try:
        snapshot = case.session.once(("in type", example.id, dtype, at), lambda: snapshot_in_type(case, at, dtype))
    except UndecidedError as error:
        return UNKNOWN._replace(of=f"in {dtype}, {error}")
    if snapshot is None:
        return None
    known, in_dtype = entry(quantity, example, snapshot), case.in_dtype(dtype)
    mine = [computed_value(quantity, one, epoch) for one in (in_dtype, in_dtype.on("reference"))]
    ball = known if isinstance(known, flint.arb) else in_type(str(known), dtype)
    return enclosed(ball, dtype, [float(value) for value in mine if value is not None])


def in_type(text: str, dtype: str) -> flint.arb:
    """A decimal as a ball at the precision of a type."""
    with flint.ctx.workprec(bits_of(dtype)):
        return flint.arb(text)


def snapshot_in_type(case: Case[NetworkExample], epoch: int, dtype: str) -> Snapshot | None:
    """The parameters that a type may give at an epoch, and all that follows from them; None where training ends before it.

    Raises:
        UndecidedError: where they are not known, or a comparison is open.

    """
    parameters = parameters_in_type(case.session, case.example, epoch, dtype)
    if parameters is None:
        return None
    with flint.ctx.workprec(precision(case.example, dtype)):
        return Snapshot(parameters, arithmetic.evaluate_balls(case.example, parameters))

"""Values in a floating-point type, whatever the order of summation: an enclosure of all of them, and those that engines gave.

A print outside of the enclosure is wrong in every order; one that shows an engine's own value, which lies within it, is confirmed.
"""

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal

import flint

from adapters import Parameters
from adapters.calculation import UnsupportedError
from reference.comparisons import UndecidedError
from verification.arithmetics.ball_numbers import BallNumbers
from verification.arithmetics.training_in_type import parameters_in_type
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.rounding.running_bound import bits_of, precision
from verification.runs.engine_numbers import computed_value
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

UNKNOWN = CertifiedValue(Decimal(0), Decimal("Infinity"))


def enclosed(ball: flint.arb, dtype: str, witnesses: Iterable[float]) -> CertifiedValue:
    """A ball at the precision of a type as the values that the type may give."""
    return certified_value(ball, dtype)._replace(witnesses=tuple(witnesses))


class NumbersInType(BallNumbers):
    """What any program that trains in a floating-point type may compute."""

    def __init__(self, case: Case[NetworkExample], dtype: str) -> None:
        super().__init__(case.example, dtype)
        self.session = case.session

    def parameters(self, epoch: int) -> list[Parameters] | None:
        """See ``BallNumbers``."""
        return parameters_in_type(self.session, self.example, epoch, self.dtype)

    def bits(self, example: NetworkExample) -> int:
        """See ``BallNumbers``."""
        return precision(example, self.dtype)


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, dtype: str) -> CertifiedValue | None:
    """What a training, or one pass, in a floating-point type may give for a quantity; None where training does not get there."""
    numbers = case.session.once(("in type", case.example.id, dtype), lambda: NumbersInType(case, dtype))
    try:
        known = numbers.measured(quantity, epoch)
    except UndecidedError as error:
        return UNKNOWN._replace(of=f"in {dtype}, {error}")
    if known is None:
        return None
    ball = known if isinstance(known, flint.arb) else in_type(str(known), dtype)
    return enclosed(ball, dtype, witnesses(case.in_dtype(dtype), quantity, epoch))


def witnesses(case: Case[NetworkExample], quantity: Quantity, epoch: int) -> list[float]:
    """What the case's engine and the reference give."""
    found = []
    for one in (case, case.on("reference")):
        with suppress(UnsupportedError):
            found.append(computed_value(quantity, one, epoch))
    return [float(value) for value in found if value is not None]


def in_type(text: str, dtype: str) -> flint.arb:
    """A decimal as a ball at the precision of a type."""
    with flint.ctx.workprec(bits_of(dtype)):
        return flint.arb(text)

"""How far rounding is expected to carry an engine's own number, by the divergence bound that its trajectory is compared with.

That bound rests on norms at recorded epochs, see ``verification.rounding.error_bounds``: it excuses an engine that would print
another digit, and decides no printed number.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

import flint
import numpy as np

from adapters import Parameters
from adapters.reference.training import one_epoch
from reference.comparisons import UndecidedError
from verification.arithmetics.ball_numbers import BallNumbers
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.certification.when_judged import certified
from verification.exact import arithmetic
from verification.rounding import error_bounds
from worked_examples import NetworkExample
from worked_examples.printed.moments import SUMMED
from worked_examples.printed.quantities import Quantity

ANYTHING = CertifiedValue(Decimal(0), Decimal("inf"))
BETWEEN = 1000  # epochs from one that is certified: they cost a tenth of a second


class ExpectedNumbers(BallNumbers):
    """The exact numbers, as wide as an engine in a floating-point type is expected to be off."""

    def __init__(self, case: Case[NetworkExample], dtype: str) -> None:
        super().__init__(case.example, dtype)
        self.case = case

    def parameters(self, epoch: int) -> list[Parameters] | None:
        """See ``BallNumbers``; None where nothing is recorded."""
        return expected_parameters(self.case, epoch, self.dtype)

    def bits(self, example: NetworkExample) -> int:  # noqa: ARG002 -- that of the type, for all data
        """See ``BallNumbers``."""
        return arithmetic.BITS[self.dtype]


def expected_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, dtype: str) -> CertifiedValue | None:
    """A quantity, as wide as an engine in a floating-point type is expected to be off; None where it is not known.

    The radius is infinite where rounding may turn a comparison: an activation may act on one side of it or the other.
    """
    numbers = case.session.once(("expected", case.example.id, dtype), lambda: ExpectedNumbers(case, dtype))
    try:
        value = numbers.measured(quantity, epoch)
    except UndecidedError:
        return ANYTHING
    if value is None:
        return None
    known = certified_value(value, dtype)
    return known._replace(radius=arithmetic.SAFETY_FACTOR * known.radius)


def expected_loss(case: Case[NetworkExample], epoch: int, dtype: str) -> CertifiedValue | None:
    """The loss that a stopping criterion tests at an epoch, in the same way.

    With several updates an epoch it is the sum of the losses of the epoch before, each before its own update.
    """
    if case.example.training is None or case.example.training.is_full_batch(case.example.data.samples):
        return expected_value(case, Quantity("loss"), epoch, dtype)
    return expected_value(case, Quantity("loss", over=SUMMED), epoch - 1, dtype)


def expected_parameters(case: Case[NetworkExample], epoch: int, dtype: str) -> list[Parameters] | None:
    """The parameters at an epoch as far as rounding may carry them; None where they are not known."""
    middles = parameters_at(case, epoch)
    if middles is None:
        return None
    return widened(middles, distances(case, dtype, {epoch: middles})[epoch])


def parameters_at(case: Case[NetworkExample], epoch: int) -> list[Parameters] | None:
    """The exact parameters at an epoch, enclosed, or beyond what is certified those of the reference's run, where it is recorded.

    Between certified epochs the reference in balls goes on from the one before, for ``BETWEEN`` epochs at most.
    """
    known = certified(case.session, case.example)
    exact, recorded = known.trajectory, known.float64_trajectory
    if epoch in recorded and epoch not in exact:
        return arithmetic.exactly(recorded[epoch])
    before = max((earlier for earlier in exact if earlier <= epoch), default=epoch)
    if before not in exact or epoch - before > BETWEEN or epoch > max(exact):
        return None
    here = exact[before]
    with flint.ctx.workprec(arithmetic.EXACT):
        for between in range(before, epoch):
            here = one_epoch(case.example, here, between, "ball")
    return here


def distances(
    case: Case[NetworkExample], dtype: str, besides: Mapping[int, list[Parameters]] = MappingProxyType({})
) -> dict[int, float]:
    """How far a run in a type may be from the exact one, or from the reference's run beyond it, at every recorded epoch.

    ``besides`` are the exact parameters at further epochs.
    """
    known = certified(case.session, case.example)
    unrecorded = {epoch: layers for epoch, layers in besides.items() if epoch not in known.float64_trajectory}

    def compute() -> dict[int, float]:
        recorded = known.float64_trajectory | {epoch: rounded(layers) for epoch, layers in unrecorded.items()}
        if case.example.training is None:
            return {epoch: error_bounds.rounding_of_weights(layers, dtype) for epoch, layers in recorded.items()}
        bounds = error_bounds.divergence_bounds(case.example, recorded, dtype)
        return {epoch: bound if known.is_certified(epoch) else 2 * bound for epoch, bound in bounds.items()}

    return case.session.once(("distances", case.example.id, dtype, *unrecorded), compute)


def rounded(parameters: Iterable[Parameters]) -> list[Parameters]:
    """Balls rounded to float64."""
    return [Parameters(*(np.asarray(arithmetic.middle(array), dtype=float) for array in layer)) for layer in parameters]


def widened(parameters: Iterable[Parameters], bound: float) -> list[Parameters]:
    """The parameters as balls that reach ``bound`` further."""
    return [Parameters(*(np.asarray(array + flint.arb(0, bound), dtype=object) for array in layer)) for layer in parameters]

"""How far rounding is expected to carry an engine's own number, by the divergence bound that its trajectory is compared with.

That bound rests on norms at recorded epochs, see ``verification.exact.error_bounds``: it excuses an engine that would print another
digit, and decides no printed number.
"""

import flint
import numpy as np

from adapters import Array, Parameters
from reference.comparisons import UndecidedError
from verification.arithmetics.ball_numbers import BallNumbers
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.certification.when_judged import certified
from verification.exact import arithmetic, error_bounds
from worked_examples import NetworkExample
from worked_examples.printed.moments import SUMMED
from worked_examples.printed.quantities import Quantity


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
    """A quantity, as wide as an engine is expected to be off; None where nothing is recorded, or a comparison is open."""
    numbers = case.session.once(("expected", case.example.id, dtype), lambda: ExpectedNumbers(case, dtype))
    try:
        value = numbers.measured(quantity, epoch)
    except UndecidedError:
        return None
    if value is None:
        return None
    known = certified_value(value, dtype)
    return known._replace(radius=arithmetic.SAFETY_FACTOR * known.radius)


def expected_loss(case: Case[NetworkExample], epoch: int, dtype: str) -> CertifiedValue | None:
    """The loss that a stopping criterion tests at an epoch, as wide as an engine is expected to be off; None where it is not known.

    With several updates an epoch it is the sum of the losses of the epoch before, each before its own update.
    """
    if case.example.training is None or case.example.training.updates(case.example.data.samples) == 1:
        return expected_value(case, Quantity("loss"), epoch, dtype)
    return expected_value(case, Quantity("loss", over=SUMMED), epoch - 1, dtype)


def expected_parameters(case: Case[NetworkExample], epoch: int, dtype: str) -> list[Parameters] | None:
    """The parameters at an epoch as far as rounding may carry them; None where nothing is recorded."""
    known = certified(case.session, case.example)
    recorded = known.float64_trajectory
    if epoch not in recorded:
        return None
    bound = distances(case, dtype)[epoch]
    middles = known.trajectory.get(epoch) or arithmetic.exactly(recorded[epoch])
    return [Parameters(*(widened(array, bound) for array in layer)) for layer in middles]


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

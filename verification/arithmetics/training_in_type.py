"""A training in a floating-point type, enclosed: every program that computes it in that type, in whatever order it adds."""

import flint
import numpy as np

from adapters import Parameters
from adapters.training import checkpoints
from reference.comparisons import UndecidedError
from verification.certification.budget import Budget
from verification.exact.arithmetic import initial
from verification.rounding.running_bound import Followed, RunningBound, follow, precision
from verification.runs.networks import recorded_epochs
from verification.session import Session
from worked_examples import NetworkExample


def initial_in_type(example: NetworkExample, dtype: str) -> list[Parameters]:
    """The initial weights, each as wide as one unit of the precision: terms that are exact are rounded in another order too."""
    bits = precision(example, dtype)
    with flint.ctx.workprec(bits):
        unit = flint.arb(1, 2.0**-bits)
        return [Parameters(*(np.asarray(array * unit, dtype=object) for array in layer)) for layer in initial(example, "ball")]


def parameters_in_type(session: Session, example: NetworkExample, epoch: int, dtype: str) -> list[Parameters] | None:
    """The parameters that any program in a floating-point type may have at a recorded epoch; None where training ends before it.

    Raises:
        UndecidedError: beyond the budget of certification, where two programs may compare differently, or no digit is left.

    """
    if not epoch or example.training is None:
        return None if epoch else initial_in_type(example, dtype)
    if epoch > example.training.max_epochs:
        return None
    followed = session.once(("training in type", example.id, dtype), lambda: followed_in_type(session, example, dtype))
    if epoch in followed.at:
        return followed.at[epoch].balls
    if followed.stop is not None and epoch > followed.stop:
        return None
    allowed = f"as far as --certify {session.certification:g} allows"
    raise UndecidedError(f"followed to epoch {followed.last} of {epoch}: {followed.reason or allowed}")


def followed_in_type(session: Session, example: NetworkExample, dtype: str) -> Followed:
    """All programs in a type followed as far as the budget goes."""
    limit = Budget(example, session.certification).bounded_epochs(precision(example, dtype))
    whole = example.training.max_epochs if example.training else 0
    wanted = recorded_epochs(example) | set(checkpoints(whole))
    return follow(RunningBound(example, dtype, n_rounded=2), min(limit, whole), wanted)

"""Where rounding may turn a comparison inside a training: beyond it two right programs may go apart."""

import flint

from adapters import Parameters
from adapters.reference.training import one_epoch
from reference.comparisons import UndecidedError
from verification.arithmetics.engine_rounding import BETWEEN, distances, parameters_at, widened
from verification.case import Case
from verification.exact import arithmetic
from worked_examples import NetworkExample


def turned(case: Case[NetworkExample], last: int) -> tuple[int, str] | None:
    """The first epoch from the checkpoint before ``last`` on in which rounding may turn a comparison, and which one.

    None where every comparison of these epochs is decided for all parameters within the divergence bound of both checkpoints, and
    where there are too many of them, or they are not certified: then nothing excuses that two runs go apart. Behind the last
    certified epoch only this one itself is looked at.
    """
    at_last = parameters_at(case, last)
    bounds = distances(case, case.dtype, {} if at_last is None else {last: at_last})
    first = max((epoch for epoch in bounds if epoch < last), default=last)
    here = parameters_at(case, first)
    if here is None or (last not in bounds and last > first + 1) or last - first > BETWEEN:
        return None
    bound = max(bounds[epoch] for epoch in (first, last) if epoch in bounds)
    for epoch in range(first, last):
        try:
            with flint.ctx.workprec(arithmetic.BITS[case.dtype]):
                one_epoch(case.example, [Parameters(*(widened(array, bound) for array in layer)) for layer in here], epoch, "ball")
            if epoch < last - 1:
                with flint.ctx.workprec(arithmetic.EXACT):
                    here = one_epoch(case.example, here, epoch, "ball")
        except UndecidedError as error:
            return epoch, str(error)
    return None

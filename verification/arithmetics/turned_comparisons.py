"""Where rounding may turn a comparison inside a training: beyond it two right programs may go apart."""

from collections.abc import Iterator
from typing import Any

import flint

from adapters.reference.training import one_epoch
from adapters.schedule import training_of
from reference.comparisons import UndecidedError, less
from verification.arithmetics.engine_rounding import BETWEEN, distances, parameters_at, widened
from verification.case import Case
from verification.exact import arithmetic
from worked_examples import NetworkExample, numbers


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
                one_epoch(case.example, widened(here, bound), epoch, "ball")
            if epoch < last - 1:
                with flint.ctx.workprec(arithmetic.EXACT):
                    here = one_epoch(case.example, here, epoch, "ball")
        except UndecidedError as error:
            return epoch, str(error)
    return None


def is_waiting_turned(case: Case[NetworkExample], stop: int) -> bool:
    """Whether rounding may turn one of the comparisons with which a stop by patience ends its waiting.

    Two runs that disagree on a stop disagree on one of the last ``patience`` losses of further data before it: whether it is below
    the least one by more than ``min_delta``. False where the losses are not known, see ``watched_losses``.
    """
    criterion = training_of(case.example).criterion
    min_delta, least, last_turned = numbers(criterion.min_delta or "0", "ball")[()], None, 0
    for epoch, loss in enumerate(watched_losses(case, str(criterion.of), stop), start=1):
        try:
            least = loss if least is None or less(loss + min_delta, least) else least
        except UndecidedError:
            last_turned, least = epoch, loss.union(least)
    return last_turned > stop - (criterion.patience or 0)


def watched_losses(case: Case[NetworkExample], of: str, last: int) -> Iterator[Any]:
    """The loss of further data after each epoch, as wide as rounding may carry it; none beyond ``BETWEEN`` epochs.

    None either where the training does not begin with certified parameters.
    """
    here = parameters_at(case, 0)
    if here is None or last > BETWEEN:
        return
    exact = {0: here}
    with flint.ctx.workprec(arithmetic.EXACT):
        for epoch in range(last):
            exact[epoch + 1] = one_epoch(case.example, exact[epoch], epoch, "ball")
    bounds, watched = distances(case, case.dtype, exact), case.example.with_data(of)
    for epoch in range(1, last + 1):
        yield arithmetic.evaluate(watched, widened(exact[epoch], bounds[epoch]), arithmetic.BITS[case.dtype]).loss

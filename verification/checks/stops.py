"""Whether rounding explains that an engine stops at another epoch than its training should."""

from decimal import Decimal

from adapters.schedule import training_of
from adapters.training import Run
from reference.optimization.gradient_descent import STOPPING_CRITERIA
from verification.arithmetics.engine_rounding import expected_loss
from verification.arithmetics.turned_comparisons import is_waiting_turned, turned
from verification.case import Case
from verification.certification.when_judged import certified
from verification.runs.networks import run
from worked_examples import NetworkExample, numbers

COUNTED = ("errors", "patience")  # what is tested is a whole number


def is_stop_by_rounding(case: Case[NetworkExample]) -> bool:
    """Whether the engine's run stops at another epoch than it should, and rounding may turn the first of the two stops.

    It should stop at the certified epoch, or where none is certified at the reference's.
    """
    known, finished = certified(case.session, case.example), run(case)
    stops = known.stop_epoch if known.complete else known.further_stop, finished.stop
    first = min((stop for stop in stops if stop is not None), default=None)
    if first is None or stops[0] == stops[1]:
        return False
    return does_as_it_computes(case, finished, first) and hangs_on_rounding(case, first)


def does_as_it_computes(case: Case[NetworkExample], finished: Run, epoch: int) -> bool:
    """Whether a run stops at an epoch, or goes on, as the criterion says of its own losses; they may not be recorded there."""
    criterion, losses = training_of(case.example).criterion, finished.losses
    if epoch not in losses or (criterion.tests == "change" and epoch - 1 not in losses) or criterion.tests in COUNTED:
        return True
    tested = losses[epoch] if criterion.tests == "loss" else abs(losses[epoch] - losses[epoch - 1])
    holds = STOPPING_CRITERIA[criterion.test](float(tested), float(numbers(criterion.threshold, case.dtype)))
    return holds == (finished.stop == epoch)


def hangs_on_rounding(case: Case[NetworkExample], stop: int) -> bool:
    """Whether a floating-point type may miss a stop, or stop there: what is compared is near its threshold, or errors are open.

    Errors are those met on the way to the epoch, or with a full batch those of its own parameters.
    """
    criterion = training_of(case.example).criterion
    if criterion.tests == "errors":
        return any(turned(case, epoch) for epoch in (stop, stop + 1))
    if criterion.tests == "patience":
        return is_waiting_turned(case, stop)
    loss, threshold = expected_loss(case, stop, case.dtype), Decimal(criterion.threshold)
    if loss is None or not loss.radius.is_finite():
        return False
    if criterion.tests == "loss":
        return loss.ends[0] <= threshold <= loss.ends[1]
    before = expected_loss(case, stop - 1, case.dtype)
    if before is None or not before.radius.is_finite():
        return False
    return abs(abs(loss.decimal - before.decimal) - threshold) <= loss.radius + before.radius

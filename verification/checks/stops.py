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
    """Whether a floating-point type may miss a stop, or stop there.

    A comparison is turned on the way, among them whether a sample is an error, or what the criterion tests is near its threshold.
    """
    criterion = training_of(case.example).criterion
    recorded = [epoch for epoch in run(case).parameters if 0 < epoch < stop]
    if any(turned(case, epoch) for epoch in (*recorded, stop, stop + 1)):
        return True
    if criterion.tests == "patience":
        return is_waiting_turned(case, stop)
    return criterion.tests != "errors" and is_near_threshold(case, stop)


def is_near_threshold(case: Case[NetworkExample], stop: int) -> bool:
    """Whether the loss at an epoch, or its change, is as near to the criterion's threshold as rounding may carry it."""
    criterion = training_of(case.example).criterion
    epochs = (stop,) if criterion.tests == "loss" else (stop, stop - 1)
    losses = [loss for epoch in epochs if (loss := expected_loss(case, epoch, case.dtype)) and loss.radius.is_finite()]
    if len(losses) < len(epochs):
        return False
    tested = losses[0].decimal if criterion.tests == "loss" else abs(losses[0].decimal - losses[1].decimal)
    return abs(tested - Decimal(criterion.threshold)) <= sum(loss.radius for loss in losses)

"""Trainings in balls as far as a budget goes."""

from collections.abc import Callable

from verification.certification.ball_training import PrecisionError
from verification.certification.within_budget import Plan, attempted
from worked_examples import NetworkExample


def test_a_training_within_the_budget_is_complete(network: Callable[[str], NetworkExample]) -> None:
    """It stops where the committed file says; with a smaller budget it ends earlier, and without one there is nothing."""
    example = network("numpy-dnn/316_1")
    whole, part = attempted(example, set(), 3.0), attempted(example, set(), 0.01)
    assert (whole.run.stop, whole.complete) == (665, True)
    assert (part.run.stop, part.complete) == (None, False)
    assert 0 < part.run.epochs < 665
    nothing, untrained = attempted(example, set(), 0.0), attempted(network("numpy-dnn/matrix-2x2"), set(), 3.0)
    assert (nothing.run.epochs, nothing.complete, untrained.complete) == (0, False, True)


def test_equal_decimals_are_decided(tie: Callable[..., NetworkExample]) -> None:
    """0.1 * 0.3 - 0.1 * 0.3 is 0 exactly, so that its ReLU has gradient 0 and nothing moves; balls leave that open."""
    attempt = attempted(tie(), set(), 3.0)
    assert attempt.complete
    assert attempt.run.parameters[3][0].kernel[0, 0] == attempt.run.parameters[0][0].kernel[0, 0]


def test_what_stays_open_ends_the_training_there() -> None:
    """More bits first, then exact numbers, then the last epoch is the one before the open comparison."""
    first = Plan(192, "ball", 1000)
    assert first.after(PrecisionError(40), 1000).number_type == "ball"
    second = first.after(PrecisionError(40, "the sign of a number"), 1000)
    assert (second.number_type, second.last, second.stuck) == ("exact", 1000, 40)
    assert second.bits > first.bits
    assert second.after(PrecisionError(60, "the sign of a number"), 1000).last == 1000
    last = second.after(PrecisionError(40, "the sign of a number"), 1000)
    assert (last.last, last.question) == (40, "the sign of a number")


def test_bits_are_not_raised_for_ever(cancelled: NetworkExample) -> None:
    """A gradient that is 0 by cancellation has no digits at any precision, and its root needs some: training ends there."""
    again = Plan(192, "ball", 1000).after(PrecisionError(0), 1000).after(PrecisionError(0), 1000)
    assert again.number_type == "exact"
    assert again.after(PrecisionError(0), 1000).question == "whether a number is 0"
    attempt = attempted(cancelled, set(), 3.0)
    assert (attempt.run.epochs, attempt.complete, attempt.question) == (0, False, "whether a number is 0")
    assert attempt.bits < 10_000


def test_an_attempt_that_ends_earlier_is_no_progress() -> None:
    """What stays open at epoch 0 by turns with epoch 1 ends the training, before the budget is spent on turns."""
    plan = Plan(192, "exact", 1000, stuck=1)
    assert plan.after(PrecisionError(0), 1000).last == 0


def test_numbers_without_digits_end_the_training_before_them() -> None:
    """The result of epoch 8, or of one before: where the next attempt to 7 loses them too, half as many epochs are tried."""
    first = Plan(192, "exact", 1000, stuck=8).after(PrecisionError(8), 1000)
    assert (first.last, first.question) == (7, "whether a number is 0")
    second = first.after(PrecisionError(7), 1000)
    assert (second.last, second.after(PrecisionError(3), 1000).last) == (3, 1)

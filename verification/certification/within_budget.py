"""A training in balls as far as a budget goes, at the least precision that proves it."""

from typing import NamedTuple

from adapters.training import Run, train
from verification.certification.ball_training import FIRST_BITS, BallTrainer, PrecisionError, next_precision
from verification.certification.budget import Budget
from verification.certification.decimals import WRITING_BITS
from verification.certification.recompute import untrained
from verification.runs.networks import n_last_epochs
from worked_examples import NetworkExample


class Attempt(NamedTuple):
    """A training in balls, to its end where it is ``complete``, else to the last epoch that the budget allowed.

    ``question`` is the comparison that no precision decided, where that is what ended it.
    """

    run: Run
    bits: int
    complete: bool
    question: str = ""


class Plan(NamedTuple):
    """How the next attempt is made: bits, number type, the last epoch, and the epoch where a comparison was left open before.

    ``question`` is that comparison where it ends the training.
    """

    bits: int
    number_type: str
    last: int
    stuck: int = -1
    question: str = ""

    def after(self, error: PrecisionError, expected: int) -> "Plan":
        """The plan of the next attempt.

        An open comparison may be one of equal decimals, and what more bits do not make narrower is 0 by cancellation: numbers of
        the type ``exact`` are rational as long as they can be, and decide those. What they leave open too, at a higher precision,
        no attempt decides: then training ends there, or where numbers without digits are the result of an epoch, before it.
        """
        bits, no_further = next_precision(self.bits, error.epoch, expected), error.epoch <= self.stuck
        if not error.question and not no_further:
            return self._replace(bits=bits, stuck=error.epoch)
        if self.number_type == "exact" and no_further:
            last = error.epoch if error.question else max(error.epoch - 1, 0)
            shorter = min(last, self.last // 2) if self.question else last  # they were lost before
            return self._replace(last=shorter, question=error.question or "whether a number is 0")
        return self._replace(bits=bits, number_type="exact", stuck=error.epoch)


def attempted(example: NetworkExample, extra: set[int], seconds: float) -> Attempt:
    """The training of an example in balls, as far as so many (estimated) seconds go; without a training it is complete."""
    if example.training is None:
        return Attempt(untrained(example), WRITING_BITS, complete=True)
    whole, budget = example.training.max_epochs, Budget(example, seconds)
    plan = Plan(FIRST_BITS, "ball", whole)
    while (limit := min(budget.epochs(plan.bits), plan.last)) > 0:
        trainer = BallTrainer(example, plan.bits, lambda _: None, plan.number_type)
        try:
            run = train(trainer, limit, extra, n_last=n_last_epochs(example))
        except PrecisionError as error:
            budget = budget.after(error.epoch, plan.bits)
            plan = plan.after(error, example.training.expected)
        else:
            return Attempt(run, plan.bits, run.stop is not None or limit == whole, plan.question)
    return Attempt(untrained(example), WRITING_BITS, complete=False, question=plan.question)

"""A training in balls as far as a budget goes, at the least precision that proves it."""

from typing import NamedTuple

from adapters.training import Run, train
from verification.certification.ball_training import FIRST_BITS, BallTrainer, PrecisionError, next_precision
from verification.certification.budget import Budget
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

        An open comparison may be one of equal decimals: numbers of the type ``exact`` are rational as long as they can be, and
        decide those. What they leave open too, at a higher precision, no attempt decides: then training ends there.
        """
        bits = next_precision(self.bits, error.epoch, expected)
        if not error.question:
            return self._replace(bits=bits)
        if self.number_type == "exact" and error.epoch == self.stuck:
            return self._replace(last=error.epoch, question=error.question)
        return self._replace(bits=bits, number_type="exact", stuck=error.epoch)


def attempted(example: NetworkExample, extra: set[int], seconds: float) -> Attempt | None:
    """The training of an example in balls; None where the budget allows no epoch, or no epoch can be decided."""
    if example.training is None:
        return None
    whole, budget = example.training.max_epochs, Budget(example, seconds)
    plan = Plan(FIRST_BITS, "ball", whole)
    while (limit := min(budget.epochs(plan.bits), plan.last)) > 0:
        trainer = BallTrainer(example, plan.bits, lambda _: None, plan.number_type)
        try:
            run = train(trainer, limit, extra)
        except PrecisionError as error:
            budget = budget.after(error.epoch, plan.bits)
            plan = plan.after(error, example.training.expected)
        else:
            return Attempt(run, plan.bits, run.stop is not None or limit == whole, plan.question)
    return None

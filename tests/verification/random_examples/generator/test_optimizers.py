"""Random optimizers and learning rates."""

import mpmath
from hypothesis import given, settings

from verification.random_examples.generator.optimizers import Rate, learning_rates, optimizers
from worked_examples.schema.trainings.optimizer import Optimizer


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(optimizers())
def test_every_table_is_accepted(options: dict[str, str]) -> None:
    """By the model of fixtures, which refuses options that an optimizer does not have."""
    assert Optimizer.model_validate(options).name == options["name"]


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(learning_rates())
def test_rates_are_what_is_written(rate: Rate) -> None:
    """A number for every epoch, 0 at most in the first; where it is a list, its last one for all further epochs."""
    of_epoch, written = rate
    with mpmath.workdps(20):
        rates = [float(of_epoch(epoch)) for epoch in range(6)]
    assert rates[0] >= 0
    assert all(number > 0 for number in rates[1:])
    if isinstance(written, str):
        assert rates == [float(written)] * 6
    elif isinstance(written, list):
        assert rates[: len(written)] == [float(text) for text in written]
        assert rates[-1] == float(written[-1])
    else:
        assert rates[0] == float(written["start"]) >= rates[-1]

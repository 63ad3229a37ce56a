"""Learning rates: a number, a formula or a list, and what is refused."""

from collections.abc import Callable

import pytest

from worked_examples.schema.trainings.learning_rate import LearningRates, given_rates

NAME = "ours/one-by-one"
OLD = 'learning_rate = "0.125"'


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("0.1", 'training.learning_rate: 0.1 must be written as a string, "0.1", so that its digits are kept'),
        ('{ start = "0.1" }', "training.learning_rate: exactly one of times and decay must be given"),
        (
            '{ start = "0.1", times = "0.5", decay = "0.1" }',
            "training.learning_rate: exactly one of times and decay must be given",
        ),
        ('{ start = "0.1", decay = "0.1", every = 2 }', "training.learning_rate.every: accepted with times only"),
        ('{ times = "0.5" }', "training.learning_rate.start: missing"),
        (
            '{ start = "0.1", time = "0.5" }',
            "training.learning_rate: unknown key 'time'; accepted: decay, every, start, times; did you mean 'times'?",
        ),
        (
            '["0.1", "fast"]',
            "training.learning_rate[1]: 'fast' is not a number; accepted: a decimal string such as \"0.05\"",
        ),
        (
            '["0", "0"]',
            "training.learning_rate: 0, so that no parameter is changed; leave out [training]",
        ),
    ],
)
def test_a_bad_learning_rate_is_refused(refusal: Callable[..., str], new: str, message: str) -> None:
    """In one line with the key, and what is accepted."""
    assert refusal(NAME, OLD, f"learning_rate = {new}") == message


def test_the_written_rates_are_told() -> None:
    """All of a list, else the first."""
    assert given_rates("0.1") == ["0.1"]
    assert given_rates(["0.1", "0.2"]) == ["0.1", "0.2"]
    assert given_rates(LearningRates(start="0.3", decay="1")) == ["0.3"]

"""Stopping criteria: what each tests, and what is refused."""

from collections.abc import Callable

import pytest

from worked_examples.schema.trainings.stopping import NEVER, StoppingCriterion

NAME, CRITERION = "ours/one-by-one", 'loss_below = "0.01"'


@pytest.mark.parametrize(
    ("key", "tests", "test", "words"),
    [
        ("loss_below", "loss", "<", "loss < 0.01"),
        ("loss_at_most", "loss", "<=", "loss <= 0.01"),
        ("change_below", "change", "<", "change of the loss < 0.01"),
        ("change_at_most", "change", "<=", "change of the loss <= 0.01"),
    ],
)
def test_a_criterion_compares_one_value(key: str, tests: str, test: str, words: str) -> None:
    """The loss or its change, with its threshold."""
    criterion = StoppingCriterion.model_validate({key: "0.01", "epoch": 3})
    assert (criterion.tests, criterion.test, criterion.threshold, str(criterion)) == (tests, test, "0.01", words)


@pytest.mark.parametrize("comparison", ["above 0", "above 0.5", "arg max"])
def test_errors_are_at_most_none(comparison: str) -> None:
    """Their threshold is 0."""
    criterion = StoppingCriterion.model_validate({"no_errors": comparison})
    assert (criterion.tests, criterion.test, criterion.threshold) == ("errors", "<=", "0")
    assert str(criterion) == f"errors by '{comparison}' <= 0"


def test_a_training_without_a_criterion_is_not_stopped_by_a_negative_loss() -> None:
    """Cross entropy is negative where a target is no probability."""
    assert float(NEVER.threshold) == -60000


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "",
            "training.stopping_criterion: exactly one of loss_below, loss_at_most, change_below, change_at_most and no_errors must "
            "be given",
        ),
        (
            f'{CRITERION}\nno_errors = "arg max"',
            "training.stopping_criterion: exactly one of loss_below, loss_at_most, change_below, change_at_most and no_errors must "
            "be given",
        ),
        ('change_below = "0"', "training.stopping_criterion.change_below: 0; accepted: a number above 0"),
        (
            'no_errors = "sign"',
            "training.stopping_criterion.no_errors: 'sign' is not a comparison; accepted: above 0, above 0.5, arg max",
        ),
    ],
)
def test_a_criterion_that_compares_nothing_or_twice_is_refused(refusal: Callable[..., str], new: str, message: str) -> None:
    """In one line with the key, and what is accepted."""
    assert refusal(NAME, CRITERION, new) == message

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


def test_patience_is_how_many_epochs_it_lasts_yet() -> None:
    """Training stops where that is 0; in words it says what is watched."""
    criterion = StoppingCriterion.model_validate({"patience": 3, "of": "test", "min_delta": "0.01"})
    assert (criterion.tests, criterion.test, criterion.threshold) == ("patience", "<=", "0")
    assert str(criterion) == "no lower loss for test by more than 0.01 in 3 epochs"
    assert str(StoppingCriterion(patience=3, of="test")) == "no lower loss for test in 3 epochs"


def test_a_training_without_a_criterion_is_not_stopped_by_a_negative_loss() -> None:
    """Cross entropy is negative where a target is no probability."""
    assert float(NEVER.threshold) == -60000


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "",
            "training.stopping_criterion: exactly one of loss_below, loss_at_most, change_below, change_at_most, no_errors and "
            "patience must be given",
        ),
        (
            f'{CRITERION}\nno_errors = "arg max"',
            "training.stopping_criterion: exactly one of loss_below, loss_at_most, change_below, change_at_most, no_errors and "
            "patience must be given",
        ),
        ("patience = 3", "training.stopping_criterion.of: missing; the name of the further data whose loss is watched"),
        (f'{CRITERION}\nmin_delta = "0.1"', "training.stopping_criterion.min_delta: belongs to patience, which is not given"),
        (
            'patience = 3\nof = "test"\nmin_delta = "-1"',
            "training.stopping_criterion.min_delta: -1; accepted: a number from 0",
        ),
        (
            'patience = 3\nof = "test"',
            "training.stopping_criterion.of: 'test' is not in [further_data] with targets; known: none",
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

"""Errors of the oracle, by hand."""

import pytest

from reference.optimization.stopping import ERRORS
from verification.random_examples.truth.numbers import number, numbers
from verification.random_examples.truth.stopping import CLASSES, errors, waited


def test_the_oracle_knows_every_way_of_telling_classes() -> None:
    """A new one needs an entry here."""
    assert set(CLASSES) == set(ERRORS)


def test_an_error_is_a_sample_in_another_class_than_its_targets() -> None:
    """One wrong output is enough; a threshold is below its own class, and the first of equal outputs is the greatest."""
    targets = numbers([["1", "0"], ["0", "1"], ["1", "0"]])
    assert errors(numbers([["0.7", "-1"], ["0", "0.2"], ["0.5", "0.5"]]), targets) == {"above 0": 1, "above 0.5": 2, "arg max": 0}
    assert errors(numbers([["0.6", "0.7"], ["0.1", "0.9"], ["2", "0.5"]]), targets) == {"above 0": 3, "above 0.5": 1, "arg max": 1}


@pytest.mark.parametrize(
    ("losses", "min_delta", "expected"),
    [
        (["3"], "0", 0),
        (["3", "2", "1"], "0", 0),
        (["3", "2", "2", "4"], "0", 2),
        (["3", "2.5", "2.1", "2"], "0.5", 1),
        (["3", "2.6", "2.2", "2"], "1", 3),
        (["1", "3", "2"], "0", 2),
    ],
)
def test_an_epoch_is_in_vain_whose_loss_is_not_lower_than_the_least(losses: list[str], min_delta: str, expected: int) -> None:
    """By more than ``min_delta``: 3 to 2.5 is not, 3 to 2.1 is; the first epoch never is."""
    assert waited([number(loss) for loss in losses], number(min_delta)) == expected

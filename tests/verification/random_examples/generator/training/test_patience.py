"""Random stopping by patience."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.training.patience import NAME, Watched, min_deltas, patient
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers
from verification.random_examples.truth.training import Epoch

LINE, X = Network(("identity",), "half squared error"), numbers([["1"]])
WEIGHTS = ("8", "4", "2", "3", "2", "2", "1")  # the loss of any data with target 0 is lower where the weight is
REACHED = [Epoch(place, (numbers([[weight]]), numbers(["0"])), None, {}) for place, weight in enumerate(WEIGHTS)]


def test_a_training_ends_at_the_first_epoch_at_which_patience_is_lost(drawn: Callable[..., list[Any]]) -> None:
    """Of the losses after epochs 1 to 6, the second is not undercut until the last: patience 1 ends at 3, 2 at 4, and 3 at 5."""

    @st.composite
    def ends(draw: st.DrawFn) -> tuple[dict[str, Any], int, Watched]:
        table: dict[str, Any] = {"max_epochs": 6}
        reached, watched = draw(patient(table, LINE, REACHED, 1, X, X - 1))
        return table["stopping_criterion"], len(reached) - 1, watched

    found = drawn(ends(), 60)
    plain = [(table, last) for table, last, watched in found if "min_delta" not in table and any(watched.x.ravel())]
    assert {(table["patience"], table["epoch"], last) for table, last in plain} == {(1, 4, 3), (2, 5, 4), (3, 6, 5)}
    assert all(table["of"] == NAME for table, _, _ in found)
    assert {watched.restored for _, _, watched in found} == {True, False}
    assert all(watched.restored <= table.get("restores_best", False) for table, _, watched in found)


def test_min_delta_is_near_a_fall_of_the_loss(drawn: Callable[..., list[Any]]) -> None:
    """Or any number."""
    found = set(drawn(min_deltas([number("3"), number("1.5"), number("2")]), 60))
    assert {"1.49", "1.50", "1.51"} < found


def test_nothing_is_printed_of_the_epoch_at_which_parameters_are_restored() -> None:
    """The loader refuses it: the numbers would be of an earlier one."""
    parameters = [epoch.parameters for epoch in REACHED[:4]]
    training = Trained({}, parameters, 0, never_moves=False, words=frozenset(), watched=Watched({}, X, X, restored=True))
    assert max(training.epochs) == 2
    assert max(training._replace(watched=Watched({}, X, X)).epochs) == 3

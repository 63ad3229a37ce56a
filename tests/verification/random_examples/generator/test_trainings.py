"""Random trainings."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.trainings import MOST_EPOCHS, Trained, batches, trained
from verification.random_examples.truth.network import Layer, Network
from verification.random_examples.truth.numbers import numbers
from worked_examples.schema.trainings.learning_rate import LearningRates
from worked_examples.schema.trainings.optimizer import OPTIONS
from worked_examples.schema.trainings.training import Training

DATA = numbers([["1"], ["2"]]), numbers([["3"], ["1"]])
LINE = Network(("identity",), "half squared error"), (numbers([["1"]]), numbers(["0"])), *DATA


@pytest.fixture
def trainings(drawn: Callable[..., list[Any]]) -> list[Trained]:
    """Trainings of a line."""
    found: list[Trained] = drawn(trained(*LINE), 200)
    return found


def test_every_setting_is_tried(trainings: list[Trained]) -> None:
    """Optimizer, rate, batches, order, trainable parameters, first epoch, criteria; no more epochs than affordable."""
    settings = [Training.model_validate(training.table) for training in trainings]
    assert {setting.method.name for setting in settings} == set(OPTIONS)
    assert {type(setting.learning_rate) for setting in settings} == {str, list, LearningRates}
    assert {setting.batch_size for setting in settings} == {"full", 1, 2, 3}
    orders = {setting.order if isinstance(setting.order, str) else "lists" for setting in settings}
    assert orders == {"sequential", "swap shuffle", "permutation", "with replacement", "lists"}
    assert {setting.trains_biases for setting in settings} == {True, False}
    assert {setting.first_epoch for setting in settings} == {0, 1}
    assert {setting.stopping_criterion and setting.criterion.test for setting in settings} == {None, "<", "<="}
    assert max(training.last for training in trainings) <= MOST_EPOCHS
    assert max(training.last for training in trainings) > 20


def test_a_criterion_holds_where_the_training_ends(trainings: list[Trained]) -> None:
    """At the printed epoch, counted as the book counts, and not before the last."""
    stopped = [training for training in trainings if "epoch" in training.table.get("stopping_criterion", {})]
    assert stopped
    assert all(training.table["stopping_criterion"]["epoch"] == training.last + training.first_epoch for training in stopped)
    others = [training for training in trainings if "epoch" not in training.table.get("stopping_criterion", {})]
    assert all(training.last in (training.table["max_epochs"], 0) for training in others)


def test_a_training_that_cannot_move_is_known(drawn: Callable[..., list[Any]]) -> None:
    """The derivative of a step is 0."""
    assert all(training.never_moves for training in drawn(trained(LINE[0]._replace(activations=("step",)), *LINE[1:]), 5))


def test_batches_have_the_sizes_that_a_network_admits(drawn: Callable[..., list[Any]]) -> None:
    """0 is the full one, and a network without parameters does not move."""
    found = drawn(trained(*LINE, sizes=(0, 2)), 20)
    assert {training.table.get("batch_size", "full") for training in found} == {"full", 2}
    still = Network(("identity",), "half squared error", layers=(Layer("flatten", {"shape": [-1]}, (0,)),))
    assert all(training.never_moves for training in drawn(trained(still, (), *DATA), 5))


def test_the_last_batch_of_a_list_is_none_that_layers_do_not_admit(drawn: Callable[..., list[Any]]) -> None:
    """Where no batch may be of one sample, neither is what is left over."""

    @st.composite
    def orders_of(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
        batch, _, orders = draw(batches({}, 4, (0, 2, 3)))
        return batch, orders

    lengths = {(batch, len(order)) for batch, orders in drawn(orders_of(), 400) for order in orders if len(order) != 4}
    assert lengths == {(2, 2), (3, 3), (3, 5), (3, 6)}

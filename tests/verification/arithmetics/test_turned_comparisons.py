"""Comparisons inside a training that rounding may turn."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.arithmetics.turned_comparisons import is_waiting_turned, turned
from verification.case import Case
from verification.session import Session
from worked_examples import NetworkExample

OPEN = "which of two numbers is greater cannot be decided at this precision"


def test_an_output_that_reaches_the_kink_of_its_loss_may_turn(written: Callable[[str], Any]) -> None:
    """From 0.2 in steps of 0.1: at epoch 8 it is 1 exactly, where the hinge ends, and in float64 on either side of it."""
    example = written(HINGE)
    case = Case(example, "reference", Session([example]))
    assert [turned(case, epoch) for epoch in (8, 9)] == [None, (8, OPEN)]


def test_where_no_comparison_is_near_nothing_is_excused(
    network: Callable[[str], NetworkExample], written: Callable[[str], Any]
) -> None:
    """A linear net compares nothing, and a ReLU of 0.1 is far from its bound; nor is an epoch that is not recorded."""
    linear = Case(network("numpy-dnn/311_1"), "reference", Session())
    assert turned(linear, 20) is None
    assert turned(linear, 21) is None
    active = written(ACTIVE)
    assert turned(Case(active, "reference", Session([active])), 3) is None


@pytest.mark.parametrize(
    ("min_delta", "stop", "patience", "turns"),
    [
        ("0.09375", 1, 1, False),
        ("0.09375", 2, 1, True),
        ("0.09375", 3, 2, True),
        ("0.09374", 2, 1, False),
        ("0.09376", 3, 2, False),
        ("0.09375", 1001, 1000, False),
    ],
)
def test_a_stop_by_patience_hangs_on_the_losses_that_it_waited_for(
    min_delta: str, stop: int, patience: int, turns: bool, written: Callable[[str], Any]
) -> None:
    """After epoch 1 the watched loss is 1/8, after epoch 2 1/32, which is 0.09375 less; a thousand epochs are not gone through."""
    example = written(WATCHED.replace("PATIENCE", str(patience)).replace("MIN_DELTA", min_delta))
    assert is_waiting_turned(Case(example, "reference", Session([example])), stop) is turns


HINGE = """
kind = "network"
network = { loss = "hinge", layers = [{ kernel = [["0.2"]], bias = ["0"], activation = "identity" }] }
data = { input = [["1"]], target = [["1"]] }
training = { optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 10, trainable = ["kernel"] }
"""
ACTIVE = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["0.1"]], bias = ["0"], activation = "relu" }] }
data = { input = [["1"]], target = [["1"]] }
training = { optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 3 }
"""
WATCHED = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["0.2"]], bias = ["0.1"], activation = "identity" }] }
data = { input = [["0"]], target = [["1.1"]] }
further_data.watched = { input = [["0"]], target = [["1.1"]] }

[training]
optimizer = "gradient descent"
learning_rate = "0.5"
max_epochs = 2000
stopping_criterion = { patience = PATIENCE, of = "watched", min_delta = "MIN_DELTA" }
"""

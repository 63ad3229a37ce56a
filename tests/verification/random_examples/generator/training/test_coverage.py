"""The generator knows all that a fixture's ``[training]``, loss and penalty can say: every key and every word of the schema."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from hypothesis import strategies as st

from reference.optimization.stopping import ERRORS
from reference.optimization.weight_decay import DECAYS
from verification.random_examples.generator.networks import given_networks
from verification.random_examples.generator.training.patience import patient
from verification.random_examples.generator.training.rules import ACTIVATIONS
from verification.random_examples.generator.training.stopping import CRITERIA, stopped
from verification.random_examples.generator.trainings import BATCHES, SEEDED, settings_of, trained
from verification.random_examples.generator.trainings import DECAYS as OUR_DECAYS
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import numbers
from verification.random_examples.truth.stopping import CLASSES
from verification.random_examples.truth.training import ORDERS, Epoch
from worked_examples.schema.layers.network import Network as NetworkTable
from worked_examples.schema.trainings.stopping import CRITERIA as OUR_CRITERIA
from worked_examples.schema.trainings.training import SEEDED as OUR_SEEDED
from worked_examples.schema.trainings.training import Training

Unsaid = Callable[..., set[str]]
LINE = Network(("identity",), "half squared error")
CHAIN = Network(("identity", "tanh"), "half squared error")
PERCEPTRON = LINE._replace(activations=("step",), rule="perceptron")
PARAMETERS, X = (numbers([["1"]]), numbers(["0"])), numbers([["1"], ["-1"]])
DATA = PARAMETERS, X, X
REACHED = [Epoch(number, PARAMETERS, mpmath.mpf(2) ** -number, dict.fromkeys(CLASSES, 3 - number)) for number in range(4)]


@st.composite
def tables_of(draw: st.DrawFn, network: Network) -> dict[str, Any]:
    """The table of a training of three samples, which is not made: its epochs are always the same."""
    table: dict[str, Any] = {"max_epochs": 3}
    draw(settings_of(table, network, 3, BATCHES))
    draw(stopped(table, REACHED, 0, of_classes=draw(st.booleans())))
    return table


@st.composite
def patient_tables(draw: st.DrawFn) -> dict[str, Any]:
    """The table of a training that further data stop."""
    table: dict[str, Any] = {"max_epochs": 3}
    draw(patient(table, LINE, REACHED, 0, X, X))
    return table


def test_every_key_and_word_of_a_training_is_drawn(drawn: Callable[..., list[Any]], unsaid: Unsaid) -> None:
    """Also those of optimizers, learning rates, weight decays and stopping criteria: a new one without an entry fails."""
    tables = [
        *drawn(tables_of(LINE), 500),
        *drawn(tables_of(PERCEPTRON), 5),
        *drawn(tables_of(CHAIN), 100),
        *drawn(patient_tables(), 60),
    ]
    tables += [training.table for training in drawn(trained(LINE, *DATA), 20)]
    assert unsaid(Training, tables) == set()


def test_every_key_and_word_of_a_loss_is_drawn(drawn: Callable[..., list[Any]], unsaid: Unsaid) -> None:
    """Reductions and penalties; the losses themselves are those of the parts of a run."""
    tables = [given.table for given in drawn(given_networks("half squared error", "tanh"), 100)]
    assert unsaid(NetworkTable, tables, "loss", "layers") == set()


def test_criteria_decays_and_classes_are_those_of_the_schema() -> None:
    """By their names."""
    assert {*CRITERIA, "patience"} == set(OUR_CRITERIA)
    assert set(ORDERS) == {"sequential", *SEEDED} == {"sequential", *OUR_SEEDED}
    assert set(OUR_DECAYS) == set(DECAYS)
    assert set(CLASSES) == set(ERRORS)


def test_every_rule_is_one_of_units() -> None:
    """The gradient's is that of every other network, and of the ADALINE; with updated weights some of these are trained."""
    (words,) = (word for word in Training.model_fields["rule"].metadata if hasattr(word, "accepted"))
    assert set(words.accepted) == {*ACTIVATIONS} - {"adaline"} | {"gradient", "updated weights"}


@pytest.mark.parametrize("model", [Training, NetworkTable])
def test_a_new_key_or_word_is_missed(model: Any, unsaid: Unsaid) -> None:
    """Without any table, all of them are."""
    missed = unsaid(model, [])
    assert {"stopping_criterion", "rule = perceptron", "change_below"} <= missed or {"penalty", "half = True", "l1"} <= missed

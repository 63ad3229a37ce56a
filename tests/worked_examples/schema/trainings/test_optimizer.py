"""Optimizers of a training: their options, the formula that they are, and what is refused."""

from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest

from reference.optimization.optimizers import OPTIMIZERS
from worked_examples import NetworkExample
from worked_examples.schema.trainings.optimizer import OPTIONS, Optimizer

NAME = "ours/one-by-one"
NAMED = 'optimizer = "gradient descent"'
EVERY: list[dict[str, Any]] = [
    {"name": "gradient descent"},
    {"name": "momentum", "momentum": "0.9"},
    {"name": "momentum", "momentum": "0.9", "velocity": "rate outside"},
    {"name": "momentum", "momentum": "0.9", "velocity": "average"},
    {"name": "momentum", "momentum": "0.9", "velocity": "rate outside", "dampening": "0.5"},
    {"name": "momentum", "momentum": "0.9", "nesterov": True},
    {"name": "momentum", "momentum": "0.9", "nesterov": True, "velocity": "rate outside"},
    {"name": "adagrad", "epsilon": "1e-7"},
    {"name": "adadelta"},
    {"name": "rmsprop", "epsilon": "1e-7"},
    {"name": "rmsprop", "epsilon": "1e-7", "centered": True},
    {"name": "rmsprop", "epsilon": "1e-7", "momentum": "0.5"},
    {"name": "adam"},
    {"name": "adam", "epsilon_hat": True},
]


def test_every_formula_of_the_reference_can_be_chosen() -> None:
    """Each by one choice of options."""
    assert sorted(Optimizer.model_validate(table).formula for table in EVERY) == sorted(OPTIMIZERS)


@pytest.mark.parametrize("table", EVERY, ids=str)
def test_the_formula_gets_all_its_arguments(table: dict[str, Any]) -> None:
    """Numbers and words are those that the step takes besides state, parameter, gradient, learning rate and number."""
    optimizer = Optimizer.model_validate(table)
    taken = [name for name in signature(OPTIMIZERS[optimizer.formula].step).parameters if not name.startswith(("power", "state"))]
    assert {*optimizer.coefficients, *optimizer.words} == {*taken} - {"w", "g", "learning_rate", "t"}


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ({"name": "gradient descent"}, "gradient descent"),
        ({"name": "momentum", "momentum": "0.9", "velocity": "rate outside"}, "momentum, rate outside"),
        ({"name": "adagrad", "epsilon": "1e-7"}, "adagrad, epsilon outside the root"),
        ({"name": "adagrad", "epsilon": "1e-7", "eps_in_sqrt": True}, "adagrad, epsilon inside the root"),
        ({"name": "rmsprop", "epsilon": "0", "centered": True}, "rmsprop, centered, without epsilon"),
        (
            {"name": "rmsprop", "epsilon": "0", "momentum": "0.5", "velocity": "rate outside"},
            "rmsprop, momentum, rate outside, without epsilon",
        ),
        ({"name": "adam", "epsilon_hat": True}, "adam, epsilon hat"),
    ],
)
def test_a_rule_says_what_frameworks_differ_about(table: dict[str, Any], rule: str) -> None:
    """Where epsilon is 0, its place does not matter."""
    assert Optimizer.model_validate(table).rule == rule


def test_an_optimizer_may_be_only_named(loaded: Callable[..., NetworkExample]) -> None:
    """Its options are then those of its paper."""
    training = loaded(NAME, NAMED, 'optimizer = "adam"').training
    assert training
    assert training.method.coefficients == {"beta1": "0.9", "beta2": "0.999", "epsilon": "1e-8"}


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            '"Adam"',
            "training.optimizer: 'Adam' is not an optimizer; accepted: adadelta, adagrad, adam, gradient descent, momentum, "
            "rmsprop; did you mean 'adam'?",
        ),
        (
            '"momentum"',
            'training.optimizer: momentum needs momentum; write { name = "momentum", momentum = "..." }',
        ),
        (
            '{ name = "rmsprop" }',
            "training.optimizer.epsilon: missing; rmsprop does not have a value that everybody takes",
        ),
        (
            '{ name = "adam", momentum = "0.9" }',
            "training.optimizer.momentum: adam does not have it; accepted: beta1, beta2, epsilon, epsilon_hat",
        ),
        (
            '{ name = "gradient descent", momentum = "0.9" }',
            "training.optimizer.momentum: gradient descent does not have it; accepted: no option",
        ),
        (
            '{ name = "momentum", momentum = "1" }',
            "training.optimizer.momentum: 1; accepted: a number between 0 and 1",
        ),
        (
            '{ name = "adam", epsilon = "-1e-8" }',
            "training.optimizer.epsilon: -1e-8; accepted: a number from 0",
        ),
        (
            '{ name = "momentum", momentum = "0.9", dampening = "0.5" }',
            'training.optimizer.dampening: accepted with velocity = "rate outside" and without nesterov, as PyTorch has it',
        ),
        (
            '{ name = "momentum", momentum = "0.9", nesterov = true, velocity = "average" }',
            'training.optimizer.velocity: with nesterov accepted: "rate inside", "rate outside"',
        ),
        (
            '{ name = "rmsprop", epsilon = "0", velocity = "rate outside" }',
            "training.optimizer.velocity: rmsprop without momentum does not have one",
        ),
        (
            '{ name = "rmsprop", epsilon = "0", momentum = "0.5", velocity = "average" }',
            'training.optimizer.velocity: with rmsprop accepted: "rate inside", "rate outside"',
        ),
        (
            '{ name = "rmsprop", epsilon = "0", momentum = "0.5", centered = true }',
            "training.optimizer.centered: accepted without momentum",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(refusal: Callable[..., str], new: str, message: str) -> None:
    """In one line with the key, and what is accepted."""
    assert refusal(NAME, NAMED, f"optimizer = {new}") == message


def test_every_optimizer_has_a_line_in_the_table_of_options() -> None:
    """What is accepted is a field."""
    assert {key for options in OPTIONS.values() for key in options} == set(Optimizer.model_fields) - {"name"}

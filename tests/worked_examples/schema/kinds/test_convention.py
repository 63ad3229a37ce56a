"""Conventions: formulas are the reference's, calls of frameworks are dotted names, differences are numbers or words."""

from collections.abc import Callable

import pytest

from adapters.reference.layers import LAYERS
from reference.optimization.weight_decay import DECAYS
from worked_examples import Example
from worked_examples.schema.kinds.convention import BOOK_FORMULAS, PRECEDING

NAME = "dl-python/optimizers"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            'book = {call = "momentum", ',
            'book = {call = "momemtum", ',
            "conventions[2]: 'momemtum' is not a formula of the family 'optimizer'; accepted: adadelta, adagrad, adam, ",
            id="formula",
        ),
        pytest.param(
            'book = {call = "sgd"}',
            'book = {call = "sgd", before = {call = "l3"}}',
            "conventions[1]: 'l3' is not what precedes a formula of the family 'optimizer'; accepted: decoupled, l2",
            id="decay",
        ),
        pytest.param(
            'default = {call = "optim.SGD"}',
            'default = {call = "optim.SGD()"}',
            "conventions[0]: 'optim.SGD()' is not a call; accepted: a dotted name such as 'optim.SGD', or with ' kernel' ",
            id="call",
        ),
        pytest.param(
            'default = {call = "optim.SGD"}',
            'default = {call = "optim._C..x"}',
            "conventions[0]: 'optim._C..x' is not a call; accepted: ",
            id="path",
        ),
        pytest.param('name = "momentum"', 'name = "sgd"', "conventions: 'sgd' is the name of two", id="two-names"),
        pytest.param(
            'default_difference = "rounding"',
            'default_difference = "about 0.1"',
            "conventions[0].engines.keras.default_difference: 'about 0.1' is not a distance; accepted: a decimal string such as",
            id="distance",
        ),
        pytest.param(
            'family = "optimizer"',
            'family = "optimiser"',
            "conventions[0].family: 'optimiser' is not a family; accepted: function, initializer, layer, optimizer, training; did",
            id="family",
        ),
    ],
)
def test_a_bad_convention_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the convention and offers the nearest formula."""
    assert refusal(NAME, old, new).startswith(message)


def test_a_further_framework_needs_no_list(loaded: Callable[..., Example]) -> None:
    """A call of a framework that this project has no adapter for is accepted; its adapter says whether it exists."""
    assert loaded(
        NAME,
        '[conventions.engines.torch]\ndefault = {call = "optim.SGD"}',
        '[conventions.engines.jax]\ndefault = {call = "optax.sgd"}',
    )


def test_the_layers_are_those_that_the_reference_adapter_computes() -> None:
    """The one list that is written down here equals the table that gives the values."""
    assert set(BOOK_FORMULAS["layer"]) == set(LAYERS)


def test_a_decay_precedes_an_optimizer_and_is_not_one() -> None:
    """A weight decay changes gradients before a step; it is not an optimizer."""
    assert set(PRECEDING["optimizer"]) == set(DECAYS)
    assert not set(DECAYS) & set(BOOK_FORMULAS["optimizer"])

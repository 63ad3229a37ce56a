"""Penalties and weight decay: their coefficients, and what is refused."""

from collections.abc import Callable

import pytest

from worked_examples import FixtureError, NetworkExample, numbers
from worked_examples.schema.trainings.regularization import Penalty, WeightDecay

NAME = "ours/one-by-one"
TRAINING = 'optimizer = "gradient descent"'
NETWORK = 'loss = "half squared error"'


def test_a_halved_sum_of_squares_has_half_the_coefficient() -> None:
    """In every number type."""
    penalty = Penalty.model_validate({"l2": "0.1", "half": True})
    assert penalty.rule("float64") == (0.0, 0.05, ("kernel",))
    assert penalty.rule("exact").l2 == numbers("0.05", "exact")[()]
    assert Penalty.model_validate({"l1": "0.5", "l2": "0.25", "of": ["bias"]}).rule("float64") == (0.5, 0.25, ("bias",))


def test_weight_decay_is_of_all_parameters_unless_it_says_otherwise() -> None:
    """As in PyTorch and in Keras; its form is a formula of the reference."""
    decay = WeightDecay.model_validate({"decoupled": "0.1"})
    assert (decay.form, decay.coefficient, decay.of) == ("decoupled", "0.1", ["kernel", "bias"])
    assert WeightDecay.model_validate({"l2": "0.2", "of": ["kernel"]}).form == "l2"


def test_gradient_descent_with_weight_decay_is_not_a_plain_step(loaded: Callable[..., NetworkExample]) -> None:
    """Whoever needs a constant rate is told that there is none."""
    training = loaded(NAME, TRAINING, f'{TRAINING}\nweight_decay = {{ l2 = "0.1" }}').training
    assert training
    assert not training.constant_rate


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("{}", "training.weight_decay: exactly one of l2 and decoupled must be given"),
        ('{ l2 = "0.1", decoupled = "0.1" }', "training.weight_decay: exactly one of l2 and decoupled must be given"),
        ('{ l2 = "-0.1" }', "training.weight_decay.l2: -0.1; accepted: a number above 0"),
        (
            '{ l2 = "0.1", of = ["weight"] }',
            "training.weight_decay.of[0]: 'weight' is not a parameter; accepted: bias, kernel",
        ),
        (
            '{ l2 = "0.1", of = ["bias", "bias"] }',
            'training.weight_decay.of: accepted: ["kernel"], ["bias"] and ["kernel", "bias"]',
        ),
        (
            '{ l2 = "0.1" }\ntrainable = ["kernel"]',
            "training.weight_decay.of: 'bias' is not trainable; accepted here: ['kernel']",
        ),
    ],
)
def test_weight_decay_that_does_not_fit_is_refused(refusal: Callable[..., str], table: str, message: str) -> None:
    """In one line with the key, and what is accepted."""
    assert refusal(NAME, TRAINING, f"{TRAINING}\nweight_decay = {table}") == message


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("{}", "network.penalty: at least one of l1 and l2 must be given"),
        ('{ l1 = "0" }', "network.penalty.l1: 0; accepted: a number above 0"),
        ('{ l1 = "0.1", half = true }', "network.penalty.half: accepted with l2 only"),
        ('{ l2 = "0.1", of = [] }', "network.penalty.of: List should have at least 1 item after validation, not 0"),
    ],
)
def test_a_penalty_that_does_not_fit_is_refused(refusal: Callable[..., str], table: str, message: str) -> None:
    """In one line with the key, and what is accepted."""
    assert refusal(NAME, NETWORK, f"{NETWORK}\npenalty = {table}") == message


def test_a_parameter_that_is_not_trained_has_no_penalty(refusal: Callable[..., str]) -> None:
    """Engines would differ about it."""
    penalty = f'{NETWORK}\npenalty = {{ l2 = "0.1", of = ["kernel", "bias"] }}'
    assert refusal("backprop-notes/network-class", NETWORK, penalty) == (
        "network.penalty.of: 'bias' is not trainable; accepted here: ['kernel']"
    )


@pytest.mark.parametrize("words", ["penalty", "loss without penalty"])
def test_the_parts_of_a_loss_with_a_penalty_need_one(refusal: Callable[..., str], words: str) -> None:
    """Without a penalty the loss is named by its own name."""
    message = "printed[0].text: 'z2' is of a penalty; write [network] penalty, or 'loss'"
    assert refusal("ours/deltas", "layer 2 pre-activation", words) == message


PENALIZED = """
kind = "network"
network.loss = "half squared error"
network.penalty = { l2 = "1e300" }
network.layers = [{ kernel = [["KERNEL"]], bias = ["0"], activation = "identity" }]
data = { input = [["1"]], target = [["1"]] }
names = { y = "output" }
printed = [{ where = "on the page", arithmetic = "ARITHMETIC", epoch = 0, text = "y = 1" }]
"""


@pytest.mark.parametrize(
    ("kernel", "arithmetic", "message"),
    [
        ("1e5", "exact", "network.penalty: overflows float64; write smaller coefficients or weights"),
        (
            "1",
            "rounded chain",
            "printed[0].arithmetic: 'rounded chain' does not carry on a penalty; accepted here: exact, float64, float32",
        ),
    ],
)
def test_a_penalty_that_cannot_be_computed_is_refused(
    written: Callable[[str], NetworkExample], kernel: str, arithmetic: str, message: str
) -> None:
    """One that overflows, and one that is none of a reader's steps."""
    with pytest.raises(FixtureError) as caught:
        written(PENALIZED.replace("KERNEL", kernel).replace("ARITHMETIC", arithmetic))
    assert str(caught.value).endswith(f".toml: {message}")

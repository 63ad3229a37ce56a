"""A training that cannot change a parameter is refused when it is loaded: with the key, the reason and what to write instead."""

from collections.abc import Callable

import pytest

from worked_examples.schema.trainings.zero_gradients import constant_output, is_zero, no_step


@pytest.mark.parametrize(
    ("activation", "units", "reason"),
    [
        ("step", 3, "k: the derivative of 'step' is 0"),
        ("softmax", 1, "k: the softmax of one unit is always 1"),
        ("softmax", 2, ""),
        ("sigmoid", 1, ""),
    ],
)
def test_a_last_layer_without_slope_has_a_reason(activation: str, units: int, reason: str) -> None:
    """The derivative of its output by every pre-activation is 0."""
    assert constant_output("k", activation, units).startswith(reason)
    assert bool(constant_output("k", activation, units)) == bool(reason)


def test_zeros_are_told_from_numbers() -> None:
    """However 0 is written; random data are not given, and not 0."""
    assert is_zero([["0", "-0.0"], ["0e5", ".0"]])
    assert not is_zero([["0", "1e-300"]])
    assert not is_zero(None)
    assert no_step("0.00")
    assert not no_step("1e-9")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "numpy-dnn/313_1",
            'activation = "identity"',
            'activation = "step"',
            "network.layers[0].activation: the derivative of 'step' is 0, so that the loss changes no parameter; leave out "
            "[training], or write rule = 'perceptron' in it",
        ),
        (
            "numpy-dnn/313_1",
            'learning_rate = "0.01"',
            'learning_rate = "0.00"',
            "training.learning_rate: 0, so that no parameter is changed; leave out [training]",
        ),
        (
            "numpy-dnn/313_1",
            'activation = "identity"',
            'activation = "softmax"',
            "network.layers[0].activation: the softmax of one unit is always 1, so that the loss changes no parameter; "
            "write 'sigmoid'",
        ),
    ],
)
def test_a_training_that_never_moves_is_refused(refusal: Callable[..., str], name: str, old: str, new: str, message: str) -> None:
    """One line, when the fixture is loaded."""
    assert refusal(name, old, new) == message

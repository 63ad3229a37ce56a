"""Trainings that would never change a parameter, whatever the weights: every gradient is 0 by construction."""

from collections.abc import Sequence

from reference.activations import STEPS


def constant_output(key: str, activation: str, units: int) -> str:
    """Why every gradient of a network is 0 whose last layer is this; empty where it is not. The reason begins with ``key``."""
    if activation in STEPS:
        return (
            f"{key}: the derivative of '{activation}' is 0, so that the loss changes no parameter; leave out [training], "
            "or write rule = 'perceptron' in it"
        )
    if activation == "softmax" and units == 1:
        return f"{key}: the softmax of one unit is always 1, so that the loss changes no parameter; write 'sigmoid'"
    return ""


def is_zero(rows: Sequence[Sequence[str]] | None) -> bool:
    """Whether a given matrix has no entry but 0."""
    return rows is not None and not any(float(entry) for row in rows for entry in row)


def no_step(learning_rate: str) -> str:
    """Why a training with this learning rate changes nothing; empty where it does."""
    return "" if float(learning_rate) else "training.learning_rate: 0, so that no parameter is changed; leave out [training]"

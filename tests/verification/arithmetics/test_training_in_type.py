"""Trainings in a floating-point type."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import UndecidedError
from verification.arithmetics.training_in_type import initial_in_type, parameters_in_type
from verification.session import Session
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


def test_the_initial_weights_are_as_wide_as_one_unit(network: Network) -> None:
    """Of float32, 8 units: also those that are exact."""
    parameters = initial_in_type(network("numpy-dnn/311_1"), "float32")
    kernel = np.ravel(parameters[0].kernel)
    assert all(2.0**-22 < float(ball.rad()) / float(ball.mid()) < 2.0**-19 for ball in kernel)


def test_parameters_are_known_at_recorded_epochs_to_the_end(network: Network) -> None:
    """Beyond the end there are none; without a training there are the initial ones."""
    example = network("numpy-dnn/311_1")
    session = Session([example])
    assert parameters_in_type(session, example, 50, "float64")
    assert parameters_in_type(session, example, 79, "float64")
    assert parameters_in_type(session, example, 80, "float64") is None
    untrained = network("numpy-dnn/matrix-2x2")
    assert parameters_in_type(session, untrained, 0, "float64")
    assert parameters_in_type(session, untrained, 1, "float64") is None


def test_what_is_not_known_says_why(network: Network) -> None:
    """The budget, or the comparison that two programs may make differently."""
    example = network("numpy-dnn/316_1")
    with pytest.raises(UndecidedError, match=r"^followed to epoch 14 of 665: as far as --certify 0.02 allows$"):
        parameters_in_type(Session([example], certification=0.02), example, 665, "float64")
    with pytest.raises(UndecidedError, match=r"^followed to epoch 453 of 665: after epoch 453, whether .* cannot be decided"):
        parameters_in_type(Session([example]), example, 665, "float32")

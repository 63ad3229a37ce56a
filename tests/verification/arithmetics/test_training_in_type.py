"""Trainings in a floating-point type."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference.comparisons import UndecidedError
from verification.arithmetics.training_in_type import initial_in_type, parameters_in_type
from verification.records import Findings
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample

HALVED = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["2"]], bias = "none", activation = "identity" }] }
data = { input = [["1"]], target = [["0"]] }
further_data.validation = { input = [["1"]], target = [["1"]] }
training = { optimizer = "gradient descent", learning_rate = "0.5", max_epochs = 10, SETTINGS }
names = { w = "layer 1 kernel" }

[[printed]]
where = "console"
epoch = 5
arithmetic = "float32"
text = "w = 0.0625"
"""
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


@pytest.mark.parametrize("criterion", ['patience = 2, of = "validation"', 'change_below = "0.1"'])
def test_a_criterion_that_remembers_ends_it_too(
    criterion: str, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The weight is halved from 2 on; what is printed of an epoch behind the stop is of no program, also in this type."""
    example = written(HALVED.replace("SETTINGS", f"stopping_criterion = {{ {criterion} }}"))
    session = Session([example])
    assert parameters_in_type(session, example, 3, "float32")
    assert parameters_in_type(session, example, 4, "float32") is None
    assert [number.verdict for number in judged("printed", example).printed_numbers or []] == [Verdict.WRONG]


def test_what_is_not_known_says_why(network: Network) -> None:
    """The budget, or the comparison that two programs may make differently."""
    example = network("numpy-dnn/316_1")
    with pytest.raises(UndecidedError, match=r"^followed to epoch 14 of 665: as far as --certify 0.02 allows$"):
        parameters_in_type(Session([example], certification=0.02), example, 665, "float64")
    with pytest.raises(UndecidedError, match=r"^followed to epoch 453 of 665: after epoch 453, whether .* cannot be decided"):
        parameters_in_type(Session([example]), example, 665, "float32")

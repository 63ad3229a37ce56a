"""Enclosures of what a floating-point type gives."""

from collections.abc import Callable

import flint
import pytest

from verification.arithmetics.floating_point import enclosed, network_value
from verification.case import Case
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


def test_an_enclosure_has_the_radius_of_its_ball_and_the_witnesses() -> None:
    """A ball has bits fewer than the type, so that nothing is to be added."""
    value = enclosed(flint.arb(1, 2.0**-30), "float32", [1.0])
    assert 2.0**-30 <= float(value.radius) <= 4 * 2.0**-30
    assert (value.witnesses, value.of) == ((1.0,), "float32")


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "numpy-dnn/316_1", "numpy-dnn/matrix-2x2", "ours/one-by-one"])
@pytest.mark.parametrize("words", ["loss", "output [0, 0]", "gradient of layer 1 kernel [0, 0]", "layer 1 bias [0]"])
def test_what_an_engine_gives_lies_in_the_enclosure(name: str, dtype: str, words: str, network: Network) -> None:
    """Before training and at its end, in both types: the reference's own number is within the radius."""
    example = network(name)
    session = Session([example])
    case = Case(example, "reference", session)
    for epoch in (0, 50) if example.training else (0,):
        value = network_value(case, quantity(words), epoch, dtype)
        assert value
        assert all(abs(witness - float(value.decimal)) <= float(value.radius) for witness in value.witnesses)
        assert float(value.radius) <= max(abs(float(value.decimal)), 1.0) * {"float64": 1e-9, "float32": 1e-1}[dtype]


def test_an_epoch_after_the_end_of_the_training_has_no_value(network: Network) -> None:
    """The certified stop is 79, and no rounding of float64 moves it."""
    case = Case(network("numpy-dnn/311_1"), "reference", Session())
    assert network_value(case, quantity("loss"), 80, "float64") is None
    assert network_value(case, quantity("loss"), 79, "float64") is not None


def test_where_nothing_is_known_no_digit_is_certain(network: Network) -> None:
    """Beyond the budget the value says how far the training was followed, and a witness alone confirms nothing."""
    case = Case(network("numpy-dnn/311_1"), "reference", Session(certification=0.001))
    value = network_value(case, quantity("loss"), 60, "float64")
    assert value
    assert value.described("0.001") == (
        "in float64, followed to epoch 1 of 60: as far as --certify 0.001 allows: no digit is certain"
    )
    assert value.judge("0.001").verdict is Verdict.UNDECIDED

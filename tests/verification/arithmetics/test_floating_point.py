"""Enclosures of what a floating-point type gives."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from verification.arithmetics.floating_point import enclosed, network_value, snapshot_in
from verification.case import Case
from verification.exact.arithmetic import SAFETY_FACTOR
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


def test_an_enclosure_is_as_wide_as_rounding_allows() -> None:
    """The safety factor times the radius of the ball, and the witnesses."""
    value = enclosed(flint.arb(1, 2.0**-30), "float32", [1.0])
    assert SAFETY_FACTOR * 2.0**-30 <= float(value.radius) <= 4 * SAFETY_FACTOR * 2.0**-30
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


def test_an_epoch_that_is_not_recorded_has_no_snapshot(network: Network) -> None:
    """Nor has one after the end of the training."""
    case = Case(network("numpy-dnn/311_1"), "reference", Session())
    assert snapshot_in(case, 61, "float64") is None
    assert network_value(case, quantity("loss"), 1000, "float64") is None


def test_the_initial_weights_are_rounded_once(network: Network) -> None:
    """Their enclosures reach half a unit of float32 around the decimals."""
    snapshot = snapshot_in(Case(network("numpy-dnn/316_1"), "reference", Session()), 0, "float32")
    assert snapshot
    radii = [float(ball.rad()) for ball in np.ravel(snapshot.parameters[0].kernel)]
    assert all(0 < radius < 1e-6 for radius in radii)

"""Calculations in Keras."""

import numpy as np

from adapters.keras.operations import FUNCTIONS
from reference import graph


def test_only_assignment_is_absent() -> None:
    """Every other function of the reference is there, and none besides."""
    assert graph.FUNCTIONS.keys() ^ FUNCTIONS.keys() == {"assign"}


def test_a_condition_is_a_number() -> None:
    """The step is 0 at 0, the other step 1, both in the dtype of their operand."""
    x = np.array([-1.0, 0.0, 2.0])
    for name, expected in (("step", [0, 0, 1]), ("step at zero", [0, 1, 1])):
        computed = np.asarray(FUNCTIONS[name]({}, x))
        assert (computed.tolist(), computed.dtype) == (expected, x.dtype)

"""The frameworks' layers by default: as far from the book as is stated here, and with the settings of equality not at all."""

import numpy as np
import pytest

from adapters import Array
from tests.adapters.measure_defaults import DEFAULTS
from tests.adapters.measure_recurrent import RECURRENT_DEFAULTS
from tests.adapters.measuring import apart
from verification import exact_arithmetic

MEASURES = {**DEFAULTS, **RECURRENT_DEFAULTS}
EQUAL = "0"
STATED = {  # the greatest absolute difference from the book on the arrays of the measurement: Keras, PyTorch
    "batch norm: epsilon": ("7.12e-05", "2.95e-03"),
    "batch norm: momentum": ("1.82e-02", EQUAL),
    "batch norm: running variance": (EQUAL, "8.13e-03"),
    "padding same with stride": (EQUAL, "1.87e+00"),
    "average pooling at the edge": (EQUAL, "2.11e-01"),
    "convolution: flipped filter": ("3.42e+00", "3.42e+00"),
    "convolution: layout": ("9.23e+00", EQUAL),
    "flatten order": ("1.78e+00", EQUAL),
    "dropout: scale": ("3.33e-01", "3.33e-01"),
    "lstm: biases at the start": ("1.00e+00", "8.26e-01"),
    "lstm: gate order": (EQUAL, EQUAL),
    "gru: gate order": (EQUAL, "3.91e-01"),
    "gru: two forms": ("2.84e-01", "2.84e-01"),
    "recurrent: axes": ("7.84e-01", "2.02e-01"),
}
ROUNDINGS = 32  # no number of these small measurements passes through more of them


def floor(book: Array) -> float:
    """The rounding that is granted: as many units in the last place of the greatest number as there are operations."""
    return ROUNDINGS * 2.0 ** -exact_arithmetic.BITS["float64"] * float(np.max(np.abs(book), initial=1))


def test_every_measurement_is_stated() -> None:
    """No measured concept is left without its numbers."""
    assert STATED.keys() == MEASURES.keys()


@pytest.mark.parametrize("name", MEASURES)
def test_the_defaults_differ_as_stated_and_the_settings_agree(name: str) -> None:
    """A framework that changes a default is noticed; with the settings of equality only rounding is left."""
    book, keras, torch, keras_equal, torch_equal = MEASURES[name]()
    for found, stated in zip((keras, torch), STATED[name], strict=True):
        distance = apart(book, found)
        assert (EQUAL if distance <= floor(book) else f"{distance:.2e}") == stated
    for equal in (keras_equal, torch_equal):
        assert equal is None or apart(book, equal) <= floor(book)
    assert (torch_equal is None) == (name == "gru: two forms"), "PyTorch has the GRU in one form only"

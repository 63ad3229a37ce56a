"""Counting layers in Keras leaves no trace."""

from collections.abc import Callable

import keras

from adapters.keras.sizes import count
from worked_examples import NetworkExample


def test_the_default_type_is_as_before(network: Callable[[str], NetworkExample]) -> None:
    """Layers are counted in a small type; networks that train on are not."""
    keras.config.set_floatx("float64")
    assert [one.parameters for one in count(network("numpy-dnn/311_1"))] == [6]
    assert keras.config.floatx() == "float64"

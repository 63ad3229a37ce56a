"""The layers of Keras."""

import adapters.keras  # noqa: F401 -- chooses the backend

# isort: split

import keras
import numpy as np
import pytest
import tensorflow as tf

from adapters.calculation import UnsupportedError
from adapters.keras.layers import LAYERS, padding
from reference.layers import dropout


def test_padding_has_two_words() -> None:
    """No padding is "valid", that of equal size "same"; all other is unsupported, with what "same" would pad."""
    x = np.zeros((1, 1, 4, 4))
    assert padding({}, x, (2, 2)) == "valid"
    assert padding({"padding": 1}, x, (3, 3)) == "same"
    with pytest.raises(UnsupportedError, match=r"'same' pads \[\(1, 1\), \(1, 1\)\] here, not \[2, 2\] on either side"):
        padding({"padding": 2}, x, (3, 3))


def test_a_pooling_that_cannot_pad_so_is_unsupported() -> None:
    """Keras's "same" of an even stride pads on one side only."""
    with pytest.raises(UnsupportedError, match="'same' pads"):
        LAYERS["max pooling"]({"size": 3, "stride": 2, "padding": 1}, tf.zeros((1, 1, 4, 4), "float64"))


def test_dropout_is_the_inverted_one() -> None:
    """The mask that ``layers.Dropout`` makes scales by 1/keep_prob, forward and backward, and vanishes at inference."""
    layer, x = keras.layers.Dropout(0.25, seed=1, dtype="float64"), tf.reshape(tf.range(1.0, 31, dtype="float64"), (5, 6))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, training=True)
    mask = (y.numpy() != 0) * 1.0
    assert 0 < mask.sum() < mask.size
    assert np.allclose(y.numpy(), dropout.inverted(x.numpy(), mask, 0.75), rtol=1e-15, atol=0)
    assert np.allclose(tape.gradient(y, x).numpy(), mask / 0.75, rtol=1e-15, atol=0)
    assert np.array_equal(layer(x, training=False), x)

"""The parameters of a layer: arrays by name, empty where there is none."""

import numpy as np

from reference.layer_types.parameters import Layer, present


def test_what_a_layer_does_not_have_is_empty() -> None:
    """A layer without parameters has four empty arrays, which nobody can change."""
    assert [array.size for array in Layer()] == [0, 0, 0, 0]
    assert not Layer().kernel.flags.writeable


def test_all_arrays_that_are_there_are_present() -> None:
    """Layer by layer, in the order of the fields."""
    assert present([Layer(np.ones((1, 1))), Layer(np.ones((1, 1)), np.ones(1))]) == [
        (True, False, False, False),
        (True, True, False, False),
    ]

"""The functions of recipes that draw nothing."""

from collections.abc import Callable
from typing import Any

import numpy as np


def test_constants_and_rearrangements_are_numpy_s(draws: Callable[..., dict[str, Any]]) -> None:
    """Zeros, ones, ranges, arrays of lists, another shape, the transposed, and roots."""
    text = """
    a = zeros((2, 3))
    b = ones(4)
    c = arange(2, 8, 2)
    d = array([[1, 2], [3, 4]])
    e = transpose(d)
    f = reshape(arange(6), (2, 3))
    g = sqrt(2 / 3)
    h = sqrt(d)
    i = range(3)
    """
    values = draws(text)
    d = np.array([[1.0, 2], [3, 4]])
    expected = [np.zeros((2, 3)), np.ones(4), [2, 4, 6], d, d.T, [[0, 1, 2], [3, 4, 5]], np.sqrt(2 / 3), np.sqrt(d), [0, 1, 2]]
    for name, numbers in zip(values, expected, strict=True):
        assert np.array_equal(values[name], numbers), name


def test_new_arrays_have_the_stream_s_type(draws: Callable[..., dict[str, Any]]) -> None:
    """PyTorch's zeros are float32."""
    assert draws("a = zeros(2)", "torch.manual_seed", dtype="float32")["a"].dtype == np.float32

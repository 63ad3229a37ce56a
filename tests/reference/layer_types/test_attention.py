"""Scaled dot-product attention: gradients are central differences, and a causal one sees no later time."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.attention import Attention
from reference.layer_types.parameters import Layer


@pytest.mark.parametrize("causal", [True, False])
def test_gradients_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], causal: bool
) -> None:
    """By queries, keys and values."""
    arrays = random_balls(2, 3, 2, seed=1), random_balls(2, 3, 2, seed=2), random_balls(2, 3, 1, seed=3)
    assert_backward(Attention(causal), Layer(), *arrays)


@pytest.mark.parametrize("causal", [True, False])
def test_gradients_through_a_mask_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], causal: bool
) -> None:
    """Two keys of a row may be hidden at once; those of hidden keys are 0."""
    arrays = random_balls(2, 3, 2, seed=1), random_balls(2, 3, 2, seed=2), random_balls(2, 3, 1, seed=3)
    mask = np.array([[True, False, False], [True, True, False], [True, False, True]])
    assert_backward(Attention(causal, mask), Layer(), *arrays)
    assert_backward(Attention(causal, np.stack([mask, mask | True])), Layer(), *arrays)


def test_a_hidden_key_has_no_part_in_the_mean() -> None:
    """Without scores a query has the mean of the values that it sees."""
    zeros, values = np.zeros((1, 2, 4)), np.array([[[1.0], [3.0]]])
    mask = np.array([[False, True], [True, True]])
    assert Attention(mask=mask).forward(Layer(), zeros, zeros, values).ravel().tolist() == [3.0, 2.0]
    assert Attention(causal=True, mask=mask | True).forward(Layer(), zeros, zeros, values).ravel().tolist() == [1.0, 2.0]


def test_a_causal_head_sees_no_later_time() -> None:
    """The first query has the first value, whatever comes later; without scores the second has the mean of two."""
    zeros, values = np.zeros((1, 2, 4)), np.array([[[1.0], [3.0]]])
    assert Attention(causal=True).forward(Layer(), zeros, zeros, values).ravel().tolist() == [1.0, 2.0]
    assert Attention().forward(Layer(), zeros, zeros, values).ravel().tolist() == [2.0, 2.0]

"""Convolution and pooling: gradients are central differences; groups see their own channels only."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.images import AveragePooling, Convolution, MaxPooling
from reference.layer_types.parameters import NONE, Layer
from reference.layers.im2col import window


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("has_bias", [True, False])
def test_gradients_of_a_convolution_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], groups: int, has_bias: bool
) -> None:
    """With stride, padding and groups."""
    parameters = Layer(random_balls(2, 2 // groups, 2, 2), random_balls(2, seed=2) if has_bias else NONE)
    assert_backward(Convolution(window((2, 2), (1, 2), 1), groups), parameters, random_balls(2, 2, 3, 3, seed=3))


@pytest.mark.parametrize(
    "kind", [MaxPooling(window(2, 2)), AveragePooling(window(2, 1, 1)), AveragePooling(window(2, 1, 1), counts_padding=True)]
)
def test_gradients_of_pooling_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], kind: MaxPooling | AveragePooling
) -> None:
    """With padding that counts and that does not."""
    assert_backward(kind, Layer(), random_balls(1, 2, 4, 4))


def test_a_group_sees_its_own_channels() -> None:
    """Two filters of 1 x 1 with the kernels 2 and 3 on two channels."""
    x = np.array([[[[1.0]], [[10.0]]]])
    y = Convolution(window(1), 2).forward(Layer(np.array([2.0, 3.0]).reshape(2, 1, 1, 1)), x)
    assert y.ravel().tolist() == [2.0, 30.0]


def test_a_mean_counts_the_padding_where_it_is_said() -> None:
    """One pixel of 4 with a frame of zeros: the mean of a window of 2 x 2 is 4 or 1."""
    x = np.array([[[[4.0]]]])
    means = [AveragePooling(window(2, 2, 1), counts).forward(Layer(), x).ravel().tolist() for counts in (False, True)]
    assert means == [[4.0], [1.0]]

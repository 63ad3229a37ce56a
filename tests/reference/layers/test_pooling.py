"""Maximum and average pooling: ties, padding, and gradients."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reference.comparisons import UndecidedError
from reference.finite_differences import numerical_gradient
from reference.layers import pooling, stochastic_pooling
from reference.layers.im2col import window
from worked_examples import numbers


def test_the_first_of_equal_entries_is_the_greatest() -> None:
    """Among equal entries the gradient goes to the first, and where balls overlap the question stays open."""
    ties = np.ones((1, 1, 2, 2))
    assert pooling.maximum_backward(ties, window(2), np.ones((1, 1, 1, 1))).tolist() == [[[[1, 0], [0, 0]]]]
    wide = numbers([[[["1 +/- 0.1", "1.05 +/- 0.1"]]]], "ball")
    with pytest.raises(UndecidedError):
        pooling.maximum(wide, window((1, 2)))


def test_the_greatest_of_disjoint_balls_is_decided() -> None:
    """Balls need not be exact: it is enough that one certainly exceeds the others."""
    disjoint = numbers([[[["1 +/- 0.1", "2 +/- 0.1"]]]], "ball")
    assert pooling.maximum(disjoint, window((1, 2)))[0, 0, 0, 0] is disjoint[0, 0, 0, 1]


@pytest.mark.parametrize("number_type", ["float64", "rational", "ball"])
def test_the_padding_is_never_the_greatest(number_type: str) -> None:
    """Around an image of negative numbers."""
    x = numbers([[[["-3", "-1"], ["-2", "-4"]]]], number_type)
    assert pooling.maximum(x, window(2, 2, 1)).tolist() == [[[[-3, -1], [-2, -4]]]]


def test_pooling_has_no_parameters_and_keeps_channels() -> None:
    """As the slide says: every pooling layer takes nothing but the image (and draws), and gives as many channels."""
    x = np.arange(2 * 3 * 4 * 4, dtype=float).reshape(2, 3, 4, 4)
    for pool in (pooling.maximum, pooling.average, stochastic_pooling.expected):
        assert pool(x, window(2, 2)).shape == (2, 3, 2, 2)


def test_at_the_edge_the_two_averages_differ() -> None:
    """One divides by the entries inside the image, the other counts the zeros of the padding."""
    x = np.array([[[[4.0, 8.0]]]])
    assert pooling.average(x, window((1, 2), 1, (0, 1))).tolist() == [[[[4, 6, 8]]]]
    assert pooling.average_counted(x, window((1, 2), 1, (0, 1))).tolist() == [[[[2, 6, 4]]]]


@pytest.mark.parametrize(
    ("value", "backward"),
    [
        (pooling.maximum, pooling.maximum_backward),
        (pooling.average, pooling.average_backward),
        (pooling.average_counted, pooling.average_counted_backward),
    ],
)
def test_gradients_of_linear_pooling_are_exact_in_rationals(value: Callable[..., Any], backward: Callable[..., Any]) -> None:
    """On overlapping padded windows; a step that changes no greatest entry makes central differences exact."""
    x = np.array([Fraction(i * 7 % 24) for i in range(24)], dtype=object).reshape(1, 2, 4, 3)
    slide = window((3, 2), (2, 1), (1, 0))
    y = value(x, slide)
    dy = np.array([Fraction(i + 1, 3) for i in range(y.size)], dtype=object).reshape(y.shape)
    assert np.array_equal(numerical_gradient(lambda x: (value(x, slide) * dy).sum(), x, Fraction(1, 3)), backward(x, slide, dy))

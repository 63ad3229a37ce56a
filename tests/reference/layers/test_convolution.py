"""The convolution layer: the slide's example, and gradients exact in rationals."""

from fractions import Fraction

import numpy as np
import pytest

from reference.comparisons import Array
from reference.finite_differences import numerical_gradient
from reference.layers import convolution
from reference.layers.im2col import Window, im2col, window
from worked_examples import numbers


def rationals(*shape: int) -> Array:
    """Fractions of both signs."""
    size = int(np.prod(shape))
    return np.array([Fraction(i * 5 % 11 - 5, 4) for i in range(size)], dtype=object).reshape(shape)


def test_the_window_sees_what_the_slide_shows() -> None:
    """The slide's image and filter give all nine numbers; the windows are the rows of one matrix; exact in rationals."""
    image = numbers([list("11100"), list("01110"), list("00111"), list("00110"), list("01100")], "rational")[None, None]
    kernel = numbers([list("101"), list("010"), list("101")], "rational")[None, None]
    feature = convolution.forward(image, kernel, numbers(["0"], "rational"), window(3))
    assert feature[0, 0].tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert im2col(image, window(3)).shape == (9, 9)
    assert np.array_equal(convolution.flipped(kernel), kernel), "this filter is symmetric: a flip would not show"


def test_a_flip_rotates_the_filters() -> None:
    """By 180 degrees, channels and filters in place."""
    assert convolution.flipped(np.arange(8).reshape(2, 1, 2, 2)).tolist() == [[[[3, 2], [1, 0]]], [[[7, 6], [5, 4]]]]


@pytest.mark.parametrize("slide", [window((3, 2)), window((3, 2), (2, 1), (1, 0))])
def test_the_gradients_are_exact_in_rationals(slide: Window) -> None:
    """The layer is linear in image, filters and biases, so that central differences are its derivatives, whatever the step."""
    x, filters, bias = rationals(2, 2, 4, 3), rationals(3, 2, 3, 2), rationals(3)
    dy = rationals(*convolution.forward(x, filters, bias, slide).shape) + 1
    gradients = convolution.backward(x, filters, slide, dy)
    assert np.array_equal(
        numerical_gradient(lambda x: (convolution.forward(x, filters, bias, slide) * dy).sum(), x, 1), gradients.x
    )
    assert np.array_equal(
        numerical_gradient(lambda k: (convolution.forward(x, k, bias, slide) * dy).sum(), filters, 1), gradients.filters
    )
    assert np.array_equal(
        numerical_gradient(lambda b: (convolution.forward(x, filters, b, slide) * dy).sum(), bias, 1), gradients.bias
    )

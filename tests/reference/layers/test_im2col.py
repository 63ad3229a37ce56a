"""Sliding windows: how many there are, what they contain, and that the way back is the transpose."""

from fractions import Fraction

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layers.im2col import Window, col2im, im2col, pair, patches, same_padding, scatter, window

WINDOWS = [
    window(2),
    window((3, 2), (2, 1), (1, 0)),
    window(2, 3),
    Window((3, 3), (2, 2), ((0, 1), (2, 0))),
]


def image() -> Array:
    """Rationals 1, 2, ... of shape (2, 3, 6, 5)."""
    return np.array([Fraction(i + 1) for i in range(180)], dtype=object).reshape(2, 3, 6, 5)


def test_a_number_stands_for_both_directions() -> None:
    """Size, stride and padding may be one number, or one for height and one for width."""
    assert pair(3) == (3, 3)
    assert window(3, [2, 1], (1, 0)) == ((3, 3), (2, 1), ((1, 1), (0, 0)))


@pytest.mark.parametrize(
    ("extent", "size", "stride", "expected"), [(4, 3, 2, (0, 1)), (5, 3, 2, (1, 1)), (7, 2, 1, (0, 1)), (4, 1, 2, (0, 0))]
)
def test_same_padding_puts_the_larger_part_behind(extent: int, size: int, stride: int, expected: tuple[int, int]) -> None:
    """``ceil(extent / stride)`` windows fit, and an odd entry of padding comes last."""
    assert same_padding(extent, size, stride) == expected
    before, after = expected
    assert Window((size, 1), (stride, 1), ((before, after), (0, 0))).positions(extent, 1)[0] == -(-extent // stride)


def test_the_windows_of_a_small_image() -> None:
    """By hand: 2 x 2 windows on 2 x 3 pixels, and the padding holds what it is filled with."""
    x = np.arange(6).reshape(1, 1, 2, 3)
    assert patches(x, window(2))[0, 0].tolist() == [[[[0, 1], [3, 4]], [[1, 2], [4, 5]]]]
    assert patches(x, window(2, 2, (0, 1)), -1)[0, 0, 0].tolist() == [[[-1, 0], [-1, 3]], [[1, 2], [4, 5]]]


@pytest.mark.parametrize("slide", WINDOWS)
def test_a_row_of_the_matrix_is_a_window(slide: Window) -> None:
    """Windows in the order sample, row, column; entries in the order channel, row, column."""
    x = image()
    height, width = slide.positions(6, 5)
    matrix = im2col(x, slide)
    assert matrix.shape == (2 * height * width, 3 * slide.size[0] * slide.size[1])
    assert matrix[-1].tolist() == patches(x, slide)[1, :, -1, -1].ravel().tolist()


@pytest.mark.parametrize("slide", WINDOWS)
def test_the_way_back_is_the_transpose(slide: Window) -> None:
    """For all x and y, <patches(x), y> = <x, scatter(y)>, and likewise for im2col and col2im: exact in rationals."""
    x = image()
    windows = patches(x, slide)
    y = np.array([Fraction(i % 7 - 3, 2) for i in range(windows.size)], dtype=object).reshape(windows.shape)
    assert (windows * y).sum() == (x * scatter(y, x, slide)).sum()
    y = y.reshape(im2col(x, slide).shape)
    assert (im2col(x, slide) * y).sum() == (x * col2im(y, x, slide)).sum()

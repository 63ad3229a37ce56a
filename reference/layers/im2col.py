"""Windows that slide over images: what convolution and pooling share (dl-python, VII.2 and VII.3).

Images are ``(N, C, H, W)`` and filters ``(FN, C, FH, FW)``, as on the slides: sample, channel, row, column.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array


class Window(NamedTuple):
    """The height and width of a window, its stride, and the padding ``((top, bottom), (left, right))`` of the image."""

    size: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[tuple[int, int], tuple[int, int]]

    def positions(self, height: int, width: int) -> tuple[int, int]:
        """The number of windows of an image: ``(padded size - window size) // stride + 1`` in either direction."""
        rows, columns = (
            (extent + sum(padding) - size) // stride + 1
            for extent, padding, size, stride in zip((height, width), self.padding, self.size, self.stride, strict=True)
        )
        return rows, columns


def pair(number: int | Sequence[int]) -> tuple[int, int]:
    """A number for height and width, or one for each."""
    first, second = (number, number) if isinstance(number, int) else number
    return first, second


def window(size: int | Sequence[int], stride: int | Sequence[int] = 1, padding: int | Sequence[int] = 0) -> Window:
    """A window whose padding is the same on opposite sides."""
    vertical, horizontal = pair(padding)
    return Window(pair(size), pair(stride), ((vertical, vertical), (horizontal, horizontal)))


def same_padding(extent: int, size: int, stride: int) -> tuple[int, int]:
    """The padding before and after for ``ceil(extent / stride)`` windows; of an odd total the larger part is after."""
    total = max((-(-extent // stride) - 1) * stride + size - extent, 0)
    return total // 2, total - total // 2


def patches(x: Array, slide: Window, fill: Any = 0) -> Array:
    """The entries of every window, ``(N, C, OH, OW, FH, FW)``; the padding holds ``fill``."""
    padded = np.pad(x, ((0, 0), (0, 0), *slide.padding), constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(padded, slide.size, axis=(2, 3))
    return windows[:, :, :: slide.stride[0], :: slide.stride[1]]


def scatter(windows: Array, x: Array, slide: Window) -> Array:
    """The transpose of ``patches``: adds every entry of ``(N, C, OH, OW, FH, FW)`` to its pixel; shape of ``x``."""
    zeros = (x * 0).astype(np.result_type(x, windows))  # complex windows of a real image are complex
    total = np.pad(zeros, ((0, 0), (0, 0), *slide.padding))
    (rows, columns), (down, right) = windows.shape[2:4], slide.stride
    for i, j in np.ndindex(slide.size):
        total[:, :, i : i + down * rows : down, j : j + right * columns : right] += windows[..., i, j]
    (top, _), (left, _) = slide.padding
    return total[:, :, top : top + x.shape[2], left : left + x.shape[3]]


def im2col(x: Array, slide: Window) -> Array:
    """Image to columns: one window a row, ``(N OH OW, C FH FW)``, so that a convolution is one matrix product."""
    windows = patches(x, slide)
    samples, channels, height, width = windows.shape[:4]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(samples * height * width, channels * slide.size[0] * slide.size[1])


def col2im(matrix: Array, x: Array, slide: Window) -> Array:
    """The transpose of ``im2col``: maps a gradient with respect to the matrix of windows to the one with respect to ``x``."""
    samples, channels, *extent = x.shape
    shape = (samples, *slide.positions(*extent), channels, *slide.size)
    return scatter(matrix.reshape(shape).transpose(0, 3, 1, 2, 4, 5), x, slide)

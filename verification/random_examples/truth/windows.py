"""Layers that slide a window over images ``(N, C, H, W)``: each result is computed from its own pixels, one after the other."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, array, first_greatest, sign
from verification.random_examples.truth.operations import Function, Parameters


def pair(extent: Any) -> tuple[int, int]:
    """One number for rows and columns, or one for each."""
    rows, columns = (extent, extent) if isinstance(extent, int) else extent
    return rows, columns


def window_count(p: Parameters, x: Array, size: tuple[int, int]) -> tuple[int, int]:
    """How many windows there are below and beside one another."""
    stride, padding = pair(p.get("stride", 1)), pair(p.get("padding", 0))
    rows, columns = ((x.shape[2 + i] + 2 * padding[i] - size[i]) // stride[i] + 1 for i in (0, 1))
    return rows, columns


def pixels(p: Parameters, x: Array, size: tuple[int, int], at: tuple[int, ...], channel: int) -> Iterator[Any]:
    """The pixels of the window of sample, row and column ``at``, in one channel; None in the padding."""
    stride, padding = pair(p.get("stride", 1)), pair(p.get("padding", 0))
    sample, *place = at
    for offset in np.ndindex(size):
        i, j = (place[k] * stride[k] + offset[k] - padding[k] for k in (0, 1))
        inside = 0 <= i < x.shape[2] and 0 <= j < x.shape[3]
        yield x[sample, channel, i, j] if inside else None


def convolution(branches: Branches, p: Parameters, x: Array, filters: Array, bias: Array) -> Array:
    """Sums of pixels times weights, plus a bias, for each filter."""
    size = filters.shape[2:]
    y = np.empty((x.shape[0], len(filters), *window_count(p, x, size)), dtype=object)
    for sample, number, row, column in np.ndindex(y.shape):
        entries = (list(pixels(p, x, size, (sample, row, column), channel)) for channel in range(x.shape[1]))
        pairs = (
            pair for weights, seen in zip(filters[number], entries, strict=True) for pair in zip(weights.ravel(), seen, strict=True)
        )
        y[sample, number, row, column] = bias[number] + mpmath.fsum(weight * pixel for weight, pixel in pairs if pixel is not None)
    return y


def pooling(of_window: Callable[..., Any]) -> Function:
    """A layer whose result is computed from one window of one channel; ``more`` arrays have one entry for each."""

    def value(branches: Branches, p: Parameters, x: Array, *more: Array) -> Array:
        size = pair(p["size"])
        y = np.empty((*x.shape[:2], *window_count(p, x, size)), dtype=object)
        for sample, channel, row, column in np.ndindex(y.shape):
            entries = list(pixels(p, x, size, (sample, row, column), channel))
            y[sample, channel, row, column] = of_window(branches, entries, *(array[sample, channel, row, column] for array in more))
        return y

    return value


def greatest(branches: Branches, entries: list[Any]) -> Any:
    """The greatest pixel; the padding is none."""
    inside = [entry for entry in entries if entry is not None]
    return inside[branches(lambda: first_greatest(inside))]


def mean(branches: Branches, entries: list[Any]) -> Any:
    """The mean of the pixels inside the image."""
    inside = [entry for entry in entries if entry is not None]
    return mpmath.fsum(inside) / len(inside)


def mean_counted(branches: Branches, entries: list[Any]) -> Any:
    """The mean of all entries, those of the padding 0."""
    return mpmath.fsum(entry or 0 for entry in entries) / len(entries)


def selected(branches: Branches, entries: list[Any], draw: Any) -> Any:
    """The first pixel at which the running sum exceeds ``draw`` times the sum; the first one where no running sum does."""
    values = [mpmath.mpf(0) if entry is None else entry for entry in entries]

    def place() -> int:
        limit, running = draw * mpmath.fsum(values), mpmath.mpf(0)
        for position, value in enumerate(values):
            running += value
            if sign(running - limit) > 0:
                return position
        return 0

    return values[branches(place)]


def expected(branches: Branches, entries: list[Any]) -> Any:
    """The sum of the squares over the sum."""
    inside = [entry for entry in entries if entry is not None]
    return mpmath.fsum(entry**2 for entry in inside) / mpmath.fsum(inside)


def crop(branches: Branches, p: Parameters, x: Array) -> Array:
    """Some rows and columns of all images."""
    rows, columns = p["index"]
    return array([[image[rows.start : rows.stop, columns.start : columns.stop] for image in channels] for channels in x])


WINDOWS: Mapping[str, Function] = {
    "convolution": convolution,
    "max pooling": pooling(greatest),
    "average pooling": pooling(mean),
    "average pooling, padding counted": pooling(mean_counted),
    "stochastic pooling": pooling(selected),
    "expected pooling": pooling(expected),
    "flip": lambda branches, p, x: np.flip(x, p["axis"]),
    "crop": crop,
}

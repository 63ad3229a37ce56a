"""How layers of images are used: convolution and pooling."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import divisors, images

Pair = tuple[int, int]
LAYOUTS = ("(out, in, rows, columns)", "(rows, columns, in, out)")


class Slide(NamedTuple):
    """Of each of two directions the size of the window, its stride, the padding, and the number of windows."""

    size: Pair
    stride: Pair
    padding: Pair
    windows: Pair


def slide(b: LayerBuilder, sides: tuple[int, ...], *, half: bool) -> Slide:
    """A window that fits into the padded image; ``half``: the padding is at most half of it."""
    of_sides = []
    for side in sides:
        padding = b.draw(st.sampled_from((0, 0, 0, 1)))
        least, most = 2 * padding if half else 1, min(3, side + 2 * padding)
        size, stride = b.draw(st.integers(min(least or 1, most), most)), b.draw(st.integers(1, 2))
        of_sides.append((size, stride, padding, (side + 2 * padding - size) // stride + 1))
    of_rows, of_columns = of_sides
    return Slide(*zip(of_rows, of_columns, strict=True))


def extent(b: LayerBuilder, pair: Pair) -> Any:
    """One number for both directions where they agree, now and then two equal ones."""
    return pair[0] if pair[0] == pair[1] and b.draw(st.integers(0, 3)) else list(pair)


def written(b: LayerBuilder, window: Slide) -> dict[str, Any]:
    """Stride and padding of a convolution, which need not be written where they are 1 and 0."""
    is_default = {"stride": window.stride == (1, 1), "padding": window.padding == (0, 0)}
    return {name: extent(b, getattr(window, name)) for name, default in is_default.items() if not default or b.draw(st.booleans())}


def convolution(b: LayerBuilder) -> int:
    """Up to 2 filters in each of up to 2 groups."""
    channels, *sides = images(b)
    groups = b.draw(st.sampled_from([groups for groups in divisors(channels) if groups <= 2]))
    return convolved(b, groups * b.draw(st.integers(1, 2)), groups, slide(b, tuple(sides), half=False), b.last)


def pixelwise(b: LayerBuilder, filters: int, source: int) -> int:
    """So many filters of a single pixel."""
    rows, columns = b.shapes[source][1:]
    return convolved(b, filters, 1, Slide((1, 1), (1, 1), (0, 0), (rows, columns)), source)


def convolved(b: LayerBuilder, filters: int, groups: int, window: Slide, source: int) -> int:
    """A convolution of a layer."""
    seen, (layout, written_layout) = b.shapes[source][0] // groups, b.layout(LAYOUTS)
    extents = (filters, seen, *window.size) if layout == LAYOUTS[0] else (*window.size, seen, filters)
    weights = {"kernel": b.texts(*extents), "bias": b.bias(filters)}
    table = written(b, window) | ({"groups": groups} if groups > 1 or b.draw(st.booleans()) else {}) | written_layout
    options = {"stride": window.stride, "padding": window.padding, "groups": groups, "layout": layout}
    shape = (filters, *window.windows)
    return b.add("convolution", shape, (source,), weights, table, options, b.activation(shape), filters)


def pooling(b: LayerBuilder, kind: str, table: dict[str, Any]) -> None:
    """The window, whose stride is its size where no other is written."""
    channels, *sides = images(b)
    window = slide(b, tuple(sides), half=True)
    if b.draw(st.booleans()):
        counts = ((side + 2 * p - size) // size + 1 for side, p, size in zip(sides, window.padding, window.size, strict=True))
        rows, columns = counts
        window, strides = window._replace(stride=window.size, windows=(rows, columns)), {}
    else:
        strides = {"stride": extent(b, window.stride)}
    paddings = {"padding": extent(b, window.padding)} if any(window.padding) or b.draw(st.booleans()) else {}
    options = {"size": window.size, "stride": window.stride, "padding": window.padding}
    keys = {"size": extent(b, window.size), **strides, **paddings, **table}
    b.add(kind, (channels, *window.windows), (), {}, keys, {"counts_padding": False, **table, **options})


def max_pooling(b: LayerBuilder) -> None:
    """The greatest pixels."""
    pooling(b, "max pooling", {})


def average_pooling(b: LayerBuilder) -> None:
    """Means, with the padding or without."""
    pooling(b, "average pooling", b.draw(st.sampled_from(({}, {"counts_padding": True}, {"counts_padding": False}))))

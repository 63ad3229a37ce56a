"""How each layer of calculations is used at random, by its name."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.recipes import Recipe, Use


def images(b: Builder, domain: str = "any") -> str:
    """Images ``(N, C, H, W)``."""
    shapes = st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 4), st.integers(1, 4))
    return b.operand(shapes, lambda shape: len(shape) == 4 and max(shape) <= 5, domain, 100)


def extent(b: Builder, rows: int, columns: int) -> Any:
    """One number for both directions where they agree, now and then a pair of equal ones."""
    return rows if rows == columns and b.draw(st.booleans()) else [rows, columns]


def sliding(b: Builder, x: str, padded: bool = True) -> tuple[dict[str, Any], tuple[int, int]]:
    """Stride and padding, now and then left out, and the size of a window that fits into every image."""
    pairs = []
    for length in b.shape(x)[2:]:
        size = b.draw(st.integers(1, min(length, 3)))
        pairs.append((size, b.draw(st.integers(1, 2)), b.draw(st.integers(0, size // 2)) if padded else 0))
    sizes, strides, paddings = zip(*pairs, strict=True)
    parameters = {} if set(strides) == {1} and b.draw(st.booleans()) else {"stride": extent(b, *strides)}
    parameters |= {} if set(paddings) == {0} else {"padding": extent(b, *paddings)}
    return parameters, (sizes[0], sizes[1])


def convolution(b: Builder) -> Use:
    """Images, filters, biases."""
    x = images(b)
    parameters, size = sliding(b, x)
    filters = b.draw(st.integers(1, 2))
    return Use([x, b.of_shape((filters, b.shape(x)[1], *size), greatest=100), b.of_shape((filters,))], parameters)


def pooling(domain: str = "any", padded: bool = True) -> Recipe:
    """Images, and a window."""

    def use(b: Builder) -> Use:
        x = images(b, domain)
        parameters, size = sliding(b, x, padded)
        return Use([x], {"size": extent(b, *size), **parameters})

    return use


def stochastic(b: Builder) -> Use:
    """Images that are not negative, and a draw for each window."""
    x = images(b, "not negative")
    parameters, size = sliding(b, x, padded=False)
    strides = parameters.get("stride", 1)
    steps = [strides, strides] if isinstance(strides, int) else strides
    windows = [(length - a) // s + 1 for length, a, s in zip(b.shape(x)[2:], size, steps, strict=True)]
    return Use([x, b.setting((*b.shape(x)[:2], *windows), "fraction")], {"size": extent(b, *size), **parameters})


def batches(b: Builder) -> str:
    """A batch of units or of images, of which each channel has several entries."""
    shapes = st.sampled_from([(2, 1), (2, 2), (3, 2), (4, 1), (1, 2, 2, 2), (2, 1, 1, 3), (2, 2, 2)])
    return b.operand(shapes, lambda shape: len(shape) in (2, 4) and shape[0] * (shape[2] if len(shape) > 2 else 1) > 1, "any", 100)


def normalization(b: Builder) -> Use:
    """A batch, scale, shift and epsilon."""
    x = batches(b)
    channels = b.shape(x)[1:2]
    epsilon = b.given(b.draw(st.sampled_from(("0.001", "0.0009765625", "1e-5", "0.1"))), setting=True)
    return Use([x, b.of_shape(channels, greatest=100), b.of_shape(channels, greatest=100), epsilon])


def inference(b: Builder) -> Use:
    """The same, with a running mean and variance."""
    x, gamma, beta, epsilon = normalization(b).operands
    channels = b.shape(x)[1:2]
    return Use([x, gamma, beta, b.setting(channels), b.setting(channels, "not negative"), epsilon])


def dropout(b: Builder) -> Use:
    """An array, a mask of its shape (in rare cases of one row), and the probability of keeping."""
    x = b.array(1, 3)
    shape = b.shape(x) if b.draw(st.integers(0, 5)) else b.shape(x)[-1:]
    mask = b.fresh(shape, "fraction")
    return Use([x, mask, b.given(b.draw(st.sampled_from(("0.5", "0.8", "1", "0.3"))), setting=True)])


def sequence(gates: int, biases: tuple[int, ...]) -> Recipe:
    """A sequence ``(N, T, inputs)`` and the weights of a layer of so many gates and (one of) so many biases."""

    def use(b: Builder) -> Use:
        shapes = st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(1, 2))
        x = b.operand(shapes, lambda shape: len(shape) == 3 and max(shape) <= 3, "any", 20)
        units, count = b.draw(st.integers(1, 2)), b.draw(st.sampled_from(biases))
        kernels = [b.of_shape((rows, gates * units), greatest=20) for rows in (b.shape(x)[2], units)]
        return Use([x, *kernels, *(b.of_shape((gates * units,), greatest=20) for _ in range(count))])

    return use


def boltzmann(visible: bool) -> Recipe:
    """Units of one layer, the kernel and the biases of the other."""

    def use(b: Builder) -> Use:
        units = b.array(2, 2, greatest=20)
        others, width = b.draw(st.integers(1, 3)), b.shape(units)[1]
        return Use(
            [units, b.of_shape((others, width) if visible else (width, others), greatest=20), b.of_shape((others,), greatest=20)]
        )

    return use


def crop(b: Builder) -> Use:
    """A part of every image."""
    x = images(b)
    places = []
    for length in b.shape(x)[2:]:
        low = b.draw(st.integers(0, length - 1))
        places.append(slice(low, b.draw(st.integers(low + 1, length))))
    return Use([x], {"index": ",".join(f"{place.start}:{place.stop}" for place in places)}, {"index": tuple(places)})


def concatenate(b: Builder) -> Use:
    """Arrays that agree but for one axis."""
    first = b.array(1, 3)
    shape = list(b.shape(first))
    axis = b.draw(st.integers(0, len(shape) - 1))
    shape[axis] = b.draw(st.integers(1, 2))
    return Use([first, b.of_shape(shape), *([first] if b.draw(st.booleans()) else [])], {"axis": axis})


def products(b: Builder) -> Use:
    """Pairs of arrays of one shape, in rare cases of two that broadcast."""
    operands = []
    for _ in range(b.draw(st.integers(1, 2))):
        first = b.array(0, 3)
        operands += [first, b.of_shape(b.shape(first)) if b.draw(st.integers(0, 5)) else b.partner(first)]
    return Use(operands)


LAYERS: Mapping[str, Recipe] = {
    "convolution": convolution,
    **{name: pooling() for name in ("max pooling", "average pooling", "average pooling, padding counted")},
    "stochastic pooling": stochastic,
    "expected pooling": pooling("positive", padded=False),
    "batch normalization": normalization,
    "batch normalization at inference": inference,
    "dropout": dropout,
    "recurrent": sequence(1, (1,)),
    "lstm": sequence(4, (1, 2)),
    "gru": sequence(3, (2,)),
    "gru reset after": sequence(3, (2,)),
    "hidden units": boltzmann(visible=False),
    "visible units": boltzmann(visible=True),
    "flip": lambda b: Use([images(b)], {"axis": b.draw(st.integers(2, 3))}),
    "crop": crop,
    "concatenate": concatenate,
    "rows": lambda b: Use([b.array(2, 3)]),
    "sum of products": products,
}

"""Another shape for what comes next: images, sequences, units."""

from collections.abc import Callable, Iterator

from hypothesis import strategies as st

from verification.random_examples.generator.layered.building import LayerBuilder

Shape = tuple[int, ...]
LARGEST_SIDE = 4
MOST_TIMES = 3


def divisors(count: int) -> list[int]:
    """The numbers that divide another."""
    return [divisor for divisor in range(1, count + 1) if count % divisor == 0]


def size(shape: Shape) -> int:
    """The number of entries."""
    return shape[0] * size(shape[1:]) if shape else 1


def of_images(count: int) -> Iterator[Shape]:
    """Channels, rows, columns: small sides, where that is possible."""
    for channels in divisors(count):
        for rows in divisors(count // channels):
            yield channels, rows, count // channels // rows


def of_sequences(count: int) -> Iterator[Shape]:
    """Times and features."""
    for times in divisors(count):
        yield times, count // times


def reshaped(b: LayerBuilder, shapes: Callable[[int], Iterator[Shape]], pleasant: Callable[[Shape], bool]) -> Shape:
    """The shape behind a reshape layer: one that is pleasant, where there is any."""
    known = list(shapes(size(b.shape)))
    shape = b.draw(st.sampled_from([shape for shape in known if pleasant(shape)] or known))
    b.add("reshape", shape, table={"shape": list(shape)})
    return shape


def images(b: LayerBuilder) -> Shape:
    """The shape of images, behind a reshape layer where there are none."""
    if len(b.shape) == 3:
        return b.shape
    return reshaped(b, of_images, lambda shape: shape[0] <= 2 and min(shape[1:]) >= 2 and max(shape[1:]) <= LARGEST_SIDE)


def sequences(b: LayerBuilder) -> Shape:
    """The shape of sequences, behind a reshape layer where there are none."""
    if len(b.shape) == 2:
        return b.shape
    return reshaped(b, of_sequences, lambda shape: 1 < shape[0] <= MOST_TIMES)


def units(b: LayerBuilder) -> Shape:
    """The shape of units, behind a flatten layer, or a reshape layer, where there are none."""
    if len(b.shape) > 1:
        flatten(b) if b.draw(st.booleans()) else b.add("reshape", (size(b.shape),), table={"shape": [size(b.shape)]})
    return b.shape


def flatten(b: LayerBuilder) -> None:
    """All numbers in a row."""
    b.add("flatten", (size(b.shape),), options={"shape": [-1]})


def reshape(b: LayerBuilder) -> None:
    """Any shape."""
    kinds = [of_images, of_sequences, lambda count: iter([(count,)])]
    reshaped(b, b.draw(st.sampled_from(kinds)), lambda shape: max(shape) <= LARGEST_SIDE)

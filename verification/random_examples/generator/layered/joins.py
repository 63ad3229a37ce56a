"""How layers with several inputs are used: sums and joins of a layer with earlier ones, with itself, or with one on it."""

from hypothesis import strategies as st

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.images import pixelwise
from verification.random_examples.generator.layered.units import dense


def agree(shape: tuple[int, ...], other: tuple[int, ...], axis: int | None) -> bool:
    """Whether two shapes are equal, or equal but for an axis."""
    if axis is None or len(shape) != len(other):
        return shape == other
    return (*shape[:axis], *shape[axis + 1 :]) == (*other[:axis], *other[axis + 1 :])


def partners(b: LayerBuilder, axis: int | None) -> tuple[int, ...]:
    """Two or three numbers of inputs, the last layer among them; perhaps one with a layer of its own in between."""
    source = b.last
    shape = b.shapes[source]
    others = [number for number, other in enumerate(b.shapes) if agree(shape, other, axis)]
    found = [source, *b.draw(st.lists(st.sampled_from(others), min_size=1, max_size=2))]
    if b.draw(st.booleans()):
        found[1] = between(b, source, axis)
    return tuple(b.draw(st.permutations(found)))


def between(b: LayerBuilder, source: int, axis: int | None) -> int:
    """A convolution of images, else a dense layer, with a shape that agrees with that of its input."""
    shape = b.shapes[source]
    if len(shape) > 2:
        return pixelwise(b, b.draw(st.integers(1, 2)) if axis == 0 else shape[0], source)
    return dense(b, 0 if axis == len(shape) - 1 else shape[-1], source=source)


def add(b: LayerBuilder) -> None:
    """Of equal shapes."""
    inputs = partners(b, None)
    shape = b.shapes[inputs[0]]
    b.add("add", shape, inputs, activation=b.activation(shape))


def concatenate(b: LayerBuilder) -> None:
    """Of shapes that are equal but for an axis, which need not be written where it is the first."""
    axis = b.draw(st.integers(0, len(b.shape) - 1))
    inputs = partners(b, axis)
    shapes = [b.shapes[number] for number in inputs]
    shape = (*shapes[0][:axis], sum(shape[axis] for shape in shapes), *shapes[0][axis + 1 :])
    table = {"axis": axis + 1} if axis or b.draw(st.booleans()) else {}
    b.add("concatenate", shape, inputs, {}, table, {"axis": axis + 1}, b.activation(shape))

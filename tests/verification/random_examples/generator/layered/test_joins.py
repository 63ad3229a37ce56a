"""How layers with several inputs are used."""

from collections.abc import Callable

from verification.random_examples.generator.layered import joins
from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import sequences

Built = Callable[..., list[LayerBuilder]]


def test_shapes_agree_but_for_an_axis() -> None:
    """Of as many axes."""
    assert joins.agree((2, 3), (2, 4), 1)
    assert not joins.agree((2, 3), (2, 4), 0)
    assert not joins.agree((2, 3), (2,), 1)
    assert joins.agree((2,), (2,), None)


def test_a_sum_is_of_equal_shapes(built: Built) -> None:
    """Of a layer with itself, with the data, or with a dense layer on it; of two or three."""
    found = built(joins.add, 3, 60)
    assert all({b.shapes[number] for number in b.layers[-1].inputs} == {(3,)} for b in found)
    assert {len(b.layers[-1].inputs) for b in found} == {2, 3}
    assert {b.last for b in found} == {1, 2}


def test_a_join_is_along_any_axis(built: Built) -> None:
    """The first need not be written."""

    def recipe(b: LayerBuilder) -> None:
        sequences(b)
        joins.concatenate(b)

    found = built(recipe, 6, 80)
    assert {b.tables[-1].get("axis") for b in found} == {None, 1, 2}
    for b in found:
        axis, shapes = b.layers[-1].options["axis"] - 1, [b.shapes[number] for number in b.layers[-1].inputs]
        assert b.shape[axis] == sum(shape[axis] for shape in shapes)


def test_a_layer_in_between_has_a_shape_that_agrees(built: Built) -> None:
    """Of images a convolution, of sequences a dense layer; other units, or channels, only along their axis."""

    def recipe(axis: int | None, shape: tuple[int, ...]) -> Callable[[LayerBuilder], None]:
        def one(b: LayerBuilder) -> None:
            b.add("reshape", shape, table={"shape": list(shape)})
            joins.between(b, 1, axis)

        return one

    image, sequence = (1, 2, 3), (2, 3)
    for shape, axis in ((image, 0), (image, 2), (image, None), (sequence, 1), (sequence, None)):
        found = built(recipe(axis, shape), 6, 20)
        assert {b.layers[-1].type for b in found} == {"convolution" if shape == image else "dense"}
        assert all(joins.agree(b.shape, shape, axis) for b in found)
        assert (len({b.shape for b in found}) > 1) == (axis in (0, 1))

"""Other shapes."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.random_examples.generator.layered import shapes
from verification.random_examples.generator.layered.building import LayerBuilder

Built = Callable[..., list[LayerBuilder]]


@pytest.mark.parametrize(("recipe", "axes"), [(shapes.images, 3), (shapes.sequences, 2), (shapes.units, 1)])
def test_a_shape_has_as_many_entries(recipe: Callable[[LayerBuilder], Any], axes: int, built: Built) -> None:
    """Of a prime number of them too; where the axes are as many already, nothing is added."""
    for columns in (1, 5, 12):
        for b in built(recipe, columns, 5):
            assert len(b.shape) == axes
            assert shapes.size(b.shape) == columns
            assert b.last == (0 if axes == 1 else 1)
            recipe(b)
            assert b.last == (0 if axes == 1 else 1)


def test_images_and_sequences_are_small(built: Built) -> None:
    """Where there is a small shape, it is one of these."""
    assert {b.shape for b in built(shapes.images, 12, 40)} == {(1, 3, 4), (1, 4, 3), (2, 2, 3), (2, 3, 2)}
    assert {b.shape for b in built(shapes.sequences, 6, 40)} == {(2, 3), (3, 2)}


def test_units_are_flattened_or_reshaped(built: Built) -> None:
    """Both in turn."""

    def recipe(b: LayerBuilder) -> None:
        shapes.images(b)
        shapes.units(b)

    assert {b.layers[-1].type for b in built(recipe, 6)} == {"flatten", "reshape"}


def test_any_shape_has_one_two_or_three_axes(built: Built) -> None:
    """Of a reshape layer of its own."""
    assert {len(b.shape) for b in built(shapes.reshape, 6, 40)} == {1, 2, 3}

"""Layers without parameters: gradients are central differences, entries keep their order."""

from collections.abc import Callable

import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer
from reference.layer_types.rearranging import Add, Concatenate, Identity, Reshape


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        (Identity(), [(2, 3)]),
        (Reshape((-1,)), [(2, 2, 2)]),
        (Reshape((2, 2)), [(2, 4)]),
        (Add(), [(2, 3)] * 3),
        (Concatenate(1), [(2, 3), (2, 1)]),
        (Concatenate(2), [(2, 3, 1), (2, 3, 2)]),
    ],
    ids=str,
)
def test_gradients_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], kind: LayerType, shapes: list[tuple[int, ...]]
) -> None:
    """By every input."""
    assert_backward(kind, Layer(), *(random_balls(*shape, seed=seed) for seed, shape in enumerate(shapes)))


def test_flattening_keeps_the_order_of_a_sample() -> None:
    """Channel by channel, row by row."""
    x = np.arange(8.0).reshape(1, 2, 2, 2)
    assert Reshape((-1,)).forward(Layer(), x).tolist() == [[0, 1, 2, 3, 4, 5, 6, 7]]

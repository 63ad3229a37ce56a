"""Normalizations and dropout: gradients are central differences."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_types.normalization import BatchNormalization, Dropout, LayerNormalization
from reference.layer_types.parameters import Layer


@pytest.mark.parametrize("shape", [(4, 2), (2, 2, 2, 2)])
@pytest.mark.parametrize("has_running", [True, False])
def test_gradients_of_batch_normalization_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], shape: tuple[int, ...], has_running: bool
) -> None:
    """By the batch's own statistics, and by given ones, of units and of channels."""
    running = (random_balls(2, seed=4), abs(random_balls(2, seed=5))) if has_running else None
    kind = BatchNormalization(flint.arb("0.125"), running)
    assert_backward(kind, Layer(random_balls(2), random_balls(2, seed=2)), random_balls(*shape, seed=3))


@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 3)])
def test_gradients_of_layer_normalization_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array], shape: tuple[int, ...]
) -> None:
    """Of rows and of sequences."""
    kind = LayerNormalization(flint.arb("0.125"))
    assert_backward(kind, Layer(random_balls(3), random_balls(3, seed=2)), random_balls(*shape, seed=3))


def test_a_row_is_normalized_by_its_own_mean() -> None:
    """The rows 1, 3 and 10, 30 have means 2 and 20 and deviations 1 and 10: both become -1, 1."""
    parameters = Layer(np.array([1.0, 2.0]), np.array([0.0, 5.0]))
    y = LayerNormalization(0.0).forward(parameters, np.array([[1.0, 3.0], [10.0, 30.0]]))
    assert y.tolist() == [[-1.0, 7.0], [-1.0, 7.0]]


def test_gradients_of_dropout_are_central_differences(
    assert_backward: Callable[..., None], random_balls: Callable[..., Array]
) -> None:
    """One mask for all samples."""
    assert_backward(Dropout(np.array([1, 0, 1]), flint.arb("0.5")), Layer(), random_balls(2, 3))


def test_dropout_scales_what_it_keeps() -> None:
    """Divided by the probability of being kept."""
    assert Dropout(np.array([1, 0]), 0.5).forward(Layer(), np.array([[3.0, 4.0]])).tolist() == [[6.0, 0.0]]

"""Shapes, weights, biases and multiply-accumulates of layers, counted by hand."""

import pytest

from reference import architecture
from reference.layers.im2col import window


@pytest.mark.parametrize("bias", [True, False])
def test_a_convolution_counts_its_filters_at_every_position(bias: bool) -> None:
    """LeNet's first layer: six 5 x 5 filters on 32 x 32 pixels have 150 weights, used at 28 x 28 positions."""
    count = architecture.convolution((1, 32, 32), 6, window(5), 1, bias)
    assert tuple(count) == ((6, 28, 28), 150, 6 * bias, 150 * 28 * 28)
    assert count.parameters == 150 + 6 * bias
    assert count.connections == (150 + 6 * bias) * 28 * 28


def test_groups_divide_the_weights() -> None:
    """With two groups a filter sees half of the channels."""
    whole, halved = (architecture.convolution((4, 5, 5), 6, window(3), groups, bias=False).weights for groups in (1, 2))
    assert (whole, halved) == (6 * 4 * 9, 6 * 2 * 9)


def test_a_dense_layer_flattens_a_map() -> None:
    """Every pixel is connected with every unit."""
    assert architecture.dense((2, 3, 4), 5, bias=True) == ((5,), 120, 5, 120)


def test_pooling_has_no_parameters() -> None:
    """It keeps the number of channels."""
    assert architecture.pooling((6, 28, 28), window(2, 2)) == ((6, 14, 14), 0, 0, 0)


def test_normalization_has_a_scale_and_a_shift_for_each_channel() -> None:
    """The shape stays; its arithmetic is not counted."""
    assert architecture.normalization((6, 28, 28)) == ((6, 28, 28), 6, 6, 0)


def test_joined_maps_add_up_their_channels() -> None:
    """Height and width are those of the first."""
    assert architecture.joined([(2, 7, 5), (3, 7, 5)]).shape == (5, 7, 5)


def test_maps_of_different_shapes_are_not_added() -> None:
    """A skip connection past layers that change the shape is a mistake."""
    assert architecture.added([(3, 6, 5), (3, 6, 5)]).shape == (3, 6, 5)
    with pytest.raises(ValueError, match="maps of different shapes cannot be added"):
        architecture.added([(3, 6, 5), (4, 3, 3)])

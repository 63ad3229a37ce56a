"""Flips and crops: what they show, and where their gradients go."""

import numpy as np

from reference.layers import augmentation


def test_ten_crops_come_in_mirrored_pairs() -> None:
    """Flip gives 2 images, crop and flip 10: four corners, the center, and the mirror image of each."""
    x = np.arange(30, dtype=float).reshape(1, 1, 5, 6)
    crops = augmentation.ten_crops(x, (3, 4))
    assert len(crops) == 10
    assert {crop.shape for crop in crops} == {(1, 1, 3, 4)}
    assert all(np.array_equal(augmentation.flip(crop), flipped) for crop, flipped in zip(crops[:5], crops[5:], strict=True))
    assert np.array_equal(crops[4], x[:, :, 1:4, 1:5])
    assert len({crop.tobytes() for crop in crops}) == 10


def test_a_flip_twice_is_nothing() -> None:
    """Left and right by default, up and down by the axis of rows."""
    x = np.arange(6).reshape(1, 1, 2, 3)
    assert augmentation.flip(x).tolist() == [[[[2, 1, 0], [5, 4, 3]]]]
    for axis in (augmentation.ROWS, augmentation.COLUMNS):
        assert np.array_equal(augmentation.flip(augmentation.flip(x, axis), axis), x)


def test_the_gradient_of_a_crop_is_zero_outside() -> None:
    """The upstream gradient is at the place of the crop."""
    x = np.arange(12, dtype=float).reshape(1, 1, 3, 4)
    dx = augmentation.crop_backward(x, 1, 2, np.array([[[[5.0, 7.0]]]]))
    assert dx.tolist() == [[[[0, 0, 0, 0], [0, 0, 5, 7], [0, 0, 0, 0]]]]

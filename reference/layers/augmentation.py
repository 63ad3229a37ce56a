"""Flips and crops of images ``(N, C, H, W)``, and their backward passes (dl-python, VIII.2)."""

import numpy as np

from reference.comparisons import Array

ROWS, COLUMNS = 2, 3


def flip(x: Array, axis: int = COLUMNS) -> Array:
    """The mirror image: by default left becomes right. The backward pass is the same flip."""
    return np.flip(x, axis=axis)


def crop(x: Array, top: int, left: int, size: tuple[int, int]) -> Array:
    """The part of ``size`` rows and columns that begins at ``(top, left)``."""
    return x[:, :, top : top + size[0], left : left + size[1]]


def crop_backward(x: Array, top: int, left: int, dy: Array) -> Array:
    """The upstream gradient at the place of the crop, zeros elsewhere; shape of ``x``."""
    dx = x * 0
    dx[:, :, top : top + dy.shape[2], left : left + dy.shape[3]] = dy
    return dx


def corners_and_center(x: Array, size: tuple[int, int]) -> list[tuple[int, int]]:
    """The top left corners of the five usual crops: four corners and the center."""
    down, right = x.shape[ROWS] - size[0], x.shape[COLUMNS] - size[1]
    return [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]


def ten_crops(x: Array, size: tuple[int, int]) -> list[Array]:
    """The five usual crops and their mirror images (ImageNet Classification with Deep Convolutional Neural Networks, 2012)."""
    crops = [crop(x, top, left, size) for top, left in corners_and_center(x, size)]
    return crops + [flip(image) for image in crops]

"""Layers of the reference by themselves: what the slides say of them, and what follows from their formulas."""

from fractions import Fraction
from itertools import product
from typing import Any

import flint
import numpy as np
import pytest

from reference.comparisons import UndecidedError
from reference.layers import augmentation, convolution, lstm_gru, normalization, pooling, rbm, recurrent
from reference.layers.im2col import im2col, same_padding, window
from verification import exact_arithmetic
from worked_examples import numbers


def test_the_window_sees_what_the_slide_shows() -> None:
    """The slide's image and filter give all nine numbers; the windows are the rows of one matrix; exact in rationals."""
    image = numbers([list("11100"), list("01110"), list("00111"), list("00110"), list("01100")], "rational")[None, None]
    kernel = numbers([list("101"), list("010"), list("101")], "rational")[None, None]
    feature = convolution.forward(image, kernel, numbers(["0"], "rational"), window(3))
    assert feature[0, 0].tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert im2col(image, window(3)).shape == (9, 9)
    assert np.array_equal(convolution.flipped(kernel), kernel), "this filter is symmetric: a flip would not show"


@pytest.mark.parametrize(
    ("extent", "size", "stride", "expected"), [(4, 3, 2, (0, 1)), (5, 3, 2, (1, 1)), (7, 2, 1, (0, 1)), (4, 1, 2, (0, 0))]
)
def test_same_padding_puts_the_larger_part_behind(extent: int, size: int, stride: int, expected: tuple[int, int]) -> None:
    """``ceil(extent / stride)`` windows fit, and an odd entry of padding comes last."""
    assert same_padding(extent, size, stride) == expected


def test_the_first_of_equal_entries_is_the_greatest() -> None:
    """Among equal entries the gradient goes to the first, and where balls overlap the question stays open."""
    ties = np.ones((1, 1, 2, 2))
    assert pooling.maximum_backward(ties, window(2), np.ones((1, 1, 1, 1))).tolist() == [[[[1, 0], [0, 0]]]]
    wide = exact_arithmetic.balls(np.array([[[["1 +/- 0.1", "1.05 +/- 0.1"]]]], dtype=object))
    with pytest.raises(UndecidedError):
        pooling.maximum(wide, window((1, 2)))


def test_the_conditionals_are_those_of_the_joint_distribution() -> None:
    """Over all hidden states of a small machine, p(h_j = 1 | v) is the share of e^-E where h_j is 1; visible ones likewise."""
    with flint.ctx.workprec(exact_arithmetic.EXACT):
        random = np.random.RandomState(1)
        kernel, b, c = (
            exact_arithmetic.balls((random.randint(-99, 100, shape) / 64).astype(object)) for shape in ((3, 2), (3,), (2,))
        )
        for v, h in product(product((0, 1), repeat=3), product((0, 1), repeat=2)):
            given_v = shares([(other, rbm.energy(row(v), row(other), kernel, b, c)) for other in product((0, 1), repeat=2)])
            given_h = shares([(other, rbm.energy(row(other), row(h), kernel, b, c)) for other in product((0, 1), repeat=3)])
            assert_overlap(rbm.hidden(row(v), kernel, c)[0], given_v)
            assert_overlap(rbm.visible(row(h), kernel, b)[0], given_h)


def row(bits: tuple[int, ...]) -> Any:
    """A state as a row of balls."""
    return exact_arithmetic.balls(np.array([bits], dtype=object))


def shares(states: list[tuple[tuple[int, ...], Any]]) -> list[Any]:
    """Of each unit, the probability of 1 among states with their energies, under weights ``e^-E``."""
    weights = [(state, np.exp(-energy)[0]) for state, energy in states]
    total = sum(weight for _, weight in weights)
    return [sum(weight for state, weight in weights if state[unit]) / total for unit in range(len(weights[0][0]))]


def assert_overlap(found: Any, expected: list[Any]) -> None:
    """Two rows of narrow balls enclose the same numbers."""
    assert all(one.overlaps(other) and one.rad() < 1e-40 for one, other in zip(found, expected, strict=True))


def test_pooling_has_no_parameters_and_keeps_channels() -> None:
    """As the slide says: every pooling layer takes nothing but the image (and draws), and gives as many channels."""
    x = np.arange(2 * 3 * 4 * 4, dtype=float).reshape(2, 3, 4, 4)
    for pool in (pooling.maximum, pooling.average, pooling.expected):
        assert pool(x, window(2, 2)).shape == (2, 3, 2, 2)


def test_stochastic_pooling_picks_by_share() -> None:
    """A draw below the first entry's share picks the first, one above it the next with a share; a window of zeros gives 0."""
    x = np.array([[[[1.0, 0.0], [2.0, 1.0]]]])
    draws = [0.0, 0.24, 0.25, 0.74, 0.75, 0.99]
    assert [float(pooling.stochastic(x, window(2), np.array([[[[draw]]]]))[0, 0, 0, 0]) for draw in draws] == [1, 1, 2, 2, 1, 1]
    assert pooling.stochastic(x * 0, window(2), np.array([[[[0.5]]]])).item() == 0


def test_running_statistics_follow_both_conventions() -> None:
    """Keras keeps 0.99 of the old value and takes the biased variance, PyTorch keeps 0.9 and takes the unbiased one."""
    x = numbers([["1"], ["2"], ["3"], ["6"]], "rational")
    assert normalization.variance(x).tolist() == [Fraction(7, 2)]
    assert normalization.unbiased_variance(x).tolist() == [Fraction(14, 3)]
    assert normalization.running(numbers(["1"], "rational"), normalization.mean(x), Fraction(9, 10)).tolist() == [Fraction(6, 5)]


def test_ten_crops_come_in_mirrored_pairs() -> None:
    """Flip gives 2 images, crop and flip 10: four corners, the centre, and the mirror image of each."""
    x = np.arange(30, dtype=float).reshape(1, 1, 5, 6)
    crops = augmentation.ten_crops(x, (3, 4))
    assert len(crops) == 10
    assert {crop.shape for crop in crops} == {(1, 1, 3, 4)}
    assert all(np.array_equal(augmentation.flip(one), other) for one, other in zip(crops[:5], crops[5:], strict=True))
    assert np.array_equal(crops[4], x[:, :, 1:4, 1:5])
    assert len({crop.tobytes() for crop in crops}) == 10


def test_the_two_forms_of_the_gru_differ_only_in_the_candidate() -> None:
    """With a reset gate that is open the two forms are one; otherwise they differ."""
    random = np.random.RandomState(1)
    x, weights = random.randn(2, 3, 2), lstm_gru.Weights(random.randn(2, 9), random.randn(3, 9), random.randn(9), random.randn(9))
    first, second = (lstm_gru.forward(lstm_gru.UNITS[name], x, weights) for name in ("gru", "gru reset after"))
    assert np.max(np.abs(first - second)) > 0.01
    weights.bias[3:6] = 1000
    first, second = (lstm_gru.forward(lstm_gru.UNITS[name], x, weights) for name in ("gru", "gru reset after"))
    assert np.array_equal(np.round(first, 12), np.round(second, 12))


def test_a_recurrent_layer_of_one_step_is_a_dense_layer() -> None:
    """From a state of zeros one step is ``tanh(x W + b)``, whatever the recurrent kernel is."""
    random = np.random.RandomState(1)
    x, weights = random.randn(2, 1, 3), recurrent.Weights(random.randn(3, 4), random.randn(4, 4), random.randn(4))
    assert np.array_equal(recurrent.forward(x, weights)[:, 0], np.tanh(x[:, 0] @ weights.kernel + weights.bias))

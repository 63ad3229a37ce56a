"""Batch normalization: statistics of both conventions, normalized batches, and gradients."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from reference.layers import normalization
from worked_examples import numbers


def test_running_statistics_follow_both_conventions() -> None:
    """Keras keeps 0.99 of the old value and takes the biased variance, PyTorch keeps 0.9 and takes the unbiased one."""
    x = numbers([["1"], ["2"], ["3"], ["6"]], "rational")
    assert normalization.variance(x).tolist() == [Fraction(7, 2)]
    assert normalization.unbiased_variance(x).tolist() == [Fraction(14, 3)]
    assert normalization.running(numbers(["1"], "rational"), normalization.mean(x), Fraction(9, 10)).tolist() == [Fraction(6, 5)]


def test_statistics_of_a_channel_are_over_samples_and_pixels() -> None:
    """Of images (N, C, H, W) one mean and one variance for each channel."""
    x = np.arange(24, dtype=float).reshape(2, 3, 2, 2)
    assert normalization.mean(x).tolist() == [x[:, channel].mean() for channel in range(3)]
    assert normalization.variance(x).tolist() == [x[:, channel].var() for channel in range(3)]


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 2, 2)])
def test_a_normalized_batch_has_the_mean_beta_and_the_deviation_gamma(shape: tuple[int, ...], random_balls: Any) -> None:
    """Without epsilon, exactly: the balls enclose both."""
    x, gamma, beta = random_balls(*shape), random_balls(3, seed=2), random_balls(3, seed=3)
    y = normalization.training(x, gamma, beta, 0)
    assert all(mean.overlaps(number) for mean, number in zip(normalization.mean(y), beta, strict=True))
    assert all(variance.overlaps(number) for variance, number in zip(normalization.variance(y), gamma**2, strict=True))


@pytest.mark.parametrize("shape", [(4, 2), (2, 2, 2, 1)])
def test_gradients_in_training(shape: tuple[int, ...], random_balls: Any, assert_gradient: Callable[..., None]) -> None:
    """Of batch, scale and shift; mean and variance depend on the batch."""
    x, gamma, beta, dy = random_balls(*shape), random_balls(2, seed=2), random_balls(2, seed=3), random_balls(*shape, seed=4)
    epsilon = flint.arb("0.01")
    gradients = normalization.training_backward(x, gamma, epsilon, dy)
    assert_gradient(lambda x: (normalization.training(x, gamma, beta, epsilon) * dy).sum(), x, gradients.x)
    assert_gradient(lambda gamma: (normalization.training(x, gamma, beta, epsilon) * dy).sum(), gamma, gradients.gamma)
    assert_gradient(lambda beta: (normalization.training(x, gamma, beta, epsilon) * dy).sum(), beta, gradients.beta)


def test_gradients_at_inference(random_balls: Any, assert_gradient: Callable[..., None]) -> None:
    """The running mean and variance are constants."""
    x, gamma, beta, mean, dy = random_balls(3, 2), *(random_balls(2, seed=seed) for seed in (2, 3, 4)), random_balls(3, 2, seed=5)
    settings = mean, mean**2, flint.arb("0.01")
    gradients = normalization.inference_backward(x, gamma, *settings, dy)
    assert_gradient(lambda x: (normalization.inference(x, gamma, beta, *settings) * dy).sum(), x, gradients.x)
    assert_gradient(lambda gamma: (normalization.inference(x, gamma, beta, *settings) * dy).sum(), gamma, gradients.gamma)
    assert_gradient(lambda beta: (normalization.inference(x, gamma, beta, *settings) * dy).sum(), beta, gradients.beta)

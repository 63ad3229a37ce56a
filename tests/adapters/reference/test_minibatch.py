"""The books' loop on images."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.minibatch import EagerMinibatchTrainer
from worked_examples import ImageExample

X, LABELS = np.linspace(0, 1, 24).reshape(4, 6), np.array([3, 1, 4, 1])


@pytest.mark.parametrize("name", ["backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"])
def test_an_update_is_one_batch_without_metrics(image_example: Callable[[str], ImageExample], name: str) -> None:
    """The parameters are those after ``train_batches`` with one batch, in float64 bit for bit and in balls enclosed."""
    example = image_example(name)
    start = [Parameters(*layer) for layer in example.layers(6)]
    updated, with_metrics = (EagerMinibatchTrainer(example, start, "float64") for _ in range(2))
    updated.update(X, LABELS)
    with_metrics.train_batches(X, LABELS, len(X))
    with flint.ctx.workprec(200):
        balls = EagerMinibatchTrainer(example, start, "ball")
        balls.update(X, LABELS)
    for a, b, exact in zip(updated.parameters(), with_metrics.parameters(), balls.parameters(), strict=True):
        assert np.array_equal(a.kernel, b.kernel)
        assert np.array_equal(a.bias, b.bias)
        assert np.allclose(a.kernel, exact.kernel.astype(float), rtol=0, atol=1e-14)


def test_a_mean_over_the_batch_divides_loss_and_gradient(image_example: Callable[[str], ImageExample]) -> None:
    """Four equal samples give the update of one where the loss is a mean, and the same loss."""
    example = image_example("dl-python/twolayer-backprop")
    assert example.network.reduction == "mean"
    start = [Parameters(*layer) for layer in example.layers(6)]
    of_one, of_four = (EagerMinibatchTrainer(example, start, "float64") for _ in range(2))
    of_one.update(X[:1], LABELS[:1])
    of_four.update(np.repeat(X[:1], 4, axis=0), np.repeat(LABELS[:1], 4))
    assert np.isclose(
        of_one.loss(X[:1], LABELS[:1]), of_four.loss(np.repeat(X[:1], 4, axis=0), np.repeat(LABELS[:1], 4)), rtol=1e-14
    )
    assert np.allclose(of_one.parameters()[0].kernel, of_four.parameters()[0].kernel, rtol=0, atol=1e-15)

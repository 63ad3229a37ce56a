"""The books' loop, and one epoch of it."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from adapters import Parameters
from adapters.log_rows import Samples
from adapters.reference.network import as_parameters, initial_layers
from adapters.reference.training import Trainer, one_epoch
from verification.images.data import as_network, initial
from worked_examples import ImageExample, NetworkExample
from worked_examples.schema.trainings.stopping import StoppingCriterion

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "ours/one-by-one"])
def test_one_epoch_is_what_a_trainer_does(network: Network, name: str) -> None:
    """Full batch and batch size 1, the second epoch with its own order."""
    trainer = Trainer(network(name), "float64")
    trainer.advance(1)
    before = trainer.parameters()
    trainer.advance(2)
    for computed, expected in zip(one_epoch(network(name), before, 1), trainer.parameters(), strict=True):
        assert np.array_equal(computed.kernel, expected.kernel)
        assert np.array_equal(computed.bias, expected.bias)


def test_no_stopping_criterion_is_tested(network: Network) -> None:
    """At the stop of the book, epoch 79, another epoch is made all the same."""
    trainer = Trainer(network("numpy-dnn/311_1"), "float64")
    assert trainer.advance(1000).epoch == 79
    (before,), (after,) = trainer.parameters(), one_epoch(network("numpy-dnn/311_1"), trainer.parameters(), 79)
    assert np.all(before.kernel != after.kernel)


def test_the_criterion_forgets_where_training_is_restored_and_not_where_it_is_moved(network: Network) -> None:
    """The loss of the epoch before is what a change is tested against."""
    example = network("numpy-dnn/311_1")
    assert example.training
    settings = example.training.model_copy(update={"stopping_criterion": StoppingCriterion(change_below="1e-9")})
    trainer = Trainer(example.model_copy(update={"training": settings}), "float64")
    trainer.advance(3)
    assert trainer.tester
    before = trainer.tester.before
    trainer.move(7, trainer.parameters())
    assert (trainer.epoch, trainer.tester.before) == (7, before)
    trainer.restore(3, trainer.parameters())
    assert (trainer.epoch, trainer.tester.before) == (3, None)


def test_parameters_keep_their_dtype(network: Network) -> None:
    """A complex step's imaginary part is carried through: here 1 - lr sum x x^T times the direction."""
    example = network("numpy-dnn/311_1")
    (layer,) = as_parameters(initial_layers(example, "float64"))
    step = np.zeros_like(layer.kernel)
    step[0, 0] = 1.0
    (moved,) = one_epoch(example, [Parameters(layer.kernel + 1e-30j * step, layer.bias + 0j)], 0)
    x, learning_rate = example.data.numbers("float64")[0], float(example.training.constant_rate) if example.training else 0
    assert moved.kernel.dtype == np.dtype("complex128")
    assert np.allclose(moved.kernel.imag / 1e-30, step - learning_rate * x.T @ x @ step, rtol=1e-14, atol=0)


def test_balls_are_carried_through(network: Network) -> None:
    """A radius that was there is there after an epoch too."""
    example = network("numpy-dnn/311_1")
    with flint.ctx.workprec(200):
        (layer,) = as_parameters(initial_layers(example, "ball"))
        wide = layer.kernel + flint.arb(0, "1e-9")
        (moved,) = one_epoch(example, [Parameters(wide, layer.bias)], 0, "ball")
        assert all(float(ball.rad()) > 1e-10 for ball in moved.kernel.ravel())


FEW = Samples(np.linspace(0, 1, 24).reshape(4, 6), np.eye(10)[[3, 1, 4, 1]])


def on_few(example: ImageExample, number_type: str) -> Trainer:
    """The example's network on four samples of six features."""
    return Trainer(as_network(example, initial(example, 6), FEW), number_type)


@pytest.mark.parametrize("name", ["backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"])
def test_an_update_is_one_batch_without_metrics(image_example: Callable[[str], ImageExample], name: str) -> None:
    """The parameters are those after ``train_batches`` with one batch, in float64 bit for bit and in balls enclosed."""
    example = image_example(name)
    updated, with_metrics = on_few(example, "float64"), on_few(example, "float64")
    updated.descend(*FEW)
    with_metrics.train_batches(*FEW, len(FEW.t))
    with flint.ctx.workprec(200):
        balls = on_few(example, "ball")
        balls.descend(*balls.data)
    for a, b, exact in zip(updated.parameters(), with_metrics.parameters(), balls.parameters(), strict=True):
        assert np.array_equal(a.kernel, b.kernel)
        assert np.array_equal(a.bias, b.bias)
        assert np.allclose(a.kernel, exact.kernel.astype(float), rtol=0, atol=1e-14)


def test_a_mean_over_the_batch_divides_loss_and_gradient(image_example: Callable[[str], ImageExample]) -> None:
    """Four equal samples give the update of one where the loss is a mean, and the same loss."""
    example = image_example("dl-python/twolayer-backprop")
    assert example.network.reduction == "mean"
    one, four = FEW.rows(np.array([0])), FEW.rows(np.array([0] * 4))
    of_one, of_four = on_few(example, "float64"), on_few(example, "float64")
    of_one.descend(*one)
    of_four.descend(*four)
    assert np.isclose(of_one.loss_on(*one), of_four.loss_on(*four), rtol=1e-14)
    assert np.allclose(of_one.parameters()[0].kernel, of_four.parameters()[0].kernel, rtol=0, atol=1e-15)

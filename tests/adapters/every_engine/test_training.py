"""Training on batches that are handed over: every engine, eager and compiled, against the reference on a few random samples."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array, Engine, Trainer, load_engine
from adapters.log_rows import Samples
from adapters.schedule import sample_order
from verification.images.data import as_network, initial
from worked_examples import ImageExample, NetworkExample
from worked_examples.schema.trainings.optimizer import Optimizer
from worked_examples.schema.trainings.regularization import Penalty

ImageExamples = Callable[[str], ImageExample]
EXAMPLES = pytest.mark.parametrize("name", ["backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"])
"""Adam with a sparse loss; a mean over batches; batch size 1."""
PATHS = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
FEATURES, COUNT = 6, 12


@pytest.fixture
def samples() -> Samples:
    """Twelve samples of six features, of ten classes."""
    random = np.random.RandomState(1)
    return Samples(random.random_sample((COUNT, FEATURES)), np.eye(10)[random.randint(0, 10, COUNT)])


def network_of(example: ImageExample, samples: Samples) -> NetworkExample:
    """The example on samples of six features, from its random parameters."""
    return as_network(example, initial(example, FEATURES), samples)


def batch_size_of(example: ImageExample) -> int:
    """1 where the example trains so, else three batches."""
    return 1 if example.training and example.training.batch == 1 else COUNT // 3


def assert_trained_alike(trainer: Trainer, reference: Trainer, samples: Samples, batch_size: int) -> None:
    """Metrics, parameters and states after two epochs agree to 1e-9: rounding of 24 updates at most."""
    for _ in range(2):
        metrics, expected = (one.train_batches(*samples, batch_size) for one in (trainer, reference))
        assert metrics.n_correct == expected.n_correct
        assert np.allclose((metrics.loss, metrics.min_margin), (expected.loss, expected.min_margin), rtol=1e-9, atol=1e-12)
    for layer, expected_layer in zip(trainer.parameters(), reference.parameters(), strict=True):
        assert np.allclose(layer.kernel, expected_layer.kernel, rtol=0, atol=1e-9)
        assert np.allclose(layer.bias, expected_layer.bias, rtol=0, atol=1e-9)


@PATHS
@EXAMPLES
def test_an_epoch_is_that_of_the_reference(
    engine: Engine, image_example: ImageExamples, samples: Samples, name: str, compiled: bool
) -> None:
    """Metrics, parameters, loss and outputs after two epochs."""
    example = image_example(name)
    network = network_of(example, samples)
    trainer, reference = engine.trainer(network, "float64", compiled), load_engine("reference").trainer(network, "float64", False)  # noqa: FBT003
    assert_trained_alike(trainer, reference, samples, batch_size_of(example))
    assert np.isclose(trainer.loss_on(*samples), reference.loss_on(*samples), rtol=1e-9, atol=0)
    for batch_size in (1, 4, COUNT):
        assert np.allclose(trainer.outputs_for(samples.x, batch_size), reference.outputs_for(samples.x, COUNT), rtol=0, atol=1e-9)


@PATHS
@pytest.mark.parametrize(
    "optimizer",
    [
        Optimizer(name="momentum", momentum="0.9", velocity="rate outside", dampening="0.5"),
        Optimizer(name="adam", epsilon_hat=True),
        Optimizer(name="momentum", momentum="0.9"),
    ],
    ids=lambda optimizer: optimizer.formula,
)
def test_every_optimizer_trains_on_batches(
    engine: Engine, image_example: ImageExamples, samples: Samples, optimizer: Optimizer, compiled: bool
) -> None:
    """The state goes from call to call, the first step of a dampened momentum has its own formula."""
    network = network_of(image_example("dl-python/twolayer-backprop"), samples)
    assert network.training
    network = network.model_copy(update={"training": network.training.model_copy(update={"optimizer": optimizer})})
    if f"{optimizer.rule} optimizer" in engine.unsupported:
        pytest.skip("a rule that the engine does not have")
    trainer, reference = engine.trainer(network, "float64", compiled), load_engine("reference").trainer(network, "float64", False)  # noqa: FBT003
    assert_trained_alike(trainer, reference, samples, COUNT // 3)


@PATHS
@pytest.mark.parametrize("penalty", [None, Penalty(l2="0.1")], ids=["plain", "penalized"])
def test_a_convolutional_network_trains_on_batches(
    engine: Engine, image_example: ImageExamples, penalty: Penalty | None, compiled: bool
) -> None:
    """As the reference does, and its losses have the penalty."""
    random, example = np.random.RandomState(1), image_example("ours/lenet")
    samples = Samples(random.random_sample((COUNT, 784)), np.eye(10)[random.randint(0, 10, COUNT)])
    network = as_network(example, initial(example, 784), samples)
    network = network.model_copy(update={"network": network.network.model_copy(update={"penalty": penalty})})
    trainer, reference = engine.trainer(network, "float64", compiled), load_engine("reference").trainer(network, "float64", False)  # noqa: FBT003
    assert_trained_alike(trainer, reference, samples, COUNT // 3)
    assert np.isclose(trainer.loss_on(*samples), reference.loss_on(*samples), rtol=1e-9, atol=0)


@EXAMPLES
def test_metrics_are_taken_before_each_update(engine: Engine, image_example: ImageExamples, samples: Samples, name: str) -> None:
    """The loss and the count of a single batch are those of the initial parameters."""
    trainer = engine.trainer(network_of(image_example(name), samples), "float64", compiled=False)
    loss, outputs = trainer.loss_on(*samples), trainer.outputs_for(samples.x, COUNT)
    metrics = trainer.train_batches(*samples, COUNT)
    assert np.isclose(metrics.loss, loss, rtol=1e-12, atol=0)
    assert metrics.n_correct == int((outputs.argmax(axis=1) == samples.labels).sum())
    assert trainer.loss_on(*samples) < loss


@PATHS
def test_epochs_and_batches_are_the_same_training(
    engine: Engine, image_example: ImageExamples, samples: Samples, compiled: bool
) -> None:
    """An epoch of the data in their order is one call with the same samples in that order."""
    network = network_of(image_example("numpy-dnn/325_2"), samples)
    by_epochs, by_batches = (engine.trainer(network, "float64", compiled) for _ in range(2))
    loss = by_epochs.advance(1).loss
    order = drawn(network)
    metrics = by_batches.train_batches(*samples.rows(order), 1)
    assert metrics.loss == pytest.approx(float(loss), rel=1e-12)
    for layer, other in zip(by_epochs.parameters(), by_batches.parameters(), strict=True):
        assert np.allclose(layer.kernel, other.kernel, rtol=0, atol=1e-12)


def drawn(network: NetworkExample) -> Array:
    """The samples of the first epoch."""
    order = sample_order(network)
    assert order is not None
    return np.asarray(order[0])

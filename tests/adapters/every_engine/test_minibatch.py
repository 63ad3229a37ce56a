"""Training on images: every engine, eager and compiled, against the reference on a few random samples."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array, Engine, MinibatchTrainer, Parameters, load_engine
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]
EXAMPLES = pytest.mark.parametrize("name", ["backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"])
"""Adam with a sparse loss; a mean over batches; batch size 1."""
PATHS = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
FEATURES, COUNT = 6, 12


@pytest.fixture
def samples() -> tuple[Array, Array]:
    """Twelve samples of six features, and labels."""
    random = np.random.RandomState(1)
    return random.random_sample((COUNT, FEATURES)), random.randint(0, 10, COUNT)


def trainer_of(engine: Engine, example: ImageExample, compiled: bool) -> MinibatchTrainer:
    """The example on samples of six features, from its random parameters."""
    start = [Parameters(kernel, bias) for kernel, bias in example.layers(FEATURES)]
    return engine.minibatch_trainer(example, start, "float64", compiled)


def batch_size_of(example: ImageExample) -> int:
    """1 where the example trains so, else three batches."""
    return 1 if example.training and example.training.batch_size == 1 else COUNT // 3


@PATHS
@EXAMPLES
def test_an_epoch_is_that_of_the_reference(
    engine: Engine, image_example: ImageExamples, samples: tuple[Array, Array], name: str, compiled: bool
) -> None:
    """Metrics, parameters, loss and outputs after two epochs agree to 1e-9: rounding of 24 updates at most."""
    example = image_example(name)
    of_engine, expected = trainer_of(engine, example, compiled), trainer_of(load_engine("reference"), example, False)  # noqa: FBT003
    for _ in range(2):
        metrics, expected_metrics = (trainer.train_batches(*samples, batch_size_of(example)) for trainer in (of_engine, expected))
        assert metrics.n_correct == expected_metrics.n_correct
        assert np.allclose(
            (metrics.loss, metrics.min_margin), (expected_metrics.loss, expected_metrics.min_margin), rtol=1e-9, atol=1e-12
        )
    for layer, expected_layer in zip(of_engine.parameters(), expected.parameters(), strict=True):
        assert np.allclose(layer.kernel, expected_layer.kernel, rtol=0, atol=1e-9)
        assert np.allclose(layer.bias, expected_layer.bias, rtol=0, atol=1e-9)
    assert np.isclose(of_engine.loss(*samples), expected.loss(*samples), rtol=1e-9, atol=0)
    for batch_size in (1, 4, COUNT):
        assert np.allclose(of_engine.outputs(samples[0], batch_size), expected.outputs(samples[0], COUNT), rtol=0, atol=1e-9)


@EXAMPLES
def test_metrics_are_taken_before_each_update(
    engine: Engine, image_example: ImageExamples, samples: tuple[Array, Array], name: str
) -> None:
    """The loss and the count of a single batch are those of the initial parameters."""
    trainer, (x, labels) = trainer_of(engine, image_example(name), False), samples  # noqa: FBT003 -- eager
    loss, outputs = trainer.loss(x, labels), trainer.outputs(x, COUNT)
    metrics = trainer.train_batches(x, labels, COUNT)
    assert np.isclose(metrics.loss, loss, rtol=1e-12, atol=0)
    assert metrics.n_correct == int((outputs.argmax(axis=1) == labels).sum())
    assert trainer.loss(x, labels) < loss

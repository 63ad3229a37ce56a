"""The example's network as a Keras model."""

from collections.abc import Sequence
from typing import Any

import keras

from adapters import Parameters
from worked_examples import NetworkExample, numbers

LOSSES = {
    "half squared error": keras.losses.MeanSquaredError,
    "mean squared error": keras.losses.MeanSquaredError,
    "cross entropy": keras.losses.CategoricalCrossentropy,
    "sparse cross entropy": keras.losses.SparseCategoricalCrossentropy,
}
REDUCTIONS = {"sum": "sum", "mean": "sum_over_batch_size"}


def sequential(activations: Sequence[str], parameters: Sequence[Parameters], dtype: str) -> keras.Sequential:
    """Dense layers with these weights."""
    keras.config.set_floatx(dtype)
    keras.utils.clear_session(free_memory=False)
    pairs = zip(activations, parameters, strict=True)
    layers = [keras.layers.Dense(layer.bias.size, activation=activation(name)) for name, layer in pairs]
    model = keras.Sequential([keras.Input((len(parameters[0].kernel),)), *layers])
    load(model, parameters)
    return model


def build(example: NetworkExample, dtype: str) -> keras.Sequential:
    """The example as a compiled ``Sequential`` with its initial weights."""
    layers = example.network.layers
    parameters = [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers]
    model = sequential([layer.activation for layer in layers], parameters, dtype)
    rate = float(example.training.learning_rate) if example.training else 0.0
    model.compile(keras.optimizers.SGD(rate), **loss(example.network.loss, "sum", len(layers[-1].bias)))
    return model


def loss(name: str, reduction: str, outputs: int) -> dict[str, Any]:
    """What ``compile`` is told of a loss.

    The book sums ``(y - t)^2 / 2``; ``MeanSquaredError`` averages over the K outputs, so that the loss weight K/2 makes them equal.
    """
    weight = outputs / 2 if name == "half squared error" else 1.0
    return {"loss": LOSSES[name](reduction=REDUCTIONS[reduction]), "loss_weights": weight}


def activation(name: str) -> str:
    """Keras's name of an activation."""
    return {"identity": "linear"}.get(name, name)


def load(model: keras.Sequential, parameters: Sequence[Parameters]) -> None:
    """Set all weights."""
    model.set_weights([array for layer in parameters for array in layer])


def unload(model: keras.Sequential) -> list[Parameters]:
    """All weights."""
    return [Parameters(layer.kernel.numpy(), layer.bias.numpy()) for layer in model.layers]

"""An example's network as a Keras model, and one pass over its data."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

from adapters.protocol import Evaluation, Parameters
from worked_examples import NetworkExample, numbers

LOSSES = {
    "half squared error": keras.losses.MeanSquaredError,
    "mean squared error": keras.losses.MeanSquaredError,
    "cross entropy": keras.losses.CategoricalCrossentropy,
    "sparse cross entropy": keras.losses.SparseCategoricalCrossentropy,
}
REDUCTIONS = {"sum": "sum", "mean": "sum_over_batch_size"}
ACTIVATIONS = {"identity": "linear"}  # where Keras's name is another


def sequential(activations: Sequence[str], parameters: Sequence[Parameters], dtype: str) -> keras.Sequential:
    """Dense layers with these parameters."""
    keras.config.set_floatx(dtype)
    keras.utils.clear_session(free_memory=False)
    layers = [
        keras.layers.Dense(layer.bias.size, activation=ACTIVATIONS.get(name, name))
        for name, layer in zip(activations, parameters, strict=True)
    ]
    model = keras.Sequential([keras.Input((len(parameters[0].kernel),)), *layers])
    load(model, parameters)
    return model


def no_optimizer() -> keras.optimizers.Optimizer:
    """One that changes nothing."""
    return keras.optimizers.SGD(0.0)


def build(
    example: NetworkExample, dtype: str, make_optimizer: Callable[[], keras.optimizers.Optimizer] = no_optimizer
) -> keras.Sequential:
    """The example as a compiled ``Sequential`` with its initial parameters; the optimizer is made in its dtype."""
    layers = example.network.layers
    parameters = [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers]
    model = sequential([layer.activation for layer in layers], parameters, dtype)
    network = example.network
    model.compile(make_optimizer(), **loss_settings(network.loss, network.reduction, len(layers[-1].bias)))
    return model


def loss_settings(name: str, reduction: str, outputs: int) -> dict[str, Any]:
    """The arguments of ``compile`` for a loss.

    The book sums ``(y - t)^2 / 2``; ``MeanSquaredError`` averages over the K outputs: the loss weight K/2 makes them equal.
    """
    weight = outputs / 2 if name == "half squared error" else 1.0
    return {"loss": LOSSES[name](reduction=REDUCTIONS[reduction]), "loss_weights": weight}


def load(model: keras.Sequential, parameters: Sequence[Parameters]) -> None:
    """Set all parameters; see ``adapters.Engine``: an optimizer's state behind the layers plays no part."""
    model.set_weights([array for layer in parameters[: len(model.layers)] for array in layer])


def unload(model: keras.Sequential) -> list[Parameters]:
    """All parameters."""
    return [Parameters(layer.kernel.numpy(), layer.bias.numpy()) for layer in model.layers]


def evaluate(model: keras.Sequential, example: NetworkExample, dtype: str) -> Evaluation:
    """One pass over the example's data, differentiated by ``tf.GradientTape``."""
    x, t = (tf.constant(array) for array in example.data.numbers(dtype))
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = model.compute_loss(x=x, y=t, y_pred=model(x))
    gradients, input_gradient = tape.gradient(loss, ([[layer.kernel, layer.bias] for layer in model.layers], x))
    outputs = keras.tree.flatten(keras.Model(model.inputs, [layer.output for layer in model.layers])(x))
    return Evaluation(
        [output.numpy() for output in outputs],
        loss.numpy(),
        [Parameters(kernel.numpy(), bias.numpy()) for kernel, bias in gradients],
        input_gradient.numpy(),
    )

"""An example's network as a Keras model, and one pass over its data."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from reference.optimization.penalties import Penalty
from worked_examples import NetworkExample, numbers

LOSSES = {
    "squared error": keras.losses.MeanSquaredError,
    "half squared error": keras.losses.MeanSquaredError,
    "mean squared error": keras.losses.MeanSquaredError,
    "cross entropy": keras.losses.CategoricalCrossentropy,
    "binary cross entropy": keras.losses.BinaryCrossentropy,
    "sparse cross entropy": keras.losses.SparseCategoricalCrossentropy,
    "cross entropy from logits": partial(keras.losses.CategoricalCrossentropy, from_logits=True),
    "binary cross entropy from logits": partial(keras.losses.BinaryCrossentropy, from_logits=True),
    "hinge": keras.losses.Hinge,
}
SUMMED_OVER_OUTPUTS = ("cross entropy", "sparse cross entropy", "cross entropy from logits")  # all others are means
FACTORS = {"half squared error": 0.5}
REDUCTIONS = {"sum": "sum", "mean": "sum_over_batch_size"}


def step(x: Any, *, below: int, at_zero: bool = False) -> Any:
    """A step from ``below`` to 1, at 0 too or not, by the perceptron's rule: its derivative is taken to be 1."""
    above = x >= 0 if at_zero else x > 0
    return keras.ops.cast(keras.ops.where(above, 1, below), x.dtype) + (x - keras.ops.stop_gradient(x))


ACTIVATIONS = {  # where Keras's name is another, or it has none
    "identity": "linear",
    "step": partial(step, below=0),
    "step at zero": partial(step, below=0, at_zero=True),
    "bipolar step": partial(step, below=-1),
    "bipolar step at zero": partial(step, below=-1, at_zero=True),
}


def sequential(
    activations: Sequence[str], parameters: Sequence[Parameters], dtype: str, penalty: Penalty | None = None
) -> keras.Sequential:
    """Dense layers with these parameters, and with regularizers where there is a penalty."""
    keras.config.set_floatx(dtype)
    keras.utils.clear_session(free_memory=False)
    layers = [
        keras.layers.Dense(layer.bias.size, activation=ACTIVATIONS.get(name, name), **regularizers(penalty))
        for name, layer in zip(activations, parameters, strict=True)
    ]
    model = keras.Sequential([keras.Input((len(parameters[0].kernel),)), *layers])
    load(model, parameters)
    return model


def regularizers(penalty: Penalty | None) -> dict[str, keras.regularizers.Regularizer]:
    """The regularizers of a layer.

    Keras casts a coefficient by way of float32 if it is Python's float, but not if it is NumPy's float64.
    """
    if penalty is None:
        return {}
    regularizer = keras.regularizers.L1L2()
    regularizer.l1, regularizer.l2 = np.float64(penalty.l1), np.float64(penalty.l2)
    return {f"{name}_regularizer": regularizer for name in penalty.of}


def no_optimizer() -> keras.optimizers.Optimizer:
    """One that changes nothing."""
    return keras.optimizers.SGD(0.0)


def build(
    example: NetworkExample, dtype: str, make_optimizer: Callable[[], keras.optimizers.Optimizer] = no_optimizer
) -> keras.Sequential:
    """The example as a compiled ``Sequential`` with its initial parameters; the optimizer is made in its dtype."""
    layers = example.network.layers
    parameters = [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers]
    network = example.network
    penalty = network.penalty.rule("float64") if network.penalty else None
    model = sequential([layer.activation for layer in layers], parameters, dtype, penalty)
    model.compile(
        make_optimizer(), **loss_settings(network.loss, network.reduction, len(layers[-1].bias), network.output_reduction)
    )
    return model


def loss_settings(name: str, reduction: str, outputs: int, output_reduction: str = "sum") -> dict[str, Any]:
    """The arguments of ``compile`` for a loss.

    The book sums ``(y - t)^2 / 2``; ``MeanSquaredError`` averages over the K outputs: the loss weight K/2 makes them equal. All of
    Keras's losses but the cross entropy of classes average over outputs.
    """
    keras_sums, sums = name in SUMMED_OVER_OUTPUTS, output_reduction == "sum" and name != "mean squared error"
    weight = FACTORS.get(name, 1.0) * (outputs if sums and not keras_sums else 1) / (outputs if keras_sums and not sums else 1)
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
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        outputs, pre_activations = recorded(model, x)
        loss = model.compute_loss(x=x, y=t, y_pred=outputs[-1])
        losses = loss_terms(example.network.loss, outputs[-1], t, example.network.output_reduction)
        total = keras.ops.sum(losses) / (1 if example.network.reduction == "sum" else len(t))
    sources = ([[layer.kernel, layer.bias] for layer in model.layers], x, pre_activations, outputs[:-1])
    gradients, of_input, of_pre_activations, of_outputs = tape.gradient(loss, sources)
    last = tape.gradient(total, outputs[-1])  # the loss itself may be computed from pre-activations
    return Evaluation(
        arrays(outputs),
        loss.numpy(),
        [Parameters(*arrays(pair)) for pair in gradients],
        of_input.numpy(),
        Intermediates(
            arrays(pre_activations),
            arrays(of_pre_activations),
            arrays([*of_outputs, last]),
            losses.numpy(),
            np.asarray(sum(loss.numpy() for loss in model.losses)) if model.losses else None,
        ),
    )


def recorded(model: keras.Sequential, x: Any) -> tuple[list[Any], list[Any]]:
    """The outputs and the pre-activations of every layer: what it gives to its activation function."""
    outputs, pre_activations = [], []
    for layer in model.layers:
        activation = layer.activation

        def record(signal: Any, activation: Any = activation) -> Any:
            pre_activations.append(signal)
            return activation(signal)

        layer.activation = record
        try:
            x = layer(x)
        finally:
            layer.activation = activation
        outputs.append(x)
    return outputs, pre_activations


def loss_terms(name: str, y: Any, t: Any, output_reduction: str) -> Any:
    """The terms of the loss ``(samples, outputs)``: Keras's own losses are means over outputs, here over one at a time."""
    is_mean = output_reduction == "mean" or name == "mean squared error"
    factor = FACTORS.get(name, 1.0) / (y.shape[1] if is_mean else 1)
    if name in SUMMED_OVER_OUTPUTS:
        return -factor * t * (keras.ops.log_softmax(y) if "logits" in name else keras.ops.log(y))
    return factor * LOSSES[name](reduction=None)(t[..., None], y[..., None])


def arrays(tensors: Sequence[Any]) -> list[Array]:
    """Tensors as arrays."""
    return [tensor.numpy() for tensor in tensors]

"""Conventions in Keras: its own classes and functions on the probe."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from operator import attrgetter
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from adapters.conventions import check_call, rearranged
from adapters.keras.call_names import CALLS
from adapters.protocol import Array
from adapters.sample_statistics import sample_statistics
from worked_examples.schema.framework_call import FrameworkCall, Probe, value

Measured = dict[str, Array]


@contextmanager
def floatx(name: str) -> Iterator[None]:
    """Keras's default dtype, within a block; ``default`` is its own."""
    before = keras.config.floatx()
    keras.config.set_floatx("float32" if name == "default" else name)
    try:
        yield
    finally:
        keras.config.set_floatx(before)


def options_of(call: FrameworkCall) -> dict[str, Any]:
    """The options as Keras takes them: Python numbers, not NumPy's."""
    options = {name: value(text) for name, text in call.options.items()}
    return {name: option.item() if isinstance(option, np.generic) else option for name, option in options.items()}


def resolved(call: FrameworkCall, **more: Any) -> Any:
    """The object or function that a call names, with its options."""
    named, options = attrgetter(call.call)(keras), options_of(call) | more
    if call.call.startswith("layers."):
        options["dtype"] = keras.config.floatx()  # without it, the first layer of the process decides for all later ones
    return named(**options) if inspect.isclass(named) else partial(named, **options)


def optimizer(call: FrameworkCall, probe: Probe) -> Measured:
    """The variable after every ``apply``; a penalty's gradient is added, as ``fit`` does."""
    variable = keras.Variable(probe.array("start"), dtype="float64")
    keras_optimizer, points = resolved(call), []
    keras_optimizer.build([variable])
    penalty = resolved(call.before) if call.before else lambda w: tf.reduce_sum(w * 0)
    for step, gradient in enumerate(probe.array("gradients")):
        with tf.GradientTape() as tape:
            loss = penalty(variable.value)
        if probe.rates:
            keras_optimizer.learning_rate = float(call.times) * float(probe.rates[step % len(probe.rates)])
        keras_optimizer.apply([tf.constant(gradient) + tape.gradient(loss, variable.value)], [variable])
        points.append(variable.numpy())
    return {"parameters": np.array(points)}


def function(call: FrameworkCall, probe: Probe) -> Measured:
    """Value and gradient; losses take targets first."""
    x, *others = (tf.constant(array) for array in probe.given(call))
    named, before = resolved(call), resolved(call.before) if call.before else lambda x: x
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = before(x)
        output = named(*others, y) if call.call.startswith("losses.") else named(y, *others)
        output = output * float(call.times)
    return {"value": output.numpy(), "gradient": tape.gradient(output, x).numpy()}


def layer(call: FrameworkCall, probe: Probe) -> Measured:
    """The outputs of the layer with the book's parameters; where training differs from inference, both."""
    keras_layer, x = resolved(call), tf.constant(rearranged(probe.array("input"), call, "input"))
    keras_layer.build(x.shape)
    for variable, name in zip(keras_layer.weights, probe.loaded(call), strict=False):
        variable.assign(rearranged(probe.array(name), call, name))
    output = rearranged(keras_layer(x, training=True).numpy(), call, "output")
    if isinstance(keras_layer, keras.layers.Dropout):
        return {"training": output.max(), "inference": keras_layer(x, training=False).numpy().max()}
    if not isinstance(keras_layer, keras.layers.BatchNormalization):
        return {"output": output}
    running = {"running mean": keras_layer.moving_mean.numpy(), "running variance": keras_layer.moving_variance.numpy()}
    return {"output": output, **running, "inference": keras_layer(x, training=False).numpy()}


def initializer(call: FrameworkCall, probe: Probe) -> Measured:
    """Statistics of a sample of an initializer, or of a new layer's kernel or bias."""
    keras.utils.set_random_seed(probe.seed)
    name, _, parameter = call.call.partition(" ")
    fan_in, fan_out = probe.fans
    if not parameter:
        seed = {} if name.endswith("Zeros") else {"seed": probe.seed}
        return sample_statistics(np.asarray(resolved(call, **seed)((fan_in, fan_out), dtype="float64")))
    sizes = (fan_in, fan_out) if name == "layers.Embedding" else (fan_out,)
    keras_layer = attrgetter(name)(keras)(*sizes, dtype="float64", **call.options)
    keras_layer.build((None, None, fan_in) if name == "layers.LSTM" else (None, fan_in))
    return sample_statistics(np.asarray(keras_layer.get_weights()[-1 if parameter == "bias" else 0]).astype("float64"))


def training(call: FrameworkCall, probe: Probe) -> Measured:
    """One epoch of ``fit``: the weights, and the loss of its history, or that of ``evaluate`` afterwards."""
    keras.utils.set_random_seed(probe.seed)
    x, t, kernel = (probe.array(name) for name in ("input", "target", "kernel"))
    dense = keras.layers.Dense(kernel.shape[1], use_bias=False, dtype="float64")
    model = keras.Sequential([keras.Input((len(kernel),), dtype="float64"), dense])
    model.set_weights([kernel])
    model.compile(keras.optimizers.SGD(float(probe.rates[0])), "mse")
    history = model.fit(x, t, verbose=0, **options_of(call))
    loss = history.history["loss"][-1] if call.call == "Model.fit" else model.evaluate(x, t, verbose=0)
    return {"weights": model.get_weights()[0], "loss": np.asarray(loss)}


FAMILIES: Mapping[str, Callable[[FrameworkCall, Probe], Measured]] = {
    "optimizer": optimizer,
    "function": function,
    "layer": layer,
    "initializer": initializer,
    "training": training,
}


def measure(family: str, call: FrameworkCall, probe: Probe) -> Measured:
    """What the call computes on the probe, by name; see ``adapters.Engine.measure_convention``."""
    check_call(call, family, CALLS, "keras")
    with floatx(call.dtype):
        return {name: np.asarray(array, dtype="float64") for name, array in FAMILIES[family](call, probe).items()}

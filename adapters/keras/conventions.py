"""Keras's side of a dialect: its own classes and functions on the probe."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from operator import attrgetter
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from adapters.reference.conventions import Measured, permuted
from adapters.sample_statistics import sample_statistics
from worked_examples.schema.framework_call import FrameworkCall, Probe, value


@contextmanager
def floatx(name: str) -> Iterator[None]:
    """Keras's default dtype, for a while."""
    before = keras.config.floatx()
    keras.config.set_floatx("float32" if name == "default" else name)
    try:
        yield
    finally:
        keras.config.set_floatx(before)


def plain(found: Any) -> Any:
    """An option as Keras takes it: a Python number, not NumPy's."""
    return found.item() if isinstance(found, np.generic) else found


def call(expression: FrameworkCall, **more: Any) -> Any:
    """The object or function that an expression names, with its options."""
    found = attrgetter(expression.call)(keras)
    options = {name: plain(value(text)) for name, text in expression.options.items()} | more
    if expression.call.startswith("layers."):
        options["dtype"] = keras.config.floatx()  # without it, the first layer ever made decides for all later ones
    return found(**options) if inspect.isclass(found) else partial(found, **options)


def optimizer(expression: FrameworkCall, probe: Probe) -> Measured:
    """The variable after every ``apply``; a penalty's gradient is added, as ``fit`` does."""
    variable = keras.Variable(probe.array("start"), dtype="float64")
    made, points = call(expression), []
    made.build([variable])
    penalty = call(expression.before) if expression.before else lambda w: tf.reduce_sum(w * 0)
    for step, gradient in enumerate(probe.array("gradients")):
        with tf.GradientTape() as tape:
            loss = penalty(variable.value)
        if probe.rates:
            made.learning_rate = float(expression.times) * float(probe.rates[step % len(probe.rates)])
        made.apply([tf.constant(gradient) + tape.gradient(loss, variable.value)], [variable])
        points.append(variable.numpy())
    return {"parameters": np.array(points)}


def function(expression: FrameworkCall, probe: Probe) -> Measured:
    """Value and gradient; losses take targets first."""
    x, *others = (tf.constant(array) for array in probe.given(expression))
    made, before = call(expression), call(expression.before) if expression.before else lambda x: x
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = before(x)
        found = made(*others, y) if expression.call.startswith("losses.") else made(y, *others)
        found = found * float(expression.times)
    return {"value": found.numpy(), "gradient": tape.gradient(found, x).numpy()}


def layer(expression: FrameworkCall, probe: Probe) -> Measured:
    """What the layer gives with the book's parameters; where training differs from inference, both."""
    made, x = call(expression), tf.constant(permuted(probe.array("input"), expression, "input"))
    made.build(x.shape)
    for variable, name in zip(made.weights, probe.loaded(expression), strict=False):
        variable.assign(permuted(probe.array(name), expression, name))
    output = permuted(made(x, training=True).numpy(), expression, "output")
    if isinstance(made, keras.layers.Dropout):
        return {"training": output.max(), "inference": made(x, training=False).numpy().max()}
    if not isinstance(made, keras.layers.BatchNormalization):
        return {"output": output}
    running = {"running mean": made.moving_mean.numpy(), "running variance": made.moving_variance.numpy()}
    return {"output": output, **running, "inference": made(x, training=False).numpy()}


def initializer(expression: FrameworkCall, probe: Probe) -> Measured:
    """Statistics of what an initializer, or a layer left to itself, draws."""
    keras.utils.set_random_seed(probe.seed)
    name, _, part = expression.call.partition(" ")
    if not part:
        return sample_statistics(np.asarray(call(expression, **seeded(expression, probe))(tuple(probe.fans), dtype="float64")))
    sizes = (probe.fans[0], probe.fans[1]) if name == "layers.Embedding" else (probe.fans[1],)
    made = attrgetter(name)(keras)(*sizes, dtype="float64", **expression.options)
    made.build((None, None, probe.fans[0]) if name == "layers.LSTM" else (None, probe.fans[0]))
    return sample_statistics(np.asarray(made.get_weights()[-1 if part == "bias" else 0]).astype("float64"))


def seeded(expression: FrameworkCall, probe: Probe) -> dict[str, int]:
    """The seed, for initializers that draw."""
    return {} if expression.call.endswith("Zeros") else {"seed": probe.seed}


def training(expression: FrameworkCall, probe: Probe) -> Measured:
    """One epoch of ``fit``: the weights, and the loss of its history, or that of ``evaluate`` afterwards."""
    keras.utils.set_random_seed(probe.seed)
    x, t, kernel = (probe.array(name) for name in ("input", "target", "kernel"))
    model = keras.Sequential(
        [keras.Input((len(kernel),), dtype="float64"), keras.layers.Dense(kernel.shape[1], use_bias=False, dtype="float64")]
    )
    model.set_weights([kernel])
    model.compile(keras.optimizers.SGD(float(probe.rates[0])), "mse")
    history = model.fit(x, t, verbose=0, **{name: plain(value(text)) for name, text in expression.options.items()})
    loss = history.history["loss"][-1] if expression.call == "Model.fit" else model.evaluate(x, t, verbose=0)
    return {"weights": model.get_weights()[0], "loss": np.asarray(loss)}


FAMILIES: Mapping[str, Callable[[FrameworkCall, Probe], Measured]] = {
    "optimizer": optimizer,
    "function": function,
    "layer": layer,
    "initializer": initializer,
    "training": training,
}


def measure(family: str, expression: FrameworkCall, probe: Probe) -> Measured:
    """What the expression gives on the probe, by name."""
    with floatx(expression.dtype):
        return {name: np.asarray(found, dtype="float64") for name, found in FAMILIES[family](expression, probe).items()}

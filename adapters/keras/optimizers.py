"""The optimizers of Keras: an example's options as Keras takes them, and the state in the form of the reference."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from adapters.protocol import Array
from adapters.schedule import learning_rates, training_of
from worked_examples import NetworkExample
from worked_examples.schema.trainings.optimizer import OPTIONS, Optimizer

STATES: Mapping[str, tuple[str, ...]] = {
    "sgd": (),
    "momentum": ("momentums",),
    "nesterov": ("momentums",),
    "adagrad": ("_accumulators",),
    "adadelta": ("_accumulated_grads", "_accumulated_delta_vars"),
    "rmsprop": ("_velocities",),
    "rmsprop, centered": ("_velocities", "_average_gradients"),
    "rmsprop, momentum": ("_velocities", "_momentums"),
    "adam": ("_momentums", "_velocities"),
    "adam, epsilon hat": ("_momentums", "_velocities"),
}
"""The arrays of each formula's state, by the names of Keras's attributes, in the order of the reference."""

NEGATIVE = ("rmsprop, momentum", "_momentums")  # Keras subtracts this velocity, the reference adds it
INSIDE_ONLY = "Keras has the learning rate inside of the velocity"
NO_AVERAGE = "Keras does not weigh the gradient by 1 - momentum"
ADDED_TO_ROOT = "Keras has epsilon under the root, and does not add it to the root"
KERAS_NAMES = {"kernel": ("kernel", "gamma", "embeddings"), "bias": ("bias", "beta")}  # of variables, in whole or in part
DECOUPLED = "Keras's weight_decay is decoupled from the gradient"
APART = "Keras squares the gradients of a word that comes twice in a batch one by one, not their sum"
UNSUPPORTED: Mapping[str, str] = {
    "momentum, rate outside optimizer": INSIDE_ONLY,
    "nesterov, rate outside optimizer": INSIDE_ONLY,
    "momentum, average optimizer": NO_AVERAGE,
    "momentum, dampened optimizer": "Keras does not have dampening",
    **{
        f"{name}, epsilon outside the root optimizer": ADDED_TO_ROOT
        for name in ("adagrad", "rmsprop", "rmsprop, centered", "rmsprop, momentum", "rmsprop, momentum, rate outside")
    },
    **{f"l2 weight decay with {name}": DECOUPLED for name in OPTIONS},
    **{f"{name} with repeated words": APART for name in ("adagrad", "adadelta", "rmsprop", "adam")},
    "rmsprop, momentum, rate outside, epsilon inside the root optimizer": INSIDE_ONLY,
    "rmsprop, momentum, rate outside, without epsilon optimizer": INSIDE_ONLY,
}

CLASSES: Mapping[str, Callable[..., keras.optimizers.Optimizer]] = {
    "gradient descent": keras.optimizers.SGD,
    "momentum": keras.optimizers.SGD,
    "adagrad": keras.optimizers.Adagrad,
    "adadelta": keras.optimizers.Adadelta,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
}
NAMES = {"beta1": "beta_1", "beta2": "beta_2"}  # where Keras's are others


def options(method: Optimizer, dtype: str) -> dict[str, Any]:
    """The options as Keras names them.

    Where Keras casts a coefficient, it turns Python's float into float32 first, but not NumPy's float64, which is a float too.
    """
    number = np.float64 if dtype == "float64" and method.name in ("momentum", "adagrad", "adam") else float
    given = {NAMES.get(name, name): number(text) for name, text in method.coefficients.items()}
    if method.name == "momentum":
        return given | {"nesterov": bool(method.nesterov)}
    if method.name == "adagrad":
        return given | {"initial_accumulator_value": number(method.option("initial_accumulator"))}
    return given | ({"centered": bool(method.centered)} if method.name == "rmsprop" else {})


class PerEpoch(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # Keras does not have types
    """A learning rate for every epoch of so many updates; the last holds for all further epochs."""

    def __init__(self, rates: Array, updates: int, dtype: str) -> None:
        super().__init__()
        self.rates, self.updates = tf.constant(rates, dtype), updates

    def __call__(self, step: Any) -> Any:
        """The learning rate of the update after so many."""
        epoch = tf.cast(tf.convert_to_tensor(step), tf.int32) // self.updates
        return self.rates[tf.minimum(epoch, len(self.rates) - 1)]


def of_example(example: NetworkExample, dtype: str) -> keras.optimizers.Optimizer:
    """The optimizer of the example's training."""
    training = training_of(example)
    rates = learning_rates(training)
    per_epoch = PerEpoch(rates, training.updates(example.data.samples), dtype)
    optimizer = build(training.method, float(rates[0]) if len(rates) == 1 else per_epoch, dtype)
    if decay := training.weight_decay:
        optimizer.weight_decay = np.float64(decay.coefficient)  # a float would be cast by way of float32
        others = [name for kind, names in KERAS_NAMES.items() if kind not in decay.of for name in names]
        optimizer.exclude_from_weight_decay(var_names=others)
    return optimizer


def build(method: Optimizer, learning_rate: float | PerEpoch, dtype: str) -> keras.optimizers.Optimizer:
    """The optimizer of Keras.

    Where the formula is algorithm 1 of Adam's paper, epsilon is a variable, which ``before_step`` sets: Keras adds it before the
    bias correction.
    """
    optimizer = CLASSES[method.name](learning_rate, **options(method, dtype))
    if method.formula == "adam":
        optimizer.epsilon = tf.Variable(optimizer.epsilon, dtype=dtype)
    return optimizer


def before_step(optimizer: keras.optimizers.Optimizer, method: Optimizer) -> None:
    """Set Adam's epsilon for the next step: ``epsilon sqrt(1 - beta2^t)`` in Keras's place is ``epsilon`` in algorithm 1."""
    if method.formula == "adam":
        epsilon = optimizer.epsilon
        beta2, own = (tf.constant(float(method.option(name)), epsilon.dtype) for name in ("beta2", "epsilon"))
        epsilon.assign(own * tf.sqrt(1 - beta2 ** tf.cast(optimizer.iterations.value + 1, epsilon.dtype)))


def sign(method: Optimizer, name: str) -> int:
    """By what Keras's array is multiplied to be the reference's."""
    return -1 if (method.formula, name) == NEGATIVE else 1


def load_state(optimizer: keras.optimizers.Optimizer, method: Optimizer, arrays: Sequence[Sequence[Any]], steps: int) -> None:
    """Set each array of the state for all trainable parameters, and the number of steps made."""
    optimizer.iterations.assign(steps)
    for name, values in zip(STATES[method.formula], arrays, strict=True):
        for variable, value in zip(getattr(optimizer, name), values, strict=True):
            variable.assign(sign(method, name) * value)


def unload_state(optimizer: keras.optimizers.Optimizer, method: Optimizer) -> Iterator[list[Any]]:
    """Each array of the state for all trainable parameters, in the form of the reference."""
    for name in STATES[method.formula]:
        yield [sign(method, name) * variable.numpy() for variable in getattr(optimizer, name)]

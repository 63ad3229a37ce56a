"""Keras on its TensorFlow backend: Dense layers, Keras losses and optimizers, in the dtype that is asked for."""

import os
from collections.abc import Mapping
from types import MappingProxyType

if os.environ.setdefault("KERAS_BACKEND", "tensorflow") != "tensorflow":
    raise ImportError(
        f"KERAS_BACKEND is '{os.environ['KERAS_BACKEND']}', but only 'tensorflow' computes in true float64: "
        "on other backends Keras casts products to float32"
    )
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # start-up chatter; errors still come
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf

from adapters import Array, Evaluation, Parameters, Progress
from fixtures import Distribution, NetworkExample, numbers

LOSSES = {
    "half squared error": keras.losses.MeanSquaredError,
    "cross entropy": keras.losses.CategoricalCrossentropy,
}
INITIALIZERS = {  # the books draw from the whole normal distribution, Keras's own HeNormal and LecunNormal truncate it
    "he": {"scale": 2.0, "mode": "fan_in"},
    "lecun": {"scale": 1.0, "mode": "fan_in"},
    "xavier": {"scale": 1.0, "mode": "fan_avg"},
}


def build(example: NetworkExample, dtype: str) -> keras.Sequential:
    """The example as a compiled ``Sequential`` with its initial weights.

    The book sums ``(y - t)^2 / 2``; ``MeanSquaredError`` averages over the K outputs, so that the loss weight K/2 makes them equal.
    """
    keras.config.set_floatx(dtype)
    keras.utils.clear_session(free_memory=False)
    inputs = keras.Input((len(example.data.input[0]),))
    layers = [keras.layers.Dense(len(layer.bias), activation=activation(layer.activation)) for layer in example.network.layers]
    model = keras.Sequential([inputs, *layers])
    load(model, [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in example.network.layers])
    rate = float(example.training.learning_rate) if example.training else 0.0
    weight = len(example.data.target[0]) / 2 if example.network.loss == "half squared error" else 1.0
    model.compile(keras.optimizers.SGD(rate), LOSSES[example.network.loss](reduction="sum"), loss_weights=weight)
    return model


def activation(name: str) -> str:
    """Keras's name of an activation."""
    return {"identity": "linear"}.get(name, name)


def load(model: keras.Sequential, parameters: list[Parameters]) -> None:
    """Set all weights."""
    model.set_weights([array for layer in parameters for array in layer])


class Trainer:
    """``train_on_batch``, one update a call."""

    path = "ordinary"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        assert example.training is not None, "only an example with a training is trained"
        self.model, self.epoch = build(example, dtype), 0
        self.x, self.t = tf.constant(numbers(example.data.input, dtype)), tf.constant(numbers(example.data.target, dtype))
        self.threshold = tf.constant(numbers(example.training.stop.threshold, dtype))
        self.goes_on = tf.greater if example.training.stop.test == "<=" else tf.greater_equal
        self.error = tf.function(self.loss)

    def loss(self) -> tf.Tensor:
        """The loss of the parameters as they are."""
        return self.model.compute_loss(x=self.x, y=self.t, y_pred=self.model(self.x))

    def running(self, epoch: int, limit: int, error: tf.Tensor) -> tf.Tensor:
        """Whether another update is due: the limit is not reached, the loss finite, the stop rule not fulfilled."""
        return (epoch < limit) & self.goes_on(error, self.threshold) & (error < error.dtype.max)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        while self.running(self.epoch, limit, error := self.error()):
            self.model.train_on_batch(self.x, self.t)
            self.epoch += 1
        return Progress(self.epoch, error.numpy())

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return [Parameters(*(array.numpy() for array in layer.weights)) for layer in self.model.layers]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch = epoch
        load(self.model, parameters)


class CompiledTrainer(Trainer):
    """The same model, loss and optimizer in one XLA loop that ends where the stop rule holds."""

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.model.optimizer.build(self.model.trainable_variables)
        self.loop = tf.function(self.descend, jit_compile=True)

    def update(self, epoch: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """One step of the model's optimizer."""
        with tf.GradientTape() as tape:
            error = self.loss()
        variables = self.model.trainable_variables
        self.model.optimizer.apply(tape.gradient(error, variables), variables)
        return epoch + 1, self.loss()

    def descend(self, epoch: tf.Tensor, limit: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Update while training runs."""
        return tf.while_loop(lambda at, error: self.running(at, limit, error), self.update, (epoch, self.loss()))

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        epoch, error = self.loop(tf.constant(self.epoch), tf.constant(limit))
        self.epoch = int(epoch)
        return Progress(self.epoch, error.numpy())


class Engine:
    """Keras 3 with TensorFlow underneath."""

    lacks: Mapping[str, str] = MappingProxyType({"step": "Keras has no step activation"})

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"keras": keras.__version__, "tensorflow": tf.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; differentiated by ``tf.GradientTape``."""
        model = build(example, dtype)
        if parameters:
            load(model, parameters)
        every = keras.Model(model.inputs, [layer.output for layer in model.layers])
        x, t = tf.constant(numbers(example.data.input, dtype)), tf.constant(numbers(example.data.target, dtype))
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = model.compute_loss(x=x, y=t, y_pred=model(x))
        gradients, back = tape.gradient(loss, ([layer.weights for layer in model.layers], x))
        outputs = keras.tree.flatten(every(x))
        pairs = [Parameters(*(array.numpy() for array in pair)) for pair in gradients]
        return Evaluation([output.numpy() for output in outputs], loss.numpy(), pairs, back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``."""
        return CompiledTrainer(example, dtype) if compiled else Trainer(example, dtype)

    def item(self, array: Array, index: tuple[int, ...]) -> Array:
        """See ``adapters.Adapter``."""
        return np.asarray(keras.ops.convert_to_numpy(keras.ops.convert_to_tensor(array)[index or ...]))

    def draw(self, distribution: Distribution) -> Array:
        """See ``adapters.Adapter``; the untruncated ``VarianceScaling``."""
        settings = INITIALIZERS[distribution.formula]
        initializer = keras.initializers.VarianceScaling(**settings, distribution="untruncated_normal", seed=distribution.seed)
        return np.asarray(initializer(distribution.shape, dtype="float64"))

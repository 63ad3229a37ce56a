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

from adapters import Array, Evaluation, Parameters, Progress, keras_counting
from adapters.calculating import Calculation, walk
from adapters.keras_functions import FUNCTIONS
from adapters.order import of_epoch, orders
from fixtures import CalculationExample, Descent, DescentExample, Distribution, NetworkExample, numbers
from fixtures.architecture import ArchitectureExample
from reference.architecture import Count

LOSSES = {
    "half squared error": keras.losses.MeanSquaredError,
    "mean squared error": keras.losses.MeanSquaredError,
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
    inputs = keras.Input((len(example.network.layers[0].kernel),))
    layers = [keras.layers.Dense(len(layer.bias), activation=activation(layer.activation)) for layer in example.network.layers]
    model = keras.Sequential([inputs, *layers])
    load(model, [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in example.network.layers])
    rate = float(example.training.learning_rate) if example.training else 0.0
    weight = len(example.network.layers[-1].bias) / 2 if example.network.loss == "half squared error" else 1.0
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
        self.model, self.epoch, self.orders = build(example, dtype), 0, orders(example)
        for layer in self.model.layers:
            layer.bias.trainable = example.training.biases_train
        self.x, self.t = (tf.constant(array) for array in example.data.numbers(dtype))
        self.threshold = tf.constant(numbers(example.training.rule.threshold, dtype))
        self.goes_on = tf.greater if example.training.rule.test == "<=" else tf.greater_equal
        self.last = self.unmeasured = self.threshold + 1
        self.error = tf.function(self.loss)

    def loss(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """The loss of the parameters as they are."""
        return self.model.compute_loss(x=x, y=t, y_pred=self.model(x))

    def asked(self) -> tf.Tensor:
        """The loss that the stop rule is asked of."""
        return self.error(self.x, self.t) if self.orders is None else self.last

    def running(self, epoch: int, limit: int, error: tf.Tensor) -> tf.Tensor:
        """Whether another update is due: the limit is not reached, the loss finite, the stop rule not fulfilled."""
        return (epoch < limit) & self.goes_on(error, self.threshold) & (error < error.dtype.max)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        while self.running(self.epoch, limit, error := self.asked()):
            if self.orders is None:
                self.model.train_on_batch(self.x, self.t)
            else:
                self.last = sum(self.one(pattern) for pattern in of_epoch(self.orders, self.epoch))
            self.epoch += 1
        return Progress(self.epoch, error.numpy())

    def one(self, pattern: int) -> tf.Tensor:
        """Update with one pattern; its loss before."""
        x, t = self.x[pattern : pattern + 1], self.t[pattern : pattern + 1]
        error = self.error(x, t)
        self.model.train_on_batch(x, t)
        return error

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return [Parameters(layer.kernel.numpy(), layer.bias.numpy()) for layer in self.model.layers]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch, self.last = epoch, self.unmeasured
        load(self.model, parameters)


class CompiledTrainer(Trainer):
    """The same model, loss and optimizer in one XLA loop that ends where the stop rule holds."""

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.model.optimizer.build(self.model.trainable_variables)
        self.loop = tf.function(self.descend, jit_compile=True)

    def step(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """One step of the model's optimizer; the loss before."""
        with tf.GradientTape() as tape:
            error = self.loss(x, t)
        variables = self.model.trainable_variables
        self.model.optimizer.apply(tape.gradient(error, variables), variables)
        return error

    def update(self, epoch: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """An epoch of one update, and the loss after it."""
        self.step(self.x, self.t)
        return epoch + 1, self.loss(self.x, self.t)

    @staticmethod
    def row(matrix: tf.Tensor, index: tf.Tensor) -> tf.Tensor:
        """One row ``(1, columns)``; a slice of fixed size, where XLA would copy the whole matrix for a gather."""
        return tf.slice(matrix, [index, 0], [1, matrix.shape[1]])

    def sweep(self, epoch: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """An epoch of one update for each pattern, and the sum of the losses before them."""
        assert self.orders is not None, "only a schedule has turns"
        patterns, updates = tf.gather(self.orders, epoch % len(self.orders)), self.orders.shape[1]

        def one(at: tf.Tensor, total: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            pattern = patterns[at]
            return at + 1, total + self.step(self.row(self.x, pattern), self.row(self.t, pattern))

        _, total = tf.while_loop(lambda at, _: at < updates, one, (0, tf.zeros_like(self.threshold)))
        return epoch + 1, total

    def descend(self, epoch: tf.Tensor, limit: tf.Tensor, last: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Update while training runs."""
        body, error = (self.update, self.loss(self.x, self.t)) if self.orders is None else (self.sweep, last)
        return tf.while_loop(lambda at, error: self.running(at, limit, error), body, (epoch, error))

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        epoch, self.last = self.loop(tf.constant(self.epoch), tf.constant(limit), self.last)
        self.epoch = int(epoch)
        return Progress(self.epoch, self.last.numpy())


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
        x, t = (tf.constant(array) for array in example.data.numbers(dtype))
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = model.compute_loss(x=x, y=t, y_pred=model(x))
        gradients, back = tape.gradient(loss, ([[layer.kernel, layer.bias] for layer in model.layers], x))
        outputs = keras.tree.flatten(every(x))
        pairs = [Parameters(*(array.numpy() for array in pair)) for pair in gradients]
        return Evaluation([output.numpy() for output in outputs], loss.numpy(), pairs, back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``."""
        return CompiledTrainer(example, dtype) if compiled else Trainer(example, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Adapter``; ``keras.ops``, differentiated by ``tf.GradientTape``."""
        inputs = {name: tf.constant(numbers(array, dtype)) for name, array in example.inputs.items()}
        with tf.GradientTape() as tape:
            tape.watch(list(inputs.values()))
            values, missing = walk(example, inputs, FUNCTIONS)
        found = {name: np.asarray(value) for name, value in values.items()}
        if not (final := example.gradients_of) or final in missing:
            return Calculation(found, {}, missing)
        gradients = tape.gradient(values[final], values, output_gradients=values.get(f"d_{final}"))
        return Calculation(found, {name: np.asarray(array) for name, array in gradients.items() if array is not None}, missing)

    def descend(self, example: DescentExample, run: Descent, dtype: str) -> Array:
        """See ``adapters.Adapter``; Keras's SGD."""
        keras.config.set_floatx(dtype)
        calculation = example.calculation(run)
        x, optimizer = keras.Variable(numbers(run.start, dtype), dtype=dtype), keras.optimizers.SGD(float(run.learning_rate))
        inputs = {name: tf.constant(numbers(array, dtype)) for name, array in calculation.inputs.items()}
        for _ in range(run.steps):
            with tf.GradientTape() as tape:
                values, _missing = walk(calculation, {**inputs, "x": x.value}, FUNCTIONS)
            optimizer.apply([tape.gradient(values[run.value], x.value)], [x])
        return np.asarray(x)

    def count(self, example: ArchitectureExample) -> dict[str, Count]:
        """See ``adapters.Adapter``."""
        return keras_counting.count(example)

    def draw(self, distribution: Distribution) -> Array:
        """See ``adapters.Adapter``; the untruncated ``VarianceScaling``."""
        settings = INITIALIZERS[distribution.formula]
        initializer = keras.initializers.VarianceScaling(**settings, distribution="untruncated_normal", seed=distribution.seed)
        return np.asarray(initializer(distribution.shape, dtype="float64"))

"""Learning from images in Keras: by ``train_on_batch``, and in one compiled loop."""

import keras
import numpy as np
import tensorflow as tf

from adapters import Array, BatchMetrics, Parameters
from adapters.keras.network import loss, sequential, unload
from worked_examples import ImageExample


def optimizer(example: ImageExample) -> keras.optimizers.Optimizer:
    """The example's optimizer."""
    settings = example.training
    if settings is None:
        return keras.optimizers.SGD(0.0)
    rate = float(settings.learning_rate)
    if settings.adam is None:
        return keras.optimizers.SGD(rate)
    beta1, beta2, epsilon = settings.adam.values
    return keras.optimizers.Adam(rate, beta_1=beta1, beta_2=beta2, epsilon=epsilon)


class EagerMinibatchTrainer:
    """``train_on_batch``, one update a call."""

    path = "eager"

    def __init__(self, example: ImageExample, parameters: list[Parameters], dtype: str) -> None:
        self.model, self.dtype = sequential(example.network.layers.activations, parameters, dtype), dtype
        self.classes = parameters[-1].bias.size
        self.sparse = example.network.loss.startswith("sparse")
        how = loss(example.network.loss, example.network.reduction, self.classes)
        self.model.compile(optimizer(example), **how)

    def pair(self, x: Array, labels: Array) -> tuple[tf.Tensor, tf.Tensor]:
        """Inputs and targets as tensors: labels as they are for a sparse loss, else as rows with a 1."""
        targets = labels if self.sparse else keras.utils.to_categorical(labels, self.classes).astype(self.dtype)
        return tf.constant(x, self.dtype), tf.constant(targets)

    def tally(self, y: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Loss, hits and smallest gap of one batch's outputs."""
        right = tf.cast(t, tf.int64) if self.sparse else tf.argmax(t, axis=-1)
        best = tf.argmax(y, axis=-1)
        second = tf.reduce_max(y - tf.one_hot(best, self.classes, dtype=y.dtype), axis=-1)  # outputs lie between 0 and 1
        gap = tf.reduce_min(tf.reduce_max(y, axis=-1) - second)
        return self.model.compute_loss(y=t, y_pred=y), tf.reduce_sum(tf.cast(best == right, tf.int32)), gap

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.Learner``."""
        found = []
        for at in range(0, len(x), batch):
            rows, targets = self.pair(x[at : at + batch], labels[at : at + batch])
            found.append([number.numpy() for number in self.tally(self.model(rows), targets)])
            self.model.train_on_batch(rows, targets)
        losses, n_correct, gaps = zip(*found, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), float(np.min(gaps)))

    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.Learner``."""
        rows, targets = self.pair(x, labels)
        return float(self.model.compute_loss(y=targets, y_pred=self.model(rows)))

    def outputs(self, x: Array, batch: int) -> Array:
        """See ``adapters.Learner``."""
        return np.concatenate([self.model(tf.constant(x[at : at + batch], self.dtype)) for at in range(0, len(x), batch)])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Learner``."""
        return unload(self.model)


class CompiledMinibatchTrainer(EagerMinibatchTrainer):
    """The same model, loss and optimizer in one XLA loop over the batches."""

    path = "compiled"

    def __init__(self, example: ImageExample, parameters: list[Parameters], dtype: str) -> None:
        super().__init__(example, parameters, dtype)
        self.model.optimizer.build(self.model.trainable_variables)
        self.loop = tf.function(self.sweep, jit_compile=True)
        self.ask = tf.function(self.asked, jit_compile=True)

    def step(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step of the model's optimizer; what was found before."""
        with tf.GradientTape() as tape:
            found = self.tally(self.model(x), t)
        variables = self.model.trainable_variables
        self.model.optimizer.apply(tape.gradient(found[0], variables), variables)
        return found

    def sweep(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One update for each batch of ``x (updates, batch, inputs)`` and ``t``."""

        def one(at: tf.Tensor, loss: tf.Tensor, n_correct: tf.Tensor, gap: tf.Tensor) -> tuple[tf.Tensor, ...]:
            found = self.step(x[at], t[at])
            return at + 1, loss + found[0], n_correct + found[1], tf.minimum(gap, found[2])

        zero = tf.zeros((), x.dtype)
        return tf.while_loop(lambda at, *_: at < len(x), one, (0, zero, 0, zero + 1))[1:]

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.Learner``."""
        rows, targets = self.pair(x, labels)
        batches = (tf.reshape(array, (-1, batch, *array.shape[1:])) for array in (rows, targets))
        loss, n_correct, gap = self.loop(*batches)
        return BatchMetrics(float(loss), int(n_correct), float(gap))

    def asked(self, x: tf.Tensor) -> tf.Tensor:
        """The outputs of every batch of ``x (batches, batch, inputs)``."""
        return tf.map_fn(self.model, x)

    def outputs(self, x: Array, batch: int) -> Array:
        """See ``adapters.Learner``."""
        found = self.ask(tf.reshape(tf.constant(x, self.dtype), (-1, batch, x.shape[1]))).numpy()
        return found.reshape(len(x), -1)

"""Training on images in Keras: by ``train_on_batch``, and in one compiled loop."""

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from adapters.keras.network import loss_settings, sequential
from adapters.protocol import Array, BatchMetrics, Parameters
from worked_examples import ImageExample


def optimizer(example: ImageExample) -> keras.optimizers.Optimizer:
    """The example's optimizer; a learning rate of 0 where it is not trained."""
    training = example.training
    learning_rate = float(training.learning_rate) if training else 0.0
    if training is None or training.adam is None:
        return keras.optimizers.SGD(learning_rate)
    beta1, beta2, epsilon = training.adam.values
    return keras.optimizers.Adam(learning_rate, beta_1=beta1, beta_2=beta2, epsilon=epsilon)


class EagerMinibatchTrainer:
    """``train_on_batch``, one update a call; see ``adapters.MinibatchTrainer``."""

    path = "eager"

    def __init__(self, example: ImageExample, parameters: Sequence[Parameters], dtype: str) -> None:
        network = example.network
        self.net, self.dtype = sequential(network.layers.activations, parameters, dtype), dtype
        self.model = self.net.model
        self.classes, self.is_sparse = parameters[-1].bias.size, network.loss.startswith("sparse")
        self.model.compile(optimizer(example), **loss_settings(network.loss, network.reduction, self.classes))

    def tensors(self, x: Array, labels: Array) -> tuple[tf.Tensor, tf.Tensor]:
        """Inputs and targets: labels as they are for a sparse loss, else one-hot rows."""
        targets = labels if self.is_sparse else keras.utils.to_categorical(labels, self.classes).astype(self.dtype)
        return tf.constant(x, self.dtype), tf.constant(targets)

    def metrics(self, y: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Loss, number of correctly classified samples and minimum margin of one batch's outputs."""
        labels = tf.cast(t, tf.int64) if self.is_sparse else tf.argmax(t, axis=-1)
        predicted = tf.argmax(y, axis=-1)
        second = tf.reduce_max(y - tf.one_hot(predicted, self.classes, dtype=y.dtype), axis=-1)  # outputs lie between 0 and 1
        min_margin = tf.reduce_min(tf.reduce_max(y, axis=-1) - second)
        return self.model.compute_loss(y=t, y_pred=y), tf.reduce_sum(tf.cast(predicted == labels, tf.int32)), min_margin

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        metrics = []
        for start in range(0, len(x), batch_size):
            batch, targets = self.tensors(x[start : start + batch_size], labels[start : start + batch_size])
            metrics.append([number.numpy() for number in self.metrics(self.model(batch), targets)])
            self.model.train_on_batch(batch, targets)
        losses, n_correct, margins = zip(*metrics, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), float(np.min(margins)))

    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.MinibatchTrainer``."""
        samples, targets = self.tensors(x, labels)
        return float(self.model.compute_loss(y=targets, y_pred=self.model(samples)))

    def outputs(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.MinibatchTrainer``."""
        batches = (tf.constant(x[start : start + batch_size], self.dtype) for start in range(0, len(x), batch_size))
        return np.concatenate([self.model(batch) for batch in batches])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.MinibatchTrainer``."""
        return self.net.unload()


class CompiledMinibatchTrainer(EagerMinibatchTrainer):
    """The same model, loss and optimizer in one XLA loop over the batches."""

    path = "compiled"

    def __init__(self, example: ImageExample, parameters: Sequence[Parameters], dtype: str) -> None:
        super().__init__(example, parameters, dtype)
        self.model.optimizer.build(self.model.trainable_variables)
        self.train_loop = tf.function(self.train_epoch, jit_compile=True)
        self.inference_loop = tf.function(self.infer, jit_compile=True)

    def step(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step of the model's optimizer; the metrics before."""
        with tf.GradientTape() as tape:
            metrics = self.metrics(self.model(x), t)
        variables = self.model.trainable_variables
        self.model.optimizer.apply(tape.gradient(metrics[0], variables), variables)
        return metrics

    def train_epoch(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One update for each batch of ``x (updates, batch_size, features)`` and ``t``; the metrics of all."""

        def update(index: tf.Tensor, loss: tf.Tensor, n_correct: tf.Tensor, margin: tf.Tensor) -> tuple[tf.Tensor, ...]:
            metrics = self.step(x[index], t[index])
            return index + 1, loss + metrics[0], n_correct + metrics[1], tf.minimum(margin, metrics[2])

        zero = tf.zeros((), x.dtype)
        return tf.while_loop(lambda index, *_: index < len(x), update, (0, zero, 0, zero + 1))[1:]

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        tensors = self.tensors(x, labels)
        loss, n_correct, min_margin = self.train_loop(*(tf.reshape(each, (-1, batch_size, *each.shape[1:])) for each in tensors))
        return BatchMetrics(float(loss), int(n_correct), float(min_margin))

    def infer(self, x: tf.Tensor) -> tf.Tensor:
        """The outputs of every batch of ``x (batches, batch_size, features)``."""
        return tf.map_fn(self.model, x)

    def outputs(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.MinibatchTrainer``."""
        outputs = self.inference_loop(tf.reshape(tf.constant(x, self.dtype), (-1, batch_size, x.shape[1]))).numpy()
        return outputs.reshape(len(x), -1)

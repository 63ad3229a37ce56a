"""Training in Keras in one compiled loop."""

from functools import partial

import numpy as np
import tensorflow as tf

from adapters.keras import optimizers, stopping
from adapters.keras.classes import metrics
from adapters.keras.training import Trainer
from adapters.protocol import Array, BatchMetrics, Progress
from worked_examples import NetworkExample


class CompiledTrainer(Trainer):
    """The same model, loss and optimizer in one XLA loop that ends where the stopping criterion holds."""

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.loop = tf.function(self.train, jit_compile=True)
        self.loop_over_batches = tf.function(self.train_all, jit_compile=True)
        self.inference_loop = tf.function(self.infer, jit_compile=True)

    def step(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """One step of the model's optimizer; loss and outputs before."""
        with tf.GradientTape() as tape:
            loss, y = self.loss_and_outputs(x, t)
        variables = self.model.trainable_variables
        optimizers.before_step(self.model.optimizer, self.method)
        self.model.optimizer.apply(tape.gradient(loss, variables), variables)
        return loss, y

    def full_batch_epoch(self, epoch: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """An epoch of one update, and the loss after it."""
        self.step(*self.data)
        return epoch + 1, stopping.after(self.criterion, self.measured(*self.data), state)

    @staticmethod
    def rows(matrix: tf.Tensor, indices: tf.Tensor) -> tf.Tensor:
        """Some rows of a matrix; one is a slice of fixed size, where XLA would copy the whole matrix for a gather."""
        return tf.gather(matrix, indices) if indices.shape[0] > 1 else tf.slice(matrix, [indices[0], 0], [1, matrix.shape[1]])

    def batched_epoch(self, order: Array, epoch: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """An epoch of one update for each batch, and the sum of the losses before them; the last batch may be a smaller one."""
        zeros = tf.zeros_like(stopping.summed(self.criterion, state))
        samples, (whole, left) = tf.gather(order, epoch % len(order)), divmod(order.shape[1], self.batch_size)

        def update(position: tf.Tensor, total: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            batch = tf.slice(samples, [position * self.batch_size], [self.batch_size])
            return position + 1, total + self.train_on(batch)

        _, total = tf.while_loop(lambda position, _: position < whole, update, (0, zeros))
        if left:
            total += self.train_on(samples[-left:])
        return epoch + 1, stopping.after(self.criterion, total, state)

    def train_on(self, samples: tf.Tensor) -> tf.Tensor:
        """One step with some of the data; what is measured before."""
        x, t = (self.rows(array, samples) for array in self.data)
        return stopping.measured(self.criterion, *self.step(x, t), t)

    def train(self, epoch: tf.Tensor, limit: tf.Tensor, epoch_loss: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Epoch after epoch; the epoch reached, and its tested loss."""
        if self.sample_order is None:
            train_epoch = self.full_batch_epoch
            loss = stopping.begun(self.criterion, self.measured(*self.data), epoch_loss)
        else:
            train_epoch, loss = partial(self.batched_epoch, self.sample_order), epoch_loss
        return tf.while_loop(lambda now, loss: self.should_continue(now, limit, loss), train_epoch, (epoch, loss))

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        epoch, self.epoch_loss = self.loop(tf.constant(self.epoch), tf.constant(limit), self.epoch_loss)
        self.epoch = int(epoch)
        return Progress(self.epoch, stopping.loss(self.epoch_loss).numpy())

    def train_all(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One update for each batch of ``x (updates, batch_size, inputs)`` and ``t``; the metrics of all."""

        def update(index: tf.Tensor, total: tf.Tensor, n_correct: tf.Tensor, margin: tf.Tensor) -> tuple[tf.Tensor, ...]:
            loss, y = self.step(x[index], t[index])
            right, least = metrics(y, t[index])
            return index + 1, total + loss, n_correct + right, tf.minimum(margin, least)

        start = 0, tf.zeros((), x.dtype), 0, tf.constant(x.dtype.max, x.dtype)
        return tf.while_loop(lambda index, *_: index < len(x), update, start)[1:]

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        tensors = (tf.reshape(each, (-1, batch_size, *each.shape[1:])) for each in self.tensors(x, t))
        loss, n_correct, margin = self.loop_over_batches(*tensors)
        return BatchMetrics(float(loss), int(n_correct), float(margin))

    def infer(self, x: tf.Tensor) -> tf.Tensor:
        """The outputs of every batch of ``x (batches, batch_size, inputs)``."""
        return tf.map_fn(self.model, x)

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.Trainer``."""
        outputs = self.inference_loop(tf.reshape(tf.constant(x, self.dtype), (-1, batch_size, x.shape[1]))).numpy()
        return np.asarray(outputs.reshape(len(x), -1))

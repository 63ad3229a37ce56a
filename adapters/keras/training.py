"""Training in Keras: by ``train_on_batch``, and in one compiled loop."""

import tensorflow as tf

from adapters import Parameters, Progress
from adapters.keras.network import build, load, unload
from adapters.schedule import of_epoch, sample_order
from worked_examples import NetworkExample, numbers


class Trainer:
    """``train_on_batch``, one update a call."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        assert example.training is not None, "only an example with a training is trained"
        self.model, self.epoch, self.orders = build(example, dtype), 0, sample_order(example)
        for layer in self.model.layers:
            layer.bias.trainable = example.training.trains_biases
        self.x, self.t = (tf.constant(array) for array in example.data.numbers(dtype))
        self.threshold = tf.constant(numbers(example.training.criterion.threshold, dtype))
        self.goes_on = tf.greater if example.training.criterion.test == "<=" else tf.greater_equal
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
        return unload(self.model)

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
        samples, updates = tf.gather(self.orders, epoch % len(self.orders)), self.orders.shape[1]

        def one(at: tf.Tensor, total: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            pattern = samples[at]
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

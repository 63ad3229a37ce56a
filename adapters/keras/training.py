"""Training in Keras: by ``train_on_batch``, and in one compiled loop."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import tensorflow as tf

from adapters.keras import optimizers, stopping
from adapters.keras.network import as_parameters, build
from adapters.protocol import Array, Parameters, Progress
from adapters.schedule import batches_of, sample_order, training_of
from worked_examples import NetworkExample, numbers


class Trainer:
    """``train_on_batch``, one update a call; see ``adapters.Trainer``."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        training = training_of(example)
        self.net, self.epoch = build(example, dtype, partial(optimizers.of_example, example, dtype)), 0
        self.model, self.sample_order = self.net.model, sample_order(example)
        for slots, names in zip(self.net.slots, example.trained, strict=True):
            for slot in slots:
                slot.variable.trainable = slot.fields[0] in names
        self.method, self.updates = training.method, training.updates(example.data.samples)
        self.batch_size = example.data.samples if training.batch_size == "full" else training.batch_size
        of = training.criterion.of
        self.further = [tf.constant(array) for array in example.with_data(of).data.numbers(dtype)] if of else []
        self.model.optimizer.build(self.model.trainable_variables)
        self.x, self.t = (tf.constant(array) for array in example.data.numbers(dtype))
        self.criterion, self.threshold = training.criterion, tf.constant(numbers(training.criterion.threshold, dtype))
        self.is_above = tf.greater if training.criterion.test == "<=" else tf.greater_equal
        self.epoch_loss = self.no_loss_yet = stopping.before_first_epoch(self.criterion, self.threshold)
        self.compiled_measured = tf.function(self.measured)

    def loss(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """The loss of the current parameters."""
        return self.model.compute_loss(x=x, y=t, y_pred=self.model(x))

    def measured(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """The loss of the current parameters, and where errors are counted their number behind it."""
        y = self.model(x)
        return stopping.measured(self.criterion, self.model.compute_loss(x=x, y=t, y_pred=y), y, t)

    def should_continue(self, epoch: int, limit: int, state: tf.Tensor) -> tf.Tensor:
        """Whether the limit is not reached, the loss finite, and the stopping criterion not fulfilled."""
        above, loss = self.is_above(stopping.tested(self.criterion, state), self.threshold), stopping.loss(state)
        return (epoch < limit) & above & (loss < loss.dtype.max)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        state = self.epoch_loss
        if self.sample_order is None:
            state = stopping.begun(self.criterion, self.compiled_measured(self.x, self.t), state)
        while self.should_continue(self.epoch, limit, state):
            measured = self.train_epoch()
            measured = self.compiled_measured(*self.further) if self.further else measured
            state = stopping.after(self.criterion, measured, state)
            self.epoch += 1
        self.epoch_loss = state
        return Progress(self.epoch, stopping.loss(state).numpy())

    def train_epoch(self) -> tf.Tensor:
        """Update with every batch; what is measured after the update with all samples, or summed before those with batches."""
        if self.sample_order is None:
            self.update(self.x, self.t)
            return self.compiled_measured(self.x, self.t)
        return sum(map(self.train_batch, batches_of(self.sample_order, self.epoch, self.batch_size)))

    def train_batch(self, samples: Array) -> tf.Tensor:
        """Update with a batch; what is measured before."""
        x, t = tf.gather(self.x, samples), tf.gather(self.t, samples)
        measured = self.compiled_measured(x, t)
        self.update(x, t)
        return measured

    def before_updates(self) -> list[list[Parameters]]:
        """See ``adapters.Trainer``."""
        order = np.arange(len(self.x))[None] if self.sample_order is None else self.sample_order
        found = []
        for samples in batches_of(order, self.epoch, self.batch_size):
            found.append(self.parameters())
            self.update(tf.gather(self.x, samples), tf.gather(self.t, samples))
        self.epoch += 1
        return found

    def update(self, x: tf.Tensor, t: tf.Tensor) -> None:
        """One update with a batch."""
        optimizers.before_step(self.model.optimizer, self.method)
        self.model.train_on_batch(x, t)

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``; the state of arrays that are not trained keeps its initial value."""
        state = optimizers.unload_state(self.model.optimizer, self.method)
        return [*self.net.unload(), *(layer for arrays in state for layer in self.as_layers(arrays))]

    def as_layers(self, arrays: Sequence[Array]) -> Iterator[Parameters]:
        """An array for each trainable parameter as one ``Parameters`` a layer."""
        initial = float(self.method.option("initial_accumulator") or 0)
        known = {id(variable): array for variable, array in zip(self.model.trainable_variables, arrays, strict=True)}
        for slots in self.net.slots:
            variables = [slot.variable for slot in slots]
            untrained = (np.full(variable.shape, initial, variable.dtype) for variable in variables)
            values = [known.get(id(variable), start) for variable, start in zip(variables, untrained, strict=True)]
            yield as_parameters(slots, values)

    def trained(self, parameters: Sequence[Parameters]) -> list[Array]:
        """The inverse of ``as_layers``."""
        pairs = zip(self.net.slots, parameters, strict=True)
        known = {id(slot.variable): slot.of(layer) for slots, layer in pairs for slot in slots}
        return [known[id(variable)] for variable in self.model.trainable_variables]

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch, self.epoch_loss, layers = epoch, self.no_loss_yet, len(self.net.units)
        self.net.load(parameters[:layers])
        states = [self.trained(parameters[start : start + layers]) for start in range(layers, len(parameters), layers)]
        optimizers.load_state(self.model.optimizer, self.method, states, epoch * self.updates)


class CompiledTrainer(Trainer):
    """The same model, loss and optimizer in one XLA loop that ends where the stopping criterion holds."""

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.loop = tf.function(self.train, jit_compile=True)

    def step(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """One step of the model's optimizer; what is measured before."""
        with tf.GradientTape() as tape:
            measured = self.measured(x, t)
            loss = stopping.loss(measured)
        variables = self.model.trainable_variables
        optimizers.before_step(self.model.optimizer, self.method)
        self.model.optimizer.apply(tape.gradient(loss, variables), variables)
        return measured

    def full_batch_epoch(self, epoch: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """An epoch of one update, and the loss after it."""
        self.step(self.x, self.t)
        return epoch + 1, stopping.after(self.criterion, self.measured(self.x, self.t), state)

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
            return position + 1, total + self.step(self.rows(self.x, batch), self.rows(self.t, batch))

        _, total = tf.while_loop(lambda position, _: position < whole, update, (0, zeros))
        if left:
            total += self.step(self.rows(self.x, samples[-left:]), self.rows(self.t, samples[-left:]))
        return epoch + 1, stopping.after(self.criterion, total, state)

    def train(self, epoch: tf.Tensor, limit: tf.Tensor, epoch_loss: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Epoch after epoch; the epoch reached, and its tested loss."""
        if self.sample_order is None:
            train_epoch = self.full_batch_epoch
            loss = stopping.begun(self.criterion, self.measured(self.x, self.t), epoch_loss)
        else:
            train_epoch, loss = partial(self.batched_epoch, self.sample_order), epoch_loss
        return tf.while_loop(lambda now, loss: self.should_continue(now, limit, loss), train_epoch, (epoch, loss))

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        epoch, self.epoch_loss = self.loop(tf.constant(self.epoch), tf.constant(limit), self.epoch_loss)
        self.epoch = int(epoch)
        return Progress(self.epoch, stopping.loss(self.epoch_loss).numpy())

"""Training in Keras by ``train_on_batch``; ``compiled_training`` has the compiled loop."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import numpy as np
import tensorflow as tf

from adapters.keras import optimizers, stopping
from adapters.keras.classes import metrics
from adapters.keras.network import as_parameters, build
from adapters.protocol import Array, BatchMetrics, Parameters, Progress
from adapters.schedule import batches_of, sample_order, training_of
from worked_examples import NetworkExample, numbers


class Trainer:
    """``train_on_batch``, one update a call; see ``adapters.Trainer``."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        training = training_of(example)
        self.net, self.epoch = build(example, dtype, partial(optimizers.of_example, example, dtype)), 0
        self.example, self.dtype, self.model = example, dtype, self.net.model
        for slots, names in zip(self.net.slots, example.trained, strict=True):
            for slot in slots:
                slot.variable.trainable = slot.fields[0] in names
        self.method, self.updates = training.method, training.updates(example.data.samples)
        self.batch_size = example.data.samples if training.batch_size == "full" else training.batch_size
        of = training.criterion.of
        self.further = [tf.constant(array) for array in example.with_data(of).data.numbers(dtype)] if of else []
        self.model.optimizer.build(self.model.trainable_variables)
        self.criterion, self.threshold = training.criterion, tf.constant(numbers(training.criterion.threshold, dtype))
        self.is_above = tf.greater if training.criterion.test == "<=" else tf.greater_equal
        self.epoch_loss = self.no_loss_yet = stopping.before_first_epoch(self.criterion, self.threshold)
        self.compiled_measured = tf.function(self.measured)

    @cached_property
    def data(self) -> tuple[tf.Tensor, tf.Tensor]:
        """Inputs and targets of all samples."""
        with tf.init_scope():  # no part of a loop that is just being compiled
            x, t = self.example.data.numbers(self.dtype)
            return self.tensors(x, t)

    @cached_property
    def sample_order(self) -> Array | None:
        """That of ``adapters.schedule``."""
        return sample_order(self.example)

    def tensors(self, x: Array, t: Array) -> tuple[tf.Tensor, tf.Tensor]:
        """Inputs and targets."""
        return tf.constant(x, self.dtype), tf.constant(t.astype(self.dtype, copy=False))

    def loss_and_outputs(self, x: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The loss and the outputs with the current parameters."""
        y = self.model(x)
        return self.model.compute_loss(x=x, y=t, y_pred=y), y

    def measured(self, x: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
        """The loss of the current parameters, and where errors are counted their number behind it."""
        return stopping.measured(self.criterion, *self.loss_and_outputs(x, t), t)

    def should_continue(self, epoch: int, limit: int, state: tf.Tensor) -> tf.Tensor:
        """Whether the limit is not reached, the loss finite, and the stopping criterion not fulfilled."""
        above, loss = self.is_above(stopping.tested(self.criterion, state), self.threshold), stopping.loss(state)
        return (epoch < limit) & above & (loss < loss.dtype.max)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        state = self.epoch_loss
        if self.sample_order is None:
            state = stopping.begun(self.criterion, self.compiled_measured(*self.data), state)
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
            self.update(*self.data)
            return self.compiled_measured(*self.data)
        return sum(map(self.train_samples, batches_of(self.sample_order, self.epoch, self.batch_size)))

    def train_samples(self, samples: Array) -> tf.Tensor:
        """Update with a batch; what is measured before."""
        x, t = (tf.gather(array, samples) for array in self.data)
        measured = self.compiled_measured(x, t)
        self.update(x, t)
        return measured

    def before_updates(self) -> list[list[Parameters]]:
        """See ``adapters.Trainer``."""
        order = np.arange(self.example.data.samples)[None] if self.sample_order is None else self.sample_order
        found = []
        for samples in batches_of(order, self.epoch, self.batch_size):
            found.append(self.parameters())
            self.update(*(tf.gather(array, samples) for array in self.data))
        self.epoch += 1
        return found

    def update(self, x: tf.Tensor, t: tf.Tensor) -> None:
        """One update with a batch."""
        optimizers.before_step(self.model.optimizer, self.method)
        self.model.train_on_batch(x, t)

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        found = []
        for start in range(0, len(x), batch_size):
            batch = self.tensors(x[start : start + batch_size], t[start : start + batch_size])
            loss, y = self.loss_and_outputs(*batch)
            found.append([number.numpy() for number in (loss, *metrics(y, batch[1]))])
            self.update(*batch)
        losses, n_correct, margins = zip(*found, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), float(np.min(margins)))

    def loss_on(self, x: Array, t: Array) -> float:
        """See ``adapters.Trainer``."""
        return float(self.loss_and_outputs(*self.tensors(x, t))[0])

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.Trainer``."""
        batches = (tf.constant(x[start : start + batch_size], self.dtype) for start in range(0, len(x), batch_size))
        return np.concatenate([self.model(batch) for batch in batches])

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

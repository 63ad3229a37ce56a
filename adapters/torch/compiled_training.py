"""Training in PyTorch in one compiled loop."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad, grad_and_value
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from adapters.protocol import Array, BatchMetrics, Progress
from adapters.schedule import training_of
from adapters.torch import optimizers, stopping
from adapters.torch.classes import metrics
from adapters.torch.network import split
from adapters.torch.training import Trainer
from worked_examples import NetworkExample
from worked_examples.schema.trainings.regularization import WeightDecay

COMPILER_OPTIONS: Any = {"cpp_wrapper": True}  # the loop itself in C++: Python would cost more than the arithmetic
ZERO_STEPS = torch.zeros((), dtype=torch.int64)


class CompiledTrainer(Trainer):
    """The same layers, loss and optimizer step in one Inductor loop that ends where the stopping criterion holds.

    The loop carries all trainable parameters as one vector: each tensor of its state costs an allocation an epoch, more than its
    arithmetic.
    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.decays, self.decaying = self.settings_of_decay(training_of(example).weight_decay)
        torch._dynamo.reset()
        compiled = partial(torch.compile, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)
        self.loop, self.loop_over_batches = compiled(self.train_function()), compiled(self.train_all)

    def settings_of_decay(self, decay: WeightDecay | None) -> tuple[list[dict[str, Any]], Tensor]:
        """The settings of a weight decay, and where not all parameters decay those of the others; which entries decay."""
        marks = [torch.full_like(tensor, bool(decay and optimizers.decays(name, decay))) for name, tensor in self.trainable.items()]
        decaying = parameters_to_vector(marks) > 0
        if decay is None:
            return [{}], decaying
        flag = {"decoupled_weight_decay": True} if decay.form == "decoupled" else {}
        settings = {"weight_decay": float(decay.coefficient)} | flag
        return [settings] if decaying.all() else [settings, {}], decaying

    def train_function(self) -> Callable[..., tuple[Tensor, ...]]:
        """What is compiled; where the last batch of an epoch is a smaller one, the updates of an epoch are one step of the loop."""
        if self.sample_order is None:
            return self.train_full_batches
        return self.train_epochs if self.sample_order.shape[1] % self.batch_size else self.train_updates

    def loss_of(self, vector: Tensor, x: Tensor, t: Tensor) -> Tensor:
        """The loss as a function of all trainable parameters in one vector."""
        loss: Tensor = functional_call(self.net, split(vector, self.trainable), (x, t))[1]
        return loss

    def measured_of(self, vector: Tensor, x: Tensor, t: Tensor) -> Tensor:
        """What is measured, as a function of all trainable parameters in one vector."""
        outputs, loss = functional_call(self.net, split(vector, self.trainable), (x, t))
        return stopping.measured(self.criterion, loss, outputs[-1], t)

    def gradient_and_measured(self, vector: Tensor, x: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
        """The gradient of the loss, and what is measured before an update along it."""
        if self.criterion.no_errors is None:
            gradient, loss = grad_and_value(self.loss_of)(vector, x, t)
            return gradient, loss

        def with_measured(vector: Tensor) -> tuple[Tensor, Tensor]:
            measured = self.measured_of(vector, x, t)
            return measured[0], measured

        gradient, measured = grad(with_measured, has_aux=True)(vector)
        return gradient, measured

    def stepped(self, vector: Tensor, gradient: Tensor, state: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """Parameters and the optimizer's state after one step; where it has a state, the steps made are its first tensor."""
        if not state:
            return self.optimizer_step(vector, gradient, (), ZERO_STEPS, self.learning_rate)[:1]
        steps, *arrays = state
        rate: Any = self.learning_rate
        if len(self.rates) > 1:
            rate = self.rates.index_select(0, (steps // self.updates).clamp(max=len(self.rates) - 1).view(1)).squeeze(0)
        if self.scales_gradients:
            gradient, rate = gradient * rate, 1.0
        new, *arrays = self.optimizer_step(vector, gradient, arrays, steps, rate)
        return new, steps + 1, *arrays

    def optimizer_step(
        self, vector: Tensor, gradient: Tensor, arrays: Sequence[Tensor], count: Tensor, rate: Any
    ) -> tuple[Tensor, ...]:
        """Parameters and state after a step; where some parameters decay and others do not, each have a step of their own."""
        steps = [optimizers.functional_step(self.method, vector, gradient, arrays, count, rate, decay) for decay in self.decays]
        with_decay, without = ([new, *arrays] for new, arrays in (steps[0], steps[-1]))
        if len(steps) == 1:
            return tuple(with_decay)
        return tuple(torch.where(self.decaying, *pair) for pair in zip(with_decay, without, strict=True))

    def train_full_batches(self, left: Tensor, epoch_loss: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
        """At most ``left`` epochs of one update; the updates left, the loss, the parameters and the state after them."""

        def should_continue(left: Tensor, loss: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & self.should_continue(loss)

        def update(left: Tensor, before: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
            new, *others = self.stepped(vector, grad(self.loss_of)(vector, *self.data), state)
            return left - 1, stopping.after(self.criterion, self.measured_of(new, *self.data), before), new, *others

        start = (left, stopping.begun(self.criterion, self.measured_of(vector, *self.data), epoch_loss), vector, *state)
        end: tuple[Tensor, ...] = while_loop(should_continue, update, start)
        return end

    def train_updates(
        self, left: Tensor, position: Tensor, epoch_loss: Tensor, vector: Tensor, *state: Tensor
    ) -> tuple[Tensor, ...]:
        """At most ``left`` updates, from ``position`` in the schedule; the stopping criterion is tested where an epoch ends."""
        order = self.sample_order
        assert order is not None, "a full batch has no order"
        positions = len(order) * self.updates

        def should_continue(left: Tensor, position: Tensor, total: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & ((position % self.updates != 0) | self.should_continue(total))

        def update(left: Tensor, position: Tensor, total: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
            batch = order.view(-1, self.batch_size).index_select(0, position.view(1)).view(-1)
            x, t = [array.index_select(0, batch) for array in self.data]
            gradient, measured = self.gradient_and_measured(vector, x, t)
            total = self.added(position % self.updates == 0, total, measured)
            return left - 1, (position + 1) % positions, total, *self.stepped(vector, gradient, state)

        end: tuple[Tensor, ...] = while_loop(should_continue, update, (left, position, epoch_loss, vector, *state))
        return end

    def added(self, begins: Tensor, total: Tensor, measured: Tensor) -> Tensor:
        """The state with what was measured of one more batch, with which an epoch begins or not."""
        if self.criterion.tests != "change":
            return torch.where(begins, 0, total) + measured
        return torch.stack([torch.where(begins, 0, total[0]) + measured, torch.where(begins, total[0], total[1])])

    def train_epochs(
        self, left: Tensor, position: Tensor, epoch_loss: Tensor, vector: Tensor, *state: Tensor
    ) -> tuple[Tensor, ...]:
        """As ``train_updates``, an epoch a turn: every batch may be of another size."""
        order = self.sample_order
        assert order is not None, "a full batch has no order"
        positions = len(order) * self.updates

        def should_continue(left: Tensor, _: Tensor, *changing: Tensor) -> Tensor:
            return (left > 0) & self.should_continue(changing[0])

        def train_epoch(left: Tensor, position: Tensor, total: Tensor, *changing: Tensor) -> tuple[Tensor, ...]:
            samples = order.index_select(0, (position // self.updates).view(1)).view(-1)
            before, total = total, stopping.summed(self.criterion, total) * 0
            for batch in samples.split(self.batch_size):
                x, t = [array.index_select(0, batch) for array in self.data]
                gradient, measured = self.gradient_and_measured(changing[0], x, t)
                total, changing = total + measured, self.stepped(changing[0], gradient, changing[1:])
            total = stopping.after(self.criterion, total, before)
            return left - self.updates, (position + self.updates) % positions, total, *changing

        end: tuple[Tensor, ...] = while_loop(should_continue, train_epoch, (left, position, epoch_loss, vector, *state))
        return end

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        if self.method.formula == "momentum, dampened" and not self.epoch and limit:
            super().advance(1)  # its first step has another formula
        order, _ = self.sample_order, self.data  # before the loop is traced: the compiler cannot make them
        changing = parameters_to_vector(self.trainable.values()).detach(), *self.state_vectors()
        left = torch.tensor((limit - self.epoch) * self.updates)
        if order is None:
            left, self.epoch_loss, vector, *state = self.loop(left, self.epoch_loss, *changing)
        else:
            position = torch.tensor(self.epoch * self.updates % (len(order) * self.updates))
            left, _, self.epoch_loss, vector, *state = self.loop(left, position, self.epoch_loss, *changing)
        vector_to_parameters(vector, self.trainable.values())
        self.epoch = limit - int(left) // self.updates
        self.steps = self.epoch * self.updates
        self.keep_state(state[1:])
        return Progress(self.epoch, stopping.loss(self.epoch_loss).numpy())

    def train_all(self, x: Tensor, t: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
        """One update for each batch of ``x (updates, batch_size, inputs)`` and ``t``; the metrics of all, and what they change."""

        def should_continue(index: Tensor, *_: Tensor) -> Tensor:
            return index < len(x)

        def update(
            index: Tensor, total: Tensor, n_correct: Tensor, margin: Tensor, vector: Tensor, *state: Tensor
        ) -> tuple[Tensor, ...]:
            batch = [array.index_select(0, index.view(1)).squeeze(0) for array in (x, t)]
            gradient, (loss, found) = grad_and_value(self.loss_and_metrics, has_aux=True)(vector, *batch)
            counted = total + loss, n_correct + found[0], torch.minimum(margin, found[1])
            return index + 1, *counted, *self.stepped(vector, gradient, state)

        first = torch.zeros((), dtype=torch.int64)
        start = first, vector.new_zeros(()), first.clone(), vector.new_full((), torch.finfo(vector.dtype).max), vector, *state
        end: tuple[Tensor, ...] = while_loop(should_continue, update, start)
        return end[1:]

    def loss_and_metrics(self, vector: Tensor, x: Tensor, t: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The loss as a function of all trainable parameters in one vector, with the other metrics."""
        outputs, loss = functional_call(self.net, split(vector, self.trainable), (x, t))
        return loss, metrics(outputs[-1], t)

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        if self.method.formula == "momentum, dampened" and not self.steps:
            return super().train_batches(x, t, batch_size)  # its first step has another formula
        changing = parameters_to_vector(self.trainable.values()).detach(), *self.state_vectors()
        batches = (tensor.view(-1, batch_size, *tensor.shape[1:]) for tensor in self.tensors_of(x, t))
        loss, n_correct, margin, vector, *state = self.loop_over_batches(*batches, *changing)
        vector_to_parameters(vector, self.trainable.values())
        self.steps += len(x) // batch_size
        self.keep_state(state[1:])
        return BatchMetrics(float(loss), int(n_correct), float(margin))

    def state_vectors(self) -> list[Tensor]:
        """The number of steps made, and each of PyTorch's own state arrays for all trainable parameters; empty without a state."""
        arrays = [[self.optimizer.state[tensor][name] for tensor in self.trainable.values()] for name in self.state_names]
        counted = arrays or len(self.rates) > 1
        return [torch.tensor(self.steps), *map(parameters_to_vector, arrays)] if counted else []

    def keep_state(self, vectors: Sequence[Tensor]) -> None:
        """Put the arrays of the loop's state where the optimizer has them."""
        for name, vector in zip(self.state_names, vectors, strict=True):
            for key, part in split(vector, self.trainable).items():
                self.optimizer.state[self.trainable[key]][name] = part

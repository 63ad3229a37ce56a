"""Training in PyTorch by ``backward`` and ``optimizer.step``; ``compiled_training`` has the compiled loop."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from adapters.protocol import Array, BatchMetrics, Parameters, Progress
from adapters.schedule import learning_rates, sample_order, training_of
from adapters.torch import optimizers, stopping
from adapters.torch.classes import metrics
from adapters.torch.network import build
from worked_examples import NetworkExample


class Trainer:
    """``backward`` and ``optimizer.step``, one update a turn; see ``adapters.Trainer``. ``steps`` counts the updates made."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        training = training_of(example)
        self.net, self.epoch = build(example, dtype), 0
        self.tensors, trained = self.net.tensors(), example.trained
        if training.rule == "updated weights":
            self.net.go_back_through_updated(float(training.constant_rate), ["kernel" in fields for fields in trained])
        names = {slot.name for slots, fields in zip(self.net.slots, trained, strict=True) for slot in slots if slot.field in fields}
        for name, tensor in self.tensors.items():
            tensor.requires_grad_(name in names)
        self.trainable = {name: tensor for name, tensor in self.tensors.items() if name in names}
        self.method, self.steps, self.rates = training.method, 0, torch.from_numpy(learning_rates(training))
        self.learning_rate = 1.0 if self.scales_gradients else self.rates[0].item()
        self.optimizer = optimizers.build(self.method, self.trainable, self.learning_rate, training.weight_decay)
        self.initial_state = float(self.method.option("initial_accumulator") or 0)
        self.example, self.dtype = example, getattr(torch, dtype)
        self.updates = training.updates(example.data.samples)
        self.batch_size = example.data.samples if training.batch_size == "full" else training.batch_size
        self.criterion, self.threshold = training.criterion, float(training.criterion.threshold)
        self.state_names = optimizers.STATES[self.method.formula]
        self.is_above = torch.gt if training.criterion.test == "<=" else torch.ge
        self.epoch_loss = self.no_loss_yet = stopping.before_first_epoch(self.criterion, self.dtype)
        for tensor in self.trainable.values():
            start = [torch.full_like(tensor, self.initial_state)] * len(self.state_names)
            optimizers.load_state(self.optimizer, self.method, tensor, start, 0, self.learning_rate)

    @cached_property
    def data(self) -> tuple[Tensor, Tensor]:
        """Inputs and targets of all samples."""
        return self.tensors_of(*self.example.data.numbers(str(self.dtype).removeprefix("torch.")))

    @cached_property
    def further(self) -> tuple[Tensor, Tensor] | None:
        """Inputs and targets of the further data whose loss stops the training, if any."""
        of = self.criterion.of
        return self.tensors_of(*self.example.with_data(of).data.numbers(str(self.dtype).removeprefix("torch."))) if of else None

    @cached_property
    def sample_order(self) -> Tensor | None:
        """That of ``adapters.schedule``."""
        order = sample_order(self.example)
        return None if order is None else torch.from_numpy(order).long()

    def tensors_of(self, x: Array, t: Array) -> tuple[Tensor, Tensor]:
        """Inputs and targets."""
        return torch.from_numpy(x).to(self.dtype), torch.from_numpy(t).to(self.dtype)

    @property
    def scales_gradients(self) -> bool:
        """Whether a changing learning rate multiplies the gradients, with PyTorch's at 1: it is then inside of the velocity."""
        return len(self.rates) > 1 and self.method.formula in optimizers.RATE_INSIDE

    def should_continue(self, state: Tensor) -> Tensor:
        """Whether the loss is finite, and the stopping criterion not fulfilled."""
        return self.is_above(stopping.tested(self.criterion, state), self.threshold) & torch.isfinite(stopping.loss(state))

    def step(self, loss: Tensor) -> Tensor:
        """One update along the negative gradient of a loss; returns the loss, detached."""
        self.optimizer.zero_grad()
        loss.backward()
        self.settle()
        self.optimizer.step()
        self.steps += 1
        return loss.detach()

    def settle(self) -> None:
        """Set what the optimizer's next step has of its own: its learning rate, its epsilon."""
        rate = self.rates[min(self.steps // self.updates, len(self.rates) - 1)].item()
        for group in self.optimizer.param_groups:
            if self.method.epsilon_hat:
                group["eps"] = optimizers.epsilon_of_step(self.method, self.steps)
            if self.scales_gradients:
                for tensor in group["params"]:
                    tensor.grad *= rate
            elif len(self.rates) > 1:
                group["lr"] = rate

    def measured(self, x: Tensor, t: Tensor) -> Tensor:
        """The loss of the current parameters, and where errors are counted their number behind it."""
        outputs, loss = self.net(x, t)
        return stopping.measured(self.criterion, loss, outputs[-1], t)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        state = self.epoch_loss
        if self.sample_order is None:
            state = stopping.begun(self.criterion, self.measured(*self.data), state)
        while self.epoch < limit and self.should_continue(state):
            measured = self.train_epoch(state)
            measured = self.measured(*self.further).detach() if self.further else measured
            state = stopping.after(self.criterion, measured, state)
            self.epoch += 1
        self.epoch_loss = state.detach()
        return Progress(self.epoch, stopping.loss(self.epoch_loss).numpy())

    def train_epoch(self, state: Tensor) -> Tensor:
        """An epoch, and what is measured in it; ``state`` is that before."""
        if self.sample_order is not None:
            return self.train_samples(self.sample_order)
        return self.train_full_batch(self.measured(*self.data) if self.further else state)

    def train_full_batch(self, state: Tensor) -> Tensor:
        """An epoch of one update; what is measured after it."""
        self.step(stopping.loss(state))
        return self.measured(*self.data)

    def train_samples(self, order: Tensor) -> Tensor:
        """An epoch of one update for each batch; the sum of what is measured before them."""
        total = torch.zeros_like(stopping.summed(self.criterion, self.epoch_loss))
        for batch in order[self.epoch % len(order)].split(self.batch_size):
            measured = self.measured(*(array[batch] for array in self.data))
            self.step(stopping.loss(measured))
            total += measured.detach()
        return total

    def before_updates(self) -> list[list[Parameters]]:
        """See ``adapters.Trainer``."""
        order = torch.arange(self.example.data.samples)[None] if self.sample_order is None else self.sample_order
        found = []
        for batch in order[self.epoch % len(order)].split(self.batch_size):
            found.append(self.parameters())
            self.step(stopping.loss(self.measured(*(array[batch] for array in self.data))))
        self.epoch += 1
        return found

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        found = []
        for batch, targets in zip(*(tensor.split(batch_size) for tensor in self.tensors_of(x, t)), strict=True):
            outputs, loss = self.net(batch, targets)
            found.append((loss.item(), *(number.item() for number in metrics(outputs[-1].detach(), targets))))
            self.step(loss)
        losses, n_correct, margins = zip(*found, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), float(np.min(margins)))

    @torch.no_grad()
    def loss_on(self, x: Array, t: Array) -> float:
        """See ``adapters.Trainer``."""
        return float(self.net(*self.tensors_of(x, t))[1])

    @torch.no_grad()
    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.Trainer``."""
        return np.concatenate([self.net.outputs(batch)[0][-1] for batch in torch.from_numpy(x).to(self.dtype).split(batch_size)])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        states = (dict(zip(self.tensors, arrays, strict=True)) for arrays in zip(*self.states(), strict=True))
        return [*self.net.unload(), *(layer for state in states for layer in self.net.as_parameters(state))]

    def states(self) -> Iterator[list[Tensor]]:
        """The arrays of the optimizer's state, for each parameter in turn; one that is not trained keeps the initial ones."""
        for name, tensor in self.tensors.items():
            if name in self.trainable:
                yield optimizers.unload_state(self.optimizer, self.method, tensor, self.learning_rate)
            else:
                yield [torch.full_like(tensor, self.initial_state)] * len(optimizers.STATES[self.method.formula])

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        layers = len(self.net.units)
        self.epoch, self.epoch_loss, self.steps = epoch, self.no_loss_yet, epoch * self.updates
        self.net.load(parameters[:layers])
        arrays = [self.net.named(parameters[start : start + layers]) for start in range(layers, len(parameters), layers)]
        for name, tensor in self.trainable.items():
            of_parameter = [state[name] for state in arrays]
            optimizers.load_state(self.optimizer, self.method, tensor, of_parameter, self.steps, self.learning_rate)

"""Training in PyTorch: by ``backward`` and ``optimizer.step``, and in one compiled loop."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad, grad_and_value
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from adapters.protocol import Parameters, Progress
from adapters.schedule import sample_order, training_of
from adapters.torch import optimizers
from adapters.torch.network import as_parameters, as_tensors, build, split
from worked_examples import NetworkExample

COMPILER_OPTIONS: Any = {"cpp_wrapper": True}  # the loop itself in C++: Python would cost more than the arithmetic


ZERO_STEPS = torch.zeros((), dtype=torch.int64)


class Trainer:
    """``backward`` and ``optimizer.step``, one update a turn; see ``adapters.Trainer``. ``steps`` counts the updates made."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        training = training_of(example)
        self.net, self.epoch = build(example, dtype), 0
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(training.trains_biases or name.endswith("weight"))
        self.trainable = {name: parameter for name, parameter in self.net.named_parameters() if parameter.requires_grad}
        self.learning_rate, self.method, self.steps = float(training.learning_rate), training.method, 0
        self.optimizer = optimizers.build(self.method, self.trainable.values(), self.learning_rate)
        self.initial_state = float(self.method.option("initial_accumulator") or 0)
        self.x, self.t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        self.updates = training.updates(len(self.x))
        order = sample_order(example)
        self.sample_order = None if order is None else torch.from_numpy(order).long()
        self.threshold = float(training.criterion.threshold)
        self.state_names = optimizers.STATES[self.method.formula]
        self.is_above = torch.gt if training.criterion.test == "<=" else torch.ge
        self.epoch_loss = self.no_loss_yet = torch.tensor(self.threshold + 1, dtype=self.x.dtype)
        for tensor in self.trainable.values():
            start = [torch.full_like(tensor, self.initial_state)] * len(self.state_names)
            optimizers.load_state(self.optimizer, self.method, tensor, start, 0, self.learning_rate)

    def should_continue(self, loss: Tensor) -> Tensor:
        """Whether the loss is finite, and the stopping criterion not fulfilled."""
        return self.is_above(loss, self.threshold) & torch.isfinite(loss)

    def step(self, loss: Tensor) -> Tensor:
        """One update along the negative gradient of a loss; returns the loss, detached."""
        self.optimizer.zero_grad()
        loss.backward()
        if self.method.epsilon_hat:
            self.optimizer.param_groups[0]["eps"] = optimizers.epsilon_of_step(self.method, self.steps)
        self.optimizer.step()
        self.steps += 1
        return loss.detach()

    def loss(self, x: Tensor, t: Tensor) -> Tensor:
        """The loss of the current parameters."""
        loss: Tensor = self.net(x, t)[1]
        return loss

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        loss = self.loss(self.x, self.t) if self.sample_order is None else self.epoch_loss
        while self.epoch < limit and self.should_continue(loss):
            loss = self.train_full_batch(loss) if self.sample_order is None else self.train_online(self.sample_order)
            self.epoch += 1
        self.epoch_loss = loss.detach()
        return Progress(self.epoch, self.epoch_loss.numpy())

    def train_full_batch(self, loss: Tensor) -> Tensor:
        """An epoch of one update; the loss after it."""
        self.step(loss)
        return self.loss(self.x, self.t)

    def train_online(self, order: Tensor) -> Tensor:
        """An epoch of one update for each sample; the sum of the losses before them."""
        total = torch.zeros_like(self.epoch_loss)
        for sample in order[self.epoch % len(order)].split(1):
            total += self.step(self.loss(self.x[sample], self.t[sample]))
        return total

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return [*self.net.unload(), *(layer for arrays in zip(*self.states(), strict=True) for layer in as_parameters(arrays))]

    def states(self) -> Iterator[list[Tensor]]:
        """The arrays of the optimizer's state, for each parameter in turn; one that is not trained keeps the initial ones."""
        for name, tensor in self.net.named_parameters():
            if name in self.trainable:
                yield optimizers.unload_state(self.optimizer, self.method, tensor, self.learning_rate)
            else:
                yield [torch.full_like(tensor, self.initial_state)] * len(optimizers.STATES[self.method.formula])

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        layers = len(self.net.dense)
        self.epoch, self.epoch_loss, self.steps = epoch, self.no_loss_yet, epoch * self.updates
        self.net.load(parameters[:layers])
        arrays = [as_tensors(parameters[start : start + layers]) for start in range(layers, len(parameters), layers)]
        for index, (name, tensor) in enumerate(self.net.named_parameters()):
            if name in self.trainable:
                of_parameter = [state[index] for state in arrays]
                optimizers.load_state(self.optimizer, self.method, tensor, of_parameter, self.steps, self.learning_rate)


class CompiledTrainer(Trainer):
    """The same layers, loss and optimizer step in one Inductor loop that ends where the stopping criterion holds.

    The loop carries all trainable parameters as one vector: each tensor of its state costs an allocation an epoch, more than its
    arithmetic.
    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        torch._dynamo.reset()
        train = self.train_full_batches if self.sample_order is None else self.train_samples
        self.loop = torch.compile(train, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def loss_of(self, vector: Tensor, x: Tensor, t: Tensor) -> Tensor:
        """The loss as a function of all trainable parameters in one vector."""
        loss: Tensor = functional_call(self.net, split(vector, self.trainable), (x, t))[1]
        return loss

    def stepped(self, vector: Tensor, gradient: Tensor, state: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """Parameters and the optimizer's state after one step; where it has a state, the steps made are its first tensor."""
        if not state:
            return optimizers.functional_step(self.method, vector, gradient, (), ZERO_STEPS, self.learning_rate)[:1]
        steps, *arrays = state
        new, arrays = optimizers.functional_step(self.method, vector, gradient, arrays, steps, self.learning_rate)
        return new, steps + 1, *arrays

    def train_full_batches(self, left: Tensor, _: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
        """At most ``left`` epochs of one update; the updates left, the loss, the parameters and the state after them."""

        def should_continue(left: Tensor, loss: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & self.should_continue(loss)

        def update(left: Tensor, _: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
            new, *others = self.stepped(vector, grad(self.loss_of)(vector, self.x, self.t), state)
            return left - 1, self.loss_of(new, self.x, self.t), new, *others

        start = (left, self.loss_of(vector, self.x, self.t), vector, *state)
        end: tuple[Tensor, ...] = while_loop(should_continue, update, start)
        return end

    def train_samples(
        self, left: Tensor, position: Tensor, epoch_loss: Tensor, vector: Tensor, *state: Tensor
    ) -> tuple[Tensor, ...]:
        """At most ``left`` updates, from ``position`` in the schedule; the stopping criterion is tested where an epoch ends."""
        order = self.sample_order
        assert order is not None, "a full batch has no order"

        def should_continue(left: Tensor, position: Tensor, total: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & ((position % self.updates != 0) | self.should_continue(total))

        def update(left: Tensor, position: Tensor, total: Tensor, vector: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
            sample = order.view(-1).index_select(0, position.view(1))
            gradient, loss = grad_and_value(self.loss_of)(vector, self.x.index_select(0, sample), self.t.index_select(0, sample))
            total = torch.where(position % self.updates == 0, 0, total) + loss
            return left - 1, (position + 1) % order.numel(), total, *self.stepped(vector, gradient, state)

        end: tuple[Tensor, ...] = while_loop(should_continue, update, (left, position, epoch_loss, vector, *state))
        return end

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        if self.method.formula == "momentum, dampened" and not self.epoch and limit:
            super().advance(1)  # its first step has another formula
        changing = parameters_to_vector(self.trainable.values()).detach(), *self.state_vectors()
        left = torch.tensor((limit - self.epoch) * self.updates)
        if self.sample_order is None:
            left, self.epoch_loss, vector, *state = self.loop(left, self.epoch_loss, *changing)
        else:
            position = torch.tensor(self.epoch * self.updates % self.sample_order.numel())
            left, _, self.epoch_loss, vector, *state = self.loop(left, position, self.epoch_loss, *changing)
        vector_to_parameters(vector, self.trainable.values())
        self.epoch = limit - int(left) // self.updates
        self.steps = self.epoch * self.updates
        self.keep_state(state[1:])
        return Progress(self.epoch, self.epoch_loss.numpy())

    def state_vectors(self) -> list[Tensor]:
        """The number of steps made, and each of PyTorch's own state arrays for all trainable parameters; empty without a state."""
        arrays = [[self.optimizer.state[tensor][name] for tensor in self.trainable.values()] for name in self.state_names]
        return [torch.tensor(self.steps), *map(parameters_to_vector, arrays)] if arrays else []

    def keep_state(self, vectors: Sequence[Tensor]) -> None:
        """Put the arrays of the loop's state where the optimizer has them."""
        for name, vector in zip(self.state_names, vectors, strict=True):
            for key, part in split(vector, self.trainable).items():
                self.optimizer.state[self.trainable[key]][name] = part

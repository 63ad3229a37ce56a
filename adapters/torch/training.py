"""Training in PyTorch: by ``backward`` and ``optimizer.step``, and in one compiled loop."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad, grad_and_value
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.optim.sgd import sgd

from adapters.protocol import Parameters, Progress
from adapters.schedule import sample_order, training_of
from adapters.torch.network import build, split
from worked_examples import NetworkExample

PLAIN_SGD: Any = {"weight_decay": 0, "momentum": 0, "dampening": 0, "nesterov": False, "maximize": False, "foreach": False}
COMPILER_OPTIONS: Any = {"cpp_wrapper": True}  # the loop itself in C++: Python would cost more than the arithmetic


def sgd_step(vector: Tensor, gradient: Tensor, learning_rate: float) -> Tensor:
    """One step of ``torch.optim``'s SGD, in its functional form: a compiled loop must not change its operands."""
    new = vector.clone()
    sgd([new], [gradient], [None], lr=learning_rate, **PLAIN_SGD)
    return new


class Trainer:
    """``backward`` and ``optimizer.step``, one update a turn; see ``adapters.Trainer``."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        training = training_of(example)
        self.net, self.epoch = build(example, dtype), 0
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(training.trains_biases or name.endswith("weight"))
        self.trainable = {name: parameter for name, parameter in self.net.named_parameters() if parameter.requires_grad}
        self.learning_rate = float(training.learning_rate)
        self.optimizer = torch.optim.SGD(self.trainable.values(), lr=self.learning_rate)
        self.x, self.t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        order = sample_order(example)
        self.sample_order = None if order is None else torch.from_numpy(order).long()
        self.threshold = float(training.criterion.threshold)
        self.is_above = torch.gt if training.criterion.test == "<=" else torch.ge
        self.epoch_loss = self.no_loss_yet = torch.tensor(self.threshold + 1, dtype=self.x.dtype)

    def should_continue(self, loss: Tensor) -> Tensor:
        """Whether the loss is finite, and the stopping criterion not fulfilled."""
        return self.is_above(loss, self.threshold) & torch.isfinite(loss)

    def step(self, loss: Tensor) -> Tensor:
        """One update along the negative gradient of a loss; returns the loss, detached."""
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
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
        return self.net.unload()

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """See ``adapters.Trainer``; gradient descent at a constant learning rate has no further state."""
        self.epoch, self.epoch_loss = epoch, self.no_loss_yet
        self.net.load(parameters)


class CompiledTrainer(Trainer):
    """The same layers, loss and optimizer step in one Inductor loop that ends where the stopping criterion holds.

    The loop carries all trainable parameters as one vector: each tensor of its state costs an allocation an epoch, more than its
    arithmetic.
    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        torch._dynamo.reset()
        self.updates = 1 if self.sample_order is None else self.sample_order.shape[1]
        train = self.train_full_batches if self.sample_order is None else self.train_samples
        self.loop = torch.compile(train, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def loss_of(self, vector: Tensor, x: Tensor, t: Tensor) -> Tensor:
        """The loss as a function of all trainable parameters in one vector."""
        loss: Tensor = functional_call(self.net, split(vector, self.trainable), (x, t))[1]
        return loss

    def train_full_batches(self, left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """At most ``left`` epochs of one update; the updates left, the loss and the parameters after them."""

        def should_continue(left: Tensor, loss: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & self.should_continue(loss)

        def update(left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
            new = sgd_step(vector, grad(self.loss_of)(vector, self.x, self.t), self.learning_rate)
            return left - 1, self.loss_of(new, self.x, self.t), new

        state: tuple[Tensor, ...] = while_loop(should_continue, update, (left, self.loss_of(vector, self.x, self.t), vector))
        return state

    def train_samples(self, left: Tensor, position: Tensor, epoch_loss: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """At most ``left`` updates, from ``position`` in the schedule; the stopping criterion is tested where an epoch ends."""
        order = self.sample_order
        assert order is not None, "a full batch has no order"

        def should_continue(left: Tensor, position: Tensor, total: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & ((position % self.updates != 0) | self.should_continue(total))

        def update(left: Tensor, position: Tensor, total: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
            sample = order.view(-1).index_select(0, position.view(1))
            gradient, loss = grad_and_value(self.loss_of)(vector, self.x.index_select(0, sample), self.t.index_select(0, sample))
            total = torch.where(position % self.updates == 0, 0, total) + loss
            return left - 1, (position + 1) % order.numel(), total, sgd_step(vector, gradient, self.learning_rate)

        state: tuple[Tensor, ...] = while_loop(should_continue, update, (left, position, epoch_loss, vector))
        return state

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        vector = parameters_to_vector(self.trainable.values()).detach()
        left = torch.tensor((limit - self.epoch) * self.updates)
        if self.sample_order is None:
            left, self.epoch_loss, vector = self.loop(left, self.epoch_loss, vector)
        else:
            position = torch.tensor(self.epoch * self.updates % self.sample_order.numel())
            left, _, self.epoch_loss, vector = self.loop(left, position, self.epoch_loss, vector)
        vector_to_parameters(vector, self.trainable.values())
        self.epoch = limit - int(left) // self.updates
        return Progress(self.epoch, self.epoch_loss.numpy())

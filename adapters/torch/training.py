"""Training in PyTorch: by ``backward`` and ``optimizer.step``, and in one compiled loop."""

from typing import Any

import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad, grad_and_value
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.optim.sgd import sgd

from adapters import Parameters, Progress
from adapters.schedule import sample_order
from adapters.torch.network import build, pairs
from worked_examples import NetworkExample

PLAIN: Any = {"weight_decay": 0, "momentum": 0, "dampening": 0, "nesterov": False, "maximize": False, "foreach": False}
COMPILER_OPTIONS: Any = {"cpp_wrapper": True}  # the loop itself in C++: Python would cost more than the arithmetic


def sgd_step(vector: Tensor, slope: Tensor, rate: float) -> Tensor:
    """One step of ``torch.optim``'s SGD, in its functional form: a compiled loop may not change what it was given."""
    new = vector.clone()
    sgd([new], [slope], [None], lr=rate, **PLAIN)
    return new


class Trainer:
    """``backward`` and ``optimizer.step``, one update a turn."""

    path = "eager"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        assert example.training is not None, "only an example with a training is trained"
        self.net, self.epoch = build(example, dtype), 0
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(example.training.trains_biases or name.endswith("weight"))
        self.trained = {name: parameter for name, parameter in self.net.named_parameters() if parameter.requires_grad}
        self.rate = float(example.training.learning_rate)
        self.optimizer = torch.optim.SGD(self.trained.values(), lr=self.rate)
        self.x, self.t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        self.orders = None if (schedule := sample_order(example)) is None else torch.from_numpy(schedule).long()
        self.threshold = float(example.training.criterion.threshold)
        self.goes_on = torch.gt if example.training.criterion.test == "<=" else torch.ge
        self.last = self.unmeasured = torch.tensor(self.threshold + 1, dtype=self.x.dtype)

    def running(self, error: Tensor) -> Tensor:
        """Whether the stop rule does not hold yet and the loss is finite."""
        return self.goes_on(error, self.threshold) & torch.isfinite(error)

    def step(self, error: Tensor) -> Tensor:
        """One update down the gradient of a loss; gives the loss back, detached."""
        self.optimizer.zero_grad()
        error.backward()
        self.optimizer.step()
        return error.detach()

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        error = self.net(self.x, self.t)[1] if self.orders is None else self.last
        while self.epoch < limit and self.running(error):
            if self.orders is None:
                self.step(error)
                error = self.net(self.x, self.t)[1]
            else:
                samples = self.orders[self.epoch % len(self.orders)].split(1)
                error = sum(self.step(self.net(self.x[one], self.t[one])[1]) for one in samples)
            self.epoch += 1
        self.last = error.detach()
        return Progress(self.epoch, self.last.numpy())

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return pairs(value.detach().clone() for value in self.net.parameters())

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch, self.last = epoch, self.unmeasured
        self.net.load(parameters)


class CompiledTrainer(Trainer):
    """The same layers, loss and optimizer step in one Inductor loop that ends where the stop rule holds.

    The loop carries all trained parameters as one vector: each tensor of its state costs an allocation an epoch, more than its
    arithmetic.
    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        torch._dynamo.reset()
        several = self.orders is not None
        self.per_epoch = self.orders.shape[1] if self.orders is not None else 1
        self.loop = torch.compile(self.sweeps if several else self.descend, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def loss(self, vector: Tensor, x: Tensor, t: Tensor) -> Tensor:
        """The loss as a function of all trained parameters in a row."""
        parts = vector.split([parameter.numel() for parameter in self.trained.values()])
        named = zip(parts, self.trained.items(), strict=True)
        parameters = {name: part.view(parameter.shape) for part, (name, parameter) in named}
        result: Tensor = functional_call(self.net, parameters, (x, t))[1]
        return result

    def update(self, left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """An epoch of one update, and the loss after it."""
        new = sgd_step(vector, grad(self.loss)(vector, self.x, self.t), self.rate)
        return left - 1, self.loss(new, self.x, self.t), new

    def descend(self, left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """Update while training runs, ``left`` times at most."""

        def due(left: Tensor, error: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & self.running(error)

        state: tuple[Tensor, ...] = while_loop(due, self.update, (left, self.loss(vector, self.x, self.t), vector))
        return state

    def one(self, left: Tensor, at: Tensor, total: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """The update with the pattern whose turn it is; ``total`` begins anew with each epoch."""
        assert self.orders is not None, "only a schedule has turns"
        pattern = self.orders.view(-1).index_select(0, at.view(1))
        x, t = self.x.index_select(0, pattern), self.t.index_select(0, pattern)
        slope, error = grad_and_value(self.loss)(vector, x, t)
        first = at % self.per_epoch == 0
        return left - 1, (at + 1) % self.orders.numel(), torch.where(first, 0, total) + error, sgd_step(vector, slope, self.rate)

    def sweeps(self, left: Tensor, at: Tensor, last: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """Update while training runs, ``left`` times at most; the stop rule is asked where an epoch ends."""

        def due(left: Tensor, at: Tensor, total: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & ((at % self.per_epoch != 0) | self.running(total))

        state: tuple[Tensor, ...] = while_loop(due, self.one, (left, at, last, vector))
        return state

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        vector, todo = parameters_to_vector(self.trained.values()).detach(), (limit - self.epoch) * self.per_epoch
        if self.orders is None:
            left, self.last, vector = self.loop(torch.tensor(todo), self.last, vector)
        else:
            at = self.epoch * self.per_epoch % self.orders.numel()
            left, _, self.last, vector = self.loop(torch.tensor(todo), torch.tensor(at), self.last, vector)
        vector_to_parameters(vector, self.trained.values())
        self.epoch = limit - int(left) // self.per_epoch
        return Progress(self.epoch, self.last.numpy())

"""Learning from images in PyTorch: by ``backward`` and ``optimizer.step``, and in one compiled loop."""

import numpy as np
import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad_and_value
from torch.nn import functional
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from adapters import Array, BatchMetrics, Parameters
from adapters.torch.network import Net, pairs
from adapters.torch.training import COMPILER_OPTIONS, sgd_step
from worked_examples import ImageExample


def optimizer(example: ImageExample, net: Net) -> torch.optim.Optimizer | None:
    """The example's optimizer; none where it does not learn."""
    settings = example.training
    if settings is None:
        return None
    rate = float(settings.learning_rate)
    if settings.adam is None:
        return torch.optim.SGD(net.parameters(), lr=rate)
    beta1, beta2, epsilon = settings.adam.values
    return torch.optim.Adam(net.parameters(), lr=rate, betas=(beta1, beta2), eps=epsilon)


class EagerMinibatchTrainer:
    """``backward`` and ``optimizer.step``, one update a turn."""

    path = "eager"

    def __init__(self, example: ImageExample, parameters: list[Parameters], dtype: str) -> None:
        network = example.network
        self.net = Net(network.layers.activations, network.loss, parameters, dtype, network.reduction)
        self.dtype, self.classes, self.updates = getattr(torch, dtype), parameters[-1].bias.size, 0
        self.sparse = network.loss.startswith("sparse")
        self.optimizer, self.adam = optimizer(example, self.net), example.training and example.training.adam

    def pair(self, x: Array, labels: Array) -> tuple[Tensor, Tensor]:
        """Inputs and targets as tensors: labels as they are for a sparse loss, else as rows with a 1."""
        right = torch.from_numpy(labels.astype(np.int64))
        targets = right if self.sparse else functional.one_hot(right, self.classes).to(self.dtype)
        return torch.from_numpy(x).to(self.dtype), targets

    def tally(self, y: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
        """Hits and smallest gap of one batch's outputs."""
        best = torch.topk(y, 2)
        right = t if self.sparse else t.argmax(dim=-1)
        return (best.indices[:, 0] == right).sum(), (best.values[:, 0] - best.values[:, 1]).min()

    def step(self, loss: Tensor) -> None:
        """One step of the optimizer.

        Adam's epsilon hat, which stands in the fixture, is divided by ``sqrt(1 - beta2^t)`` to stand where PyTorch adds it.
        """
        assert self.optimizer is not None, "a network that is only asked has no optimizer"
        self.updates += 1
        if self.adam:
            _, beta2, epsilon = self.adam.values
            self.optimizer.param_groups[0]["eps"] = epsilon / (1 - beta2**self.updates) ** 0.5
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.Learner``."""
        found = []
        for rows, targets in zip(*(tensor.split(batch) for tensor in self.pair(x, labels)), strict=True):
            outputs, loss = self.net(rows, targets)
            found.append((loss.item(), *(number.item() for number in self.tally(outputs[-1].detach(), targets))))
            self.step(loss)
        losses, n_correct, gaps = zip(*found, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), min(gaps))

    @torch.no_grad()
    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.Learner``."""
        return float(self.net(*self.pair(x, labels))[1])

    @torch.no_grad()
    def outputs(self, x: Array, batch: int) -> Array:
        """See ``adapters.Learner``."""
        return np.concatenate([self.net.outputs(rows)[0][-1] for rows in torch.from_numpy(x).to(self.dtype).split(batch)])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Learner``."""
        return pairs(value.detach().clone() for value in self.net.parameters())


class CompiledMinibatchTrainer(EagerMinibatchTrainer):
    """The same layers and loss, and the optimizer's functional form, in one Inductor loop over single patterns."""

    path = "compiled"

    def __init__(self, example: ImageExample, parameters: list[Parameters], dtype: str) -> None:
        super().__init__(example, parameters, dtype)
        assert example.training is not None, "only what learns is compiled"
        self.rate = float(example.training.learning_rate)
        torch._dynamo.reset()
        self.loop = torch.compile(self.sweep, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def found(self, vector: Tensor, x: Tensor, t: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The loss as a function of all parameters in a row, with hits and gap."""
        named = dict(self.net.named_parameters())
        parts = vector.split([parameter.numel() for parameter in named.values()])
        parameters = {name: part.view(named[name].shape) for name, part in zip(named, parts, strict=True)}
        outputs, loss = functional_call(self.net, parameters, (x, t))
        return loss, self.tally(outputs[-1], t)

    def sweep(self, x: Tensor, t: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """One update for each row of ``x`` and ``t``."""

        def due(at: Tensor, *_: Tensor) -> Tensor:
            return at < len(x)

        def one(at: Tensor, total: Tensor, n_correct: Tensor, gap: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
            row = at.view(1)
            rows = x.index_select(0, row), t.index_select(0, row)
            slope, (loss, tally) = grad_and_value(self.found, has_aux=True)(vector, *rows)
            return at + 1, total + loss, n_correct + tally[0], torch.minimum(gap, tally[1]), sgd_step(vector, slope, self.rate)

        zero, none = vector.new_zeros(()), torch.zeros((), dtype=torch.int64)
        state: tuple[Tensor, ...] = while_loop(due, one, (none, zero, none.clone(), zero + 1, vector))
        return state[1:]

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.Learner``; ``batch`` is 1."""
        vector = parameters_to_vector(self.net.parameters()).detach()
        loss, n_correct, gap, vector = self.loop(*self.pair(x, labels), vector)
        vector_to_parameters(vector, self.net.parameters())
        return BatchMetrics(float(loss), int(n_correct), float(gap))

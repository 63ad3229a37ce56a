"""Training on images in PyTorch: by ``backward`` and ``optimizer.step``, and in one compiled loop."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad_and_value
from torch.nn import functional
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from adapters.protocol import Array, BatchMetrics, Parameters
from adapters.torch.compiled_training import COMPILER_OPTIONS, ZERO_STEPS
from adapters.torch.network import Net, sequential, split
from adapters.torch.optimizers import functional_step
from worked_examples import ImageExample
from worked_examples.schema.trainings.optimizer import Optimizer

PLAIN = Optimizer(name="gradient descent")


def optimizer(example: ImageExample, net: Net) -> torch.optim.Optimizer:
    """The example's optimizer; a learning rate of 0 where it is not trained."""
    training = example.training
    learning_rate = float(training.learning_rate) if training else 0.0
    if training is None or training.adam is None:
        return torch.optim.SGD(net.parameters(), lr=learning_rate)
    beta1, beta2, epsilon = training.adam.values
    return torch.optim.Adam(net.parameters(), lr=learning_rate, betas=(beta1, beta2), eps=epsilon)


class EagerMinibatchTrainer:
    """``backward`` and ``optimizer.step``, one update a turn; see ``adapters.MinibatchTrainer``."""

    path = "eager"

    def __init__(self, example: ImageExample, parameters: Sequence[Parameters], dtype: str) -> None:
        network = example.network
        self.net = sequential(network.layers.activations, network.loss, parameters, dtype, network.reduction)
        self.dtype, self.classes, self.updates = getattr(torch, dtype), parameters[-1].bias.size, 0
        self.is_sparse = network.loss.startswith("sparse")
        self.optimizer, self.adam = optimizer(example, self.net), example.training.adam if example.training else None

    def tensors(self, x: Array, labels: Array) -> tuple[Tensor, Tensor]:
        """Inputs and targets: labels as they are for a sparse loss, else one-hot rows."""
        classes = torch.from_numpy(labels.astype(np.int64))
        targets = classes if self.is_sparse else functional.one_hot(classes, self.classes).to(self.dtype)
        return torch.from_numpy(x).to(self.dtype), targets

    def metrics(self, y: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
        """Number of correctly classified samples and minimum margin of one batch's outputs."""
        largest = torch.topk(y, 2)
        labels = t if self.is_sparse else t.argmax(dim=-1)
        return (largest.indices[:, 0] == labels).sum(), (largest.values[:, 0] - largest.values[:, 1]).min()

    def step(self, loss: Tensor) -> None:
        """One step of the optimizer.

        The example's epsilon is Adam's epsilon hat; divided by ``sqrt(1 - beta2^t)`` it acts where PyTorch adds its epsilon.
        """
        self.updates += 1
        if self.adam:
            _, beta2, epsilon = self.adam.values
            self.optimizer.param_groups[0]["eps"] = epsilon / (1 - beta2**self.updates) ** 0.5
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        metrics = []
        for batch, targets in zip(*(tensor.split(batch_size) for tensor in self.tensors(x, labels)), strict=True):
            outputs, loss = self.net(batch, targets)
            metrics.append((loss.item(), *(number.item() for number in self.metrics(outputs[-1].detach(), targets))))
            self.step(loss)
        losses, n_correct, margins = zip(*metrics, strict=True)
        return BatchMetrics(float(np.sum(losses)), int(np.sum(n_correct)), float(np.min(margins)))

    @torch.no_grad()
    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.MinibatchTrainer``."""
        return float(self.net(*self.tensors(x, labels))[1])

    @torch.no_grad()
    def outputs(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.MinibatchTrainer``."""
        return np.concatenate([self.net.outputs(batch)[0][-1] for batch in torch.from_numpy(x).to(self.dtype).split(batch_size)])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.MinibatchTrainer``."""
        return self.net.unload()


class CompiledMinibatchTrainer(EagerMinibatchTrainer):
    """The same layers and loss, and the optimizer's functional form, in one Inductor loop with a batch size of 1."""

    path = "compiled"

    def __init__(self, example: ImageExample, parameters: Sequence[Parameters], dtype: str) -> None:
        super().__init__(example, parameters, dtype)
        assert example.training is not None, "only a training is compiled"
        self.learning_rate = float(example.training.learning_rate)
        torch._dynamo.reset()
        self.loop = torch.compile(self.train_samples, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def loss_and_metrics(self, vector: Tensor, x: Tensor, t: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The loss as a function of all parameters in one vector, with the other metrics."""
        outputs, loss = functional_call(self.net, split(vector, dict(self.net.named_parameters())), (x, t))
        return loss, self.metrics(outputs[-1], t)

    def train_samples(self, x: Tensor, t: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """One update for each row of ``x`` and ``t``; the metrics of all, and the parameters after them."""

        def should_continue(index: Tensor, *_: Tensor) -> Tensor:
            return index < len(x)

        def update(index: Tensor, total: Tensor, n_correct: Tensor, margin: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
            sample = x.index_select(0, index.view(1)), t.index_select(0, index.view(1))
            gradient, (loss, metrics) = grad_and_value(self.loss_and_metrics, has_aux=True)(vector, *sample)
            new, _ = functional_step(PLAIN, vector, gradient, (), ZERO_STEPS, self.learning_rate, {})
            return index + 1, total + loss, n_correct + metrics[0], torch.minimum(margin, metrics[1]), new

        zero, first = vector.new_zeros(()), torch.zeros((), dtype=torch.int64)
        state: tuple[Tensor, ...] = while_loop(should_continue, update, (first, zero, first.clone(), zero + 1, vector))
        return state[1:]

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``; ``batch_size`` is 1."""
        vector = parameters_to_vector(self.net.parameters()).detach()
        loss, n_correct, min_margin, vector = self.loop(*self.tensors(x, labels), vector)
        vector_to_parameters(vector, self.net.parameters())
        return BatchMetrics(float(loss), int(n_correct), float(min_margin))

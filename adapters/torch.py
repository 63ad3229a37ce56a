"""PyTorch: ``nn.Linear`` layers, ``nn`` losses and ``torch.optim``, in the dtype that is asked for."""

import shutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.optim.sgd import sgd

from adapters import Array, Evaluation, Parameters, Progress
from fixtures import Distribution, NetworkExample, numbers

torch.set_num_threads(1)  # the nets are tiny, and test workers run side by side
ACTIVATIONS = {
    "identity": nn.Identity(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "softmax": nn.Softmax(dim=-1),
}
PLAIN: Any = {"weight_decay": 0, "momentum": 0, "dampening": 0, "nesterov": False, "maximize": False, "foreach": False}
NONLINEARITIES: Any = {"he": "relu", "lecun": "linear"}  # variance 2/fan_in and 1/fan_in
COMPILER_OPTIONS: Any = {"cpp_wrapper": True}  # the loop itself in C++: Python would cost more than the arithmetic


class Net(nn.Module):
    """The example's layers and loss, with its initial weights."""

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__()
        layers = example.network.layers
        self.dense = nn.ModuleList(nn.Linear(len(layer.kernel), len(layer.bias), dtype=getattr(torch, dtype)) for layer in layers)
        self.activations = nn.ModuleList(ACTIVATIONS[layer.activation] for layer in layers)
        self.cross_entropy = nn.CrossEntropyLoss(reduction="sum") if example.network.loss == "cross entropy" else None
        self.squared_error = nn.MSELoss(reduction="sum")
        self.load([Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers])

    def load(self, parameters: Iterable[Parameters]) -> None:
        """Set all weights; ``nn.Linear`` keeps its kernel as ``(outputs, inputs)``."""
        with torch.no_grad():
            for layer, (kernel, bias) in zip(self.dense, parameters, strict=True):
                layer.get_parameter("weight").copy_(torch.from_numpy(kernel.T.copy()))
                layer.get_parameter("bias").copy_(torch.from_numpy(bias))

    def forward(self, x: Tensor, t: Tensor) -> tuple[list[Tensor], Tensor]:
        """The outputs of every layer, and the loss; ``CrossEntropyLoss`` takes what goes into the softmax."""
        outputs = []
        for dense, activation in zip(self.dense, self.activations, strict=True):
            sums: Tensor = dense(x)
            x = activation(sums)
            outputs.append(x)
        return outputs, self.cross_entropy(sums, t) if self.cross_entropy else self.squared_error(x, t) / 2


def pairs(tensors: Iterable[Tensor]) -> list[Parameters]:
    """Weights and biases in turn, as ``Net.parameters`` gives them, in the books' layout."""
    arrays = [tensor.numpy() for tensor in tensors]
    return [Parameters(weight.T, bias) for weight, bias in zip(arrays[::2], arrays[1::2], strict=True)]


class Trainer:
    """``backward`` and ``optimizer.step``, one update a turn."""

    path = "ordinary"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        assert example.training is not None, "only an example with a training is trained"
        self.net, self.epoch = Net(example, dtype), 0
        self.rate = float(example.training.learning_rate)
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=self.rate)
        self.x, self.t = torch.from_numpy(numbers(example.data.input, dtype)), torch.from_numpy(numbers(example.data.target, dtype))
        self.threshold = float(example.training.stop.threshold)
        self.goes_on = torch.gt if example.training.stop.test == "<=" else torch.ge

    def running(self, error: Tensor) -> Tensor:
        """Whether the stop rule does not hold yet and the loss is finite."""
        return self.goes_on(error, self.threshold) & torch.isfinite(error)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        error = self.net(self.x, self.t)[1]
        while self.epoch < limit and self.running(error):
            self.optimizer.zero_grad()
            error.backward()
            self.optimizer.step()
            self.epoch += 1
            error = self.net(self.x, self.t)[1]
        return Progress(self.epoch, error.detach().numpy())

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return pairs(value.detach().clone() for value in self.net.parameters())

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch = epoch
        self.net.load(parameters)


class CompiledTrainer(Trainer):
    """The same layers, loss and optimizer step in one Inductor loop that ends where the stop rule holds.

    The loop carries all parameters as one vector: each tensor of its state costs an allocation an epoch, more than its arithmetic.
    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        self.shapes = {name: parameter.shape for name, parameter in self.net.named_parameters()}
        torch._dynamo.reset()
        self.loop = torch.compile(self.descend, fullgraph=True, dynamic=False, options=COMPILER_OPTIONS)

    def loss(self, vector: Tensor) -> Tensor:
        """The loss as a function of all parameters in a row."""
        parts = vector.split([shape.numel() for shape in self.shapes.values()])
        parameters = {name: part.view(shape) for part, (name, shape) in zip(parts, self.shapes.items(), strict=True)}
        result: Tensor = functional_call(self.net, parameters, (self.x, self.t))[1]
        return result

    def update(self, left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """One step of ``torch.optim``'s SGD, in its functional form: a compiled loop may not change what it was given."""
        new = vector.clone()
        sgd([new], [grad(self.loss)(vector)], [None], lr=self.rate, **PLAIN)
        return left - 1, self.loss(new), new

    def descend(self, left: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """Update while training runs, ``left`` times at most."""

        def due(left: Tensor, error: Tensor, *_: Tensor) -> Tensor:
            return (left > 0) & self.running(error)

        state: tuple[Tensor, ...] = while_loop(due, self.update, (left, self.loss(vector), vector))
        return state

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        vector = parameters_to_vector(self.net.parameters()).detach()
        left, error, vector = self.loop(torch.tensor(limit - self.epoch), vector)
        vector_to_parameters(vector, self.net.parameters())
        self.epoch = limit - int(left)
        return Progress(self.epoch, error.numpy())


class Engine:
    """PyTorch on the CPU."""

    lacks: Mapping[str, str] = MappingProxyType(
        {"step": "torch.nn has no step activation"}
        | ({} if shutil.which("c++") else {"compiled training": "Inductor finds no C++ compiler (c++)"})
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"torch": torch.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; differentiated by ``autograd``."""
        net = Net(example, dtype)
        if parameters:
            net.load(parameters)
        x = torch.from_numpy(numbers(example.data.input, dtype)).requires_grad_()
        outputs, loss = net(x, torch.from_numpy(numbers(example.data.target, dtype)))
        *gradients, back = torch.autograd.grad(loss, [*net.parameters(), x])
        return Evaluation([output.detach().numpy() for output in outputs], loss.detach().numpy(), pairs(gradients), back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``; without a C++ compiler the ordinary path is taken."""
        return CompiledTrainer(example, dtype) if compiled and "compiled training" not in self.lacks else Trainer(example, dtype)

    def item(self, array: Array, index: tuple[int, ...]) -> Array:
        """See ``adapters.Adapter``."""
        return np.asarray(torch.from_numpy(array)[index or ...])

    def draw(self, distribution: Distribution) -> Array:
        """See ``adapters.Adapter``; ``nn.init`` counts the fan of a tensor ``(fan_out, fan_in)``."""
        weight = torch.empty(distribution.fan_out, distribution.fan_in, dtype=torch.float64)
        generator = torch.Generator().manual_seed(distribution.seed)
        if distribution.formula == "xavier":
            nn.init.xavier_normal_(weight, generator=generator)
        else:
            nn.init.kaiming_normal_(weight, nonlinearity=NONLINEARITIES[distribution.formula], generator=generator)
        return weight.numpy().T

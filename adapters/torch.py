"""PyTorch: ``nn.Linear`` layers, ``nn`` losses and ``torch.optim``, in the dtype that is asked for."""

import shutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, nn
from torch._higher_order_ops.while_loop import while_loop
from torch.func import functional_call, grad, grad_and_value
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.optim.sgd import sgd

from adapters import Array, Evaluation, Parameters, Progress, torch_counting
from adapters.calculating import Calculation, walk
from adapters.order import orders
from adapters.torch_functions import FUNCTIONS
from fixtures import CalculationExample, Descent, DescentExample, Distribution, NetworkExample, numbers
from fixtures.architecture import ArchitectureExample
from reference.architecture import Count

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
        self.divisor = 2 if example.network.loss == "half squared error" else len(layers[-1].bias)
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
        return outputs, self.cross_entropy(sums, t) if self.cross_entropy else self.squared_error(x, t) / self.divisor


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
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(example.training.biases_train or name.endswith("weight"))
        self.trained = {name: parameter for name, parameter in self.net.named_parameters() if parameter.requires_grad}
        self.rate = float(example.training.learning_rate)
        self.optimizer = torch.optim.SGD(self.trained.values(), lr=self.rate)
        self.x, self.t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        self.orders = None if (schedule := orders(example)) is None else torch.from_numpy(schedule).long()
        self.threshold = float(example.training.rule.threshold)
        self.goes_on = torch.gt if example.training.rule.test == "<=" else torch.ge
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
                patterns = self.orders[self.epoch % len(self.orders)].split(1)
                error = sum(self.step(self.net(self.x[one], self.t[one])[1]) for one in patterns)
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

    def moved(self, vector: Tensor, slope: Tensor) -> Tensor:
        """One step of ``torch.optim``'s SGD, in its functional form: a compiled loop may not change what it was given."""
        new = vector.clone()
        sgd([new], [slope], [None], lr=self.rate, **PLAIN)
        return new

    def update(self, left: Tensor, _: Tensor, vector: Tensor) -> tuple[Tensor, ...]:
        """An epoch of one update, and the loss after it."""
        new = self.moved(vector, grad(self.loss)(vector, self.x, self.t))
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
        return left - 1, (at + 1) % self.orders.numel(), torch.where(first, 0, total) + error, self.moved(vector, slope)

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
        x, t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        outputs, loss = net(x.requires_grad_(), t)
        *gradients, back = torch.autograd.grad(loss, [*net.parameters(), x])
        return Evaluation([output.detach().numpy() for output in outputs], loss.detach().numpy(), pairs(gradients), back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``; without a C++ compiler the ordinary path is taken."""
        return CompiledTrainer(example, dtype) if compiled and "compiled training" not in self.lacks else Trainer(example, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Adapter``; differentiated by ``autograd``."""
        differentiated = bool(example.gradients_of)
        inputs = {name: torch.from_numpy(numbers(a, dtype)).requires_grad_(differentiated) for name, a in example.inputs.items()}
        values, missing = walk(example, inputs, FUNCTIONS)
        found = {name: value.detach().numpy() for name, value in values.items()}
        if not differentiated or example.gradients_of in missing:
            return Calculation(found, {}, missing)
        final, upstream = values[example.gradients_of], values.get(f"d_{example.gradients_of}")
        gradients = torch.autograd.grad(final, list(values.values()), upstream, allow_unused=True)
        back = {name: gradient.detach().numpy() for name, gradient in zip(values, gradients, strict=True) if gradient is not None}
        return Calculation(found, back, missing)

    def descend(self, example: DescentExample, run: Descent, dtype: str) -> Array:
        """See ``adapters.Adapter``; ``torch.optim.SGD``."""
        calculation = example.calculation(run)
        inputs = {name: torch.from_numpy(numbers(array, dtype)) for name, array in calculation.inputs.items()}
        x = nn.Parameter(inputs["x"].clone())
        optimizer = torch.optim.SGD([x], lr=float(run.learning_rate))
        for _ in range(run.steps):
            optimizer.zero_grad()
            walk(calculation, {**inputs, "x": x}, FUNCTIONS)[0][run.value].backward()
            optimizer.step()
        return x.detach().numpy()

    def count(self, example: ArchitectureExample) -> dict[str, Count]:
        """See ``adapters.Adapter``."""
        return torch_counting.count(example)

    def draw(self, distribution: Distribution) -> Array:
        """See ``adapters.Adapter``; ``nn.init`` counts the fan of a tensor ``(fan_out, fan_in)``."""
        weight = torch.empty(distribution.fan_out, distribution.fan_in, dtype=torch.float64)
        generator = torch.Generator().manual_seed(distribution.seed)
        if distribution.formula == "xavier":
            nn.init.xavier_normal_(weight, generator=generator)
        else:
            nn.init.kaiming_normal_(weight, nonlinearity=NONLINEARITIES[distribution.formula], generator=generator)
        return weight.numpy().T

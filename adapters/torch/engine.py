"""PyTorch: ``nn.Linear`` layers, ``nn`` losses and ``torch.optim``, in the dtype that is asked for."""

import shutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import nn

from adapters import Array, Evaluation, MinibatchTrainer, Parameters
from adapters.calculation import Calculation, walk
from adapters.torch import architecture
from adapters.torch.minibatch import CompiledMinibatchTrainer, EagerMinibatchTrainer
from adapters.torch.network import build, pairs
from adapters.torch.operations import FUNCTIONS
from adapters.torch.training import CompiledTrainer, Trainer
from reference.architecture import Count
from worked_examples import (
    CalculationExample,
    DescentRun,
    GradientDescentExample,
    ImageExample,
    InitializerFormula,
    NetworkExample,
    numbers,
)
from worked_examples.schema.architecture import ArchitectureExample

torch.set_num_threads(1)  # the nets are tiny, and test workers run side by side
NONLINEARITIES: Any = {"he": "relu", "lecun": "linear"}  # variance 2/fan_in and 1/fan_in


class Engine:
    """PyTorch on the CPU."""

    unsupported: Mapping[str, str] = MappingProxyType(
        {"step": "torch.nn has no step activation"}
        | ({} if shutil.which("c++") else {"compiled training": "Inductor finds no C++ compiler (c++)"})
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"torch": torch.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; differentiated by ``autograd``."""
        net = build(example, dtype)
        if parameters:
            net.load(parameters)
        x, t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
        outputs, loss = net(x.requires_grad_(), t)
        *gradients, back = torch.autograd.grad(loss, [*net.parameters(), x])
        return Evaluation([output.detach().numpy() for output in outputs], loss.detach().numpy(), pairs(gradients), back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``; without a C++ compiler the ordinary path is taken."""
        return (
            CompiledTrainer(example, dtype) if compiled and "compiled training" not in self.unsupported else Trainer(example, dtype)
        )

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """See ``adapters.Adapter``; batches of several patterns are ordinary too: there the arithmetic outweighs all else."""
        alone = example.training is not None and example.training.batch_size == 1
        compiled = compiled and alone and "compiled training" not in self.unsupported
        return (CompiledMinibatchTrainer if compiled else EagerMinibatchTrainer)(example, parameters, dtype)

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

    def descend(self, example: GradientDescentExample, run: DescentRun, dtype: str) -> Array:
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
        return architecture.count(example)

    def draw(self, distribution: InitializerFormula) -> Array:
        """See ``adapters.Adapter``; ``nn.init`` counts the fan of a tensor ``(fan_out, fan_in)``."""
        weight = torch.empty(distribution.fan_out, distribution.fan_in, dtype=torch.float64)
        generator = torch.Generator().manual_seed(distribution.seed)
        if distribution.formula == "xavier":
            nn.init.xavier_normal_(weight, generator=generator)
        else:
            nn.init.kaiming_normal_(weight, nonlinearity=NONLINEARITIES[distribution.formula], generator=generator)
        return weight.numpy().T

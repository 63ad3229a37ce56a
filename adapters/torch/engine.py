"""PyTorch: ``nn.Linear`` layers, ``nn`` losses and ``torch.optim``, in the requested dtype."""

import shutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import nn

from adapters.calculation import Calculation
from adapters.protocol import Array, Evaluation, MinibatchTrainer, Parameters
from adapters.torch import architecture, conventions, operations, optimizers
from adapters.torch.compiled_training import CompiledTrainer
from adapters.torch.minibatch import CompiledMinibatchTrainer, EagerMinibatchTrainer
from adapters.torch.network import build, evaluate
from adapters.torch.training import Trainer
from reference.activations import STEPS
from reference.architecture import Count
from worked_examples import CalculationExample, DescentRun, GradientDescentExample, ImageExample, InitializerFormula, NetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.architecture import ArchitectureExample

torch.set_num_threads(1)  # the nets are tiny, and test workers run side by side
NONLINEARITIES: Any = {"he": "relu", "lecun": "linear"}  # variance 2/fan_in and 1/fan_in
NO_COMPILER = {} if shutil.which("c++") else {"compiled training": "Inductor finds no C++ compiler (c++)"}


class Engine:
    """PyTorch on the CPU; see ``adapters.Engine``."""

    unsupported: Mapping[str, str] = MappingProxyType(
        {**{f"{name} activation": "torch.nn has no step activation" for name in STEPS}, **optimizers.UNSUPPORTED, **NO_COMPILER}
    )
    by_hand: Mapping[str, str] = MappingProxyType(
        {"perceptron rule": "PyTorch has no perceptron: nn.Linear and SGD, with a step of ours whose derivative is taken to be 1"}
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Engine``."""
        return {"torch": torch.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Engine``."""
        net = build(example, dtype)
        if parameters:
            net.load(parameters[: len(net.dense)])
        return evaluate(net, example, dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Engine``; eager where there is no C++ compiler."""
        compiled = compiled and "compiled training" not in self.unsupported
        return (CompiledTrainer if compiled else Trainer)(example, dtype)

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """See ``adapters.Engine``; larger batches than 1 are eager too: there the arithmetic outweighs all else."""
        is_online = example.training is not None and example.training.batch_size == 1
        compiled = compiled and is_online and "compiled training" not in self.unsupported
        return (CompiledMinibatchTrainer if compiled else EagerMinibatchTrainer)(example, parameters, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Engine``."""
        return operations.calculate(example, dtype)

    def descend(self, example: GradientDescentExample, run: DescentRun, dtype: str) -> Array:
        """See ``adapters.Engine``."""
        return operations.descend(example, run, dtype)

    def count(self, example: ArchitectureExample) -> dict[str, Count]:
        """See ``adapters.Engine``."""
        return architecture.count(example)

    def sample_initializer(self, formula: InitializerFormula) -> Array:
        """See ``adapters.Engine``; ``nn.init`` takes the fans of a tensor ``(fan_out, fan_in)``."""
        weight = torch.empty(formula.fan_out, formula.fan_in, dtype=torch.float64)
        generator = torch.Generator().manual_seed(formula.seed)
        if formula.formula == "xavier":
            nn.init.xavier_normal_(weight, generator=generator)
        else:
            nn.init.kaiming_normal_(weight, nonlinearity=NONLINEARITIES[formula.formula], generator=generator)
        return weight.numpy().T

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """See ``adapters.Engine``; the calls are names below ``torch``."""
        return conventions.measure(family, call, probe)

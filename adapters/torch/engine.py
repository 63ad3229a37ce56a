"""PyTorch: ``nn.Linear`` layers, ``nn`` losses and ``torch.optim``, in the requested dtype."""

import shutil
from collections.abc import Mapping
from types import MappingProxyType

import torch

from adapters.calculation import Calculation
from adapters.capabilities import stops_by_further_data
from adapters.protocol import Array, Evaluation, Parameters
from adapters.schedule import training_of
from adapters.torch import conventions, operations, optimizers, sizes
from adapters.torch.compiled_training import CompiledTrainer
from adapters.torch.network import build, evaluate
from adapters.torch.training import Trainer
from reference.activations import STEPS
from reference.sizes import Count
from worked_examples import CalculationExample, NetworkExample, SizedNetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe

torch.set_num_threads(1)  # the nets are tiny, and test workers run side by side
torch._dynamo.config.allow_rnn = True  # recurrent layers in the compiled loop
RESET_AFTER = "torch.nn.GRU has the reset gate after the product"
NO_COMPILER = {} if shutil.which("c++") else {"compiled training": "Inductor finds no C++ compiler (c++)"}


PRODUCTS = 100_000  # of an update, from which on compiling takes more time than it saves


def products_of_update(example: NetworkExample) -> int:
    """About how many products an update takes forward: one for each parameter and sample of a batch."""
    size = training_of(example).batch_size
    return example.network.n_parameters * (example.data.samples if size == "full" else size)


class Engine:
    """PyTorch on the CPU; see ``adapters.Engine``."""

    unsupported: Mapping[str, str] = MappingProxyType(
        {
            **{f"{name} activation": "torch.nn has no step activation" for name in STEPS},
            "gru, reset before layer": RESET_AFTER,
            **optimizers.UNSUPPORTED,
            **NO_COMPILER,
        }
    )
    by_hand: Mapping[str, str] = MappingProxyType(
        {
            "perceptron rule": "PyTorch has no perceptron: nn.Linear and SGD, "
            "with a step of ours whose derivative is taken to be 1",
            "stopping by patience": "PyTorch has no early stopping: a loop of ours watches the loss of further data",
            "shared bias": "PyTorch has a bias for each unit: one for all is an nn.Linear of ours, whose bias has one entry",
            "updated weights rule": "PyTorch takes gradients from the weights before a step: "
            "a product of ours goes back through updated ones",
        }
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Engine``."""
        return {"torch": torch.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Engine``."""
        net = build(example, dtype)
        if parameters:
            net.load(parameters[: len(net.units)])
        return evaluate(net, example, dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Engine``; eager without a C++ compiler, where further data stop it, or an update is mostly arithmetic."""
        is_slow = products_of_update(example) > PRODUCTS or stops_by_further_data(example)
        compiled = compiled and not is_slow and "compiled training" not in self.unsupported
        return (CompiledTrainer if compiled else Trainer)(example, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Engine``."""
        return operations.calculate(example, dtype)

    def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
        """See ``adapters.Engine``."""
        return sizes.count(example)

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """See ``adapters.Engine``; the calls are names below ``torch``."""
        return conventions.measure(family, call, probe)

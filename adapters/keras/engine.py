"""Keras on its TensorFlow backend: Dense layers, Keras losses and optimizers, in the requested dtype."""

from collections.abc import Mapping
from types import MappingProxyType

import keras
import tensorflow as tf

from adapters.calculation import Calculation
from adapters.capabilities import stops_by_further_data
from adapters.keras import conventions, operations, optimizers, sizes
from adapters.keras.compiled_training import CompiledTrainer
from adapters.keras.network import build, evaluate
from adapters.keras.training import Trainer
from adapters.protocol import Array, Evaluation, Parameters
from reference.activations import STEPS
from reference.sizes import Count
from worked_examples import CalculationExample, NetworkExample, SizedNetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe


class Engine:
    """Keras 3 with TensorFlow underneath; see ``adapters.Engine``."""

    unsupported: Mapping[str, str] = MappingProxyType(
        {**{f"{name} activation": "Keras has no step activation" for name in STEPS}, **optimizers.UNSUPPORTED}
    )
    by_hand: Mapping[str, str] = MappingProxyType(
        {
            "perceptron rule": "Keras has no perceptron: Dense and SGD, with a step of ours whose derivative is taken to be 1",
            "stopping by patience": "Keras stops early in fit: a loop of ours watches the further data as EarlyStopping does",
            "shared bias": "Keras has a bias for each unit: one for all is a Dense of ours, whose bias has one entry",
            "updated weights rule": "Keras takes gradients from the weights before a step: "
            "a Dense of ours goes back through updated ones",
        }
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Engine``."""
        return {"keras": keras.__version__, "tensorflow": tf.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Engine``."""
        net = build(example, dtype)
        if parameters:
            net.load(parameters)
        return evaluate(net, example, dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Engine``; eager where further data stop the training."""
        return (CompiledTrainer if compiled and not stops_by_further_data(example) else Trainer)(example, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Engine``."""
        return operations.calculate(example, dtype)

    def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
        """See ``adapters.Engine``."""
        return sizes.count(example)

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """See ``adapters.Engine``; the calls are names below ``keras``."""
        return conventions.measure(family, call, probe)

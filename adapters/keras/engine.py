"""Keras on its TensorFlow backend: Dense layers, Keras losses and optimizers, in the requested dtype."""

from collections.abc import Mapping
from types import MappingProxyType

import keras
import numpy as np
import tensorflow as tf

from adapters.calculation import Calculation
from adapters.keras import architecture, conventions, operations, optimizers
from adapters.keras.minibatch import CompiledMinibatchTrainer, EagerMinibatchTrainer
from adapters.keras.network import build, evaluate, load
from adapters.keras.training import CompiledTrainer, Trainer
from adapters.protocol import Array, Evaluation, MinibatchTrainer, Parameters
from reference.activations import STEPS
from reference.architecture import Count
from worked_examples import CalculationExample, DescentRun, GradientDescentExample, ImageExample, InitializerFormula, NetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.architecture import ArchitectureExample

INITIALIZERS = {  # the books sample the whole normal distribution, Keras's own HeNormal and LecunNormal truncate it
    "he": {"scale": 2.0, "mode": "fan_in"},
    "lecun": {"scale": 1.0, "mode": "fan_in"},
    "xavier": {"scale": 1.0, "mode": "fan_avg"},
}


class Engine:
    """Keras 3 with TensorFlow underneath; see ``adapters.Engine``."""

    unsupported: Mapping[str, str] = MappingProxyType(
        {**{f"{name} activation": "Keras has no step activation" for name in STEPS}, **optimizers.UNSUPPORTED}
    )
    by_hand: Mapping[str, str] = MappingProxyType(
        {"perceptron rule": "Keras has no perceptron: Dense and SGD, with a step of ours whose derivative is taken to be 1"}
    )

    def versions(self) -> dict[str, str]:
        """See ``adapters.Engine``."""
        return {"keras": keras.__version__, "tensorflow": tf.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Engine``."""
        model = build(example, dtype)
        if parameters:
            load(model, parameters)
        return evaluate(model, example, dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Engine``."""
        return (CompiledTrainer if compiled else Trainer)(example, dtype)

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """See ``adapters.Engine``."""
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
        """See ``adapters.Engine``; the untruncated ``VarianceScaling``."""
        settings = INITIALIZERS[formula.formula]
        initializer = keras.initializers.VarianceScaling(**settings, distribution="untruncated_normal", seed=formula.seed)
        return np.asarray(initializer(formula.shape, dtype="float64"))

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """See ``adapters.Engine``; the calls are names below ``keras``."""
        return conventions.measure(family, call, probe)

"""Keras on its TensorFlow backend: Dense layers, Keras losses and optimizers, in the dtype that is asked for."""

from collections.abc import Mapping
from types import MappingProxyType

import keras
import numpy as np
import tensorflow as tf

from adapters import Array, Evaluation, MinibatchTrainer, Parameters
from adapters.calculation import Calculation, walk
from adapters.keras import architecture
from adapters.keras.minibatch import CompiledMinibatchTrainer, EagerMinibatchTrainer
from adapters.keras.network import build, load
from adapters.keras.operations import FUNCTIONS
from adapters.keras.training import CompiledTrainer, Trainer
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

INITIALIZERS = {  # the books draw from the whole normal distribution, Keras's own HeNormal and LecunNormal truncate it
    "he": {"scale": 2.0, "mode": "fan_in"},
    "lecun": {"scale": 1.0, "mode": "fan_in"},
    "xavier": {"scale": 1.0, "mode": "fan_avg"},
}


class Engine:
    """Keras 3 with TensorFlow underneath."""

    unsupported: Mapping[str, str] = MappingProxyType({"step": "Keras has no step activation"})

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"keras": keras.__version__, "tensorflow": tf.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; differentiated by ``tf.GradientTape``."""
        model = build(example, dtype)
        if parameters:
            load(model, parameters)
        every = keras.Model(model.inputs, [layer.output for layer in model.layers])
        x, t = (tf.constant(array) for array in example.data.numbers(dtype))
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = model.compute_loss(x=x, y=t, y_pred=model(x))
        gradients, back = tape.gradient(loss, ([[layer.kernel, layer.bias] for layer in model.layers], x))
        outputs = keras.tree.flatten(every(x))
        pairs = [Parameters(*(array.numpy() for array in pair)) for pair in gradients]
        return Evaluation([output.numpy() for output in outputs], loss.numpy(), pairs, back.numpy())

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``."""
        return CompiledTrainer(example, dtype) if compiled else Trainer(example, dtype)

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """See ``adapters.Adapter``."""
        return (CompiledMinibatchTrainer if compiled else EagerMinibatchTrainer)(example, parameters, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Adapter``; ``keras.ops``, differentiated by ``tf.GradientTape``."""
        inputs = {name: tf.constant(numbers(array, dtype)) for name, array in example.inputs.items()}
        with tf.GradientTape() as tape:
            tape.watch(list(inputs.values()))
            values, missing = walk(example, inputs, FUNCTIONS)
        found = {name: np.asarray(value) for name, value in values.items()}
        if not (final := example.gradients_of) or final in missing:
            return Calculation(found, {}, missing)
        gradients = tape.gradient(values[final], values, output_gradients=values.get(f"d_{final}"))
        return Calculation(found, {name: np.asarray(array) for name, array in gradients.items() if array is not None}, missing)

    def descend(self, example: GradientDescentExample, run: DescentRun, dtype: str) -> Array:
        """See ``adapters.Adapter``; Keras's SGD."""
        keras.config.set_floatx(dtype)
        calculation = example.calculation(run)
        x, optimizer = keras.Variable(numbers(run.start, dtype), dtype=dtype), keras.optimizers.SGD(float(run.learning_rate))
        inputs = {name: tf.constant(numbers(array, dtype)) for name, array in calculation.inputs.items()}
        for _ in range(run.steps):
            with tf.GradientTape() as tape:
                values, _missing = walk(calculation, {**inputs, "x": x.value}, FUNCTIONS)
            optimizer.apply([tape.gradient(values[run.value], x.value)], [x])
        return np.asarray(x)

    def count(self, example: ArchitectureExample) -> dict[str, Count]:
        """See ``adapters.Adapter``."""
        return architecture.count(example)

    def draw(self, distribution: InitializerFormula) -> Array:
        """See ``adapters.Adapter``; the untruncated ``VarianceScaling``."""
        settings = INITIALIZERS[distribution.formula]
        initializer = keras.initializers.VarianceScaling(**settings, distribution="untruncated_normal", seed=distribution.seed)
        return np.asarray(initializer(distribution.shape, dtype="float64"))

"""The reference as an engine: the books' arithmetic in NumPy."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from adapters import Array, Evaluation, MinibatchTrainer, Parameters, Progress
from adapters.calculation import Calculation
from adapters.reference import architecture
from adapters.reference.minibatch import EagerMinibatchTrainer
from adapters.schedule import of_epoch, sample_order
from reference import finite_differences, graph
from reference.architecture import Count
from reference.initializers import STANDARD_DEVIATIONS, draw
from reference.network import Design, Layer, backward, forward, loss
from reference.optimization.gradient_descent import STOPPING_CRITERIA, descend, train_epoch, update
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


def design(example: NetworkExample) -> Design:
    """The example's activations and loss, in the reference's terms."""
    return Design(tuple(layer.activation for layer in example.network.layers), example.network.loss)


def layers(example: NetworkExample, number_type: str) -> list[Layer]:
    """The example's initial weights in a number type."""
    return [Layer(numbers(layer.kernel, number_type), numbers(layer.bias, number_type)) for layer in example.network.layers]


class Trainer:
    """Gradient descent as the book writes it."""

    path = "eager"
    measure = staticmethod(loss)

    def __init__(self, example: NetworkExample, number_type: str) -> None:
        training = example.training
        assert training is not None, "only an example with a training is trained"
        self.design, self.layers, self.epoch = design(example), layers(example, number_type), 0
        self.data, self.orders, self.trains_biases = (
            example.data.numbers(number_type),
            sample_order(example),
            training.trains_biases,
        )
        self.rate = numbers(training.learning_rate, number_type)[()]
        threshold = numbers(training.criterion.threshold, number_type)[()]
        self.stops: Callable[[Any], bool] = partial(stopped, STOPPING_CRITERIA[training.criterion.test], threshold)
        self.error = self.unmeasured = threshold + 1

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        with np.errstate(all="ignore"):  # a run that diverges is reported by its loss
            if self.orders is None:
                (x, t), how = self.data, (self.measure, self.stops)
                reached = descend(self.design, self.layers, x, t, self.rate, *how, self.epoch, limit, self.trains_biases)
                self.epoch, self.layers, self.error = reached
            else:
                self.one_by_one(self.orders, limit)
        return Progress(self.epoch, self.error)

    def one_by_one(self, sample_order: Array, limit: int) -> None:
        """Pass after pass over the patterns; the stop rule is asked after each."""
        x, t = self.data
        while self.epoch < limit and not self.stops(self.error):
            batches = [(x[[pattern]], t[[pattern]]) for pattern in of_epoch(sample_order, self.epoch)]
            step = partial(update, learning_rate=self.rate, trains_biases=self.trains_biases)
            self.layers, self.error = train_epoch(self.design, self.layers, batches, step, self.measure)
            self.epoch += 1

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return [Parameters(*layer) for layer in self.layers]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch, self.layers, self.error = epoch, [Layer(*layer) for layer in parameters], self.unmeasured


def stopped(test: Callable[[Any, Any], bool], threshold: Any, error: Any) -> bool:
    """Whether the stop rule holds, or the loss is inf or nan: only these, subtracted from themselves, do not give 0."""
    return bool(error - error != 0) or test(error, threshold)


def valued(example: CalculationExample, number_type: str, x: Array | None = None) -> tuple[list[graph.Node], dict[str, Array]]:
    """The nodes of a calculation and all its values; with ``x``, at that value of the input ``x``."""
    nodes = [graph.Node(step.name, step.function, tuple(step.operands), step.parameters) for step in example.steps]
    inputs = {name: np.asarray(numbers(array, number_type)) for name, array in example.inputs.items()}
    return nodes, graph.forward(nodes, inputs if x is None else {**inputs, "x": x})


class Engine:
    """NumPy, by the formulas in ``reference``."""

    unsupported: Mapping[str, str] = MappingProxyType({"compiled training": "NumPy runs the book's loop as it stands"})

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"numpy": np.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; ``dtype`` may be any number type."""
        network = [Layer(*layer) for layer in parameters] if parameters else layers(example, dtype)
        x, t = example.data.numbers(dtype)
        signals = forward(design(example), network, x)
        gradients = backward(design(example), network, x, signals, t)
        error = loss(design(example), signals, t)
        return Evaluation(signals.outputs, error, [Parameters(*layer) for layer in gradients.layers], gradients.input)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``; NumPy has no compiled path."""
        return Trainer(example, dtype)

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """See ``adapters.Adapter``; NumPy has no compiled path."""
        return EagerMinibatchTrainer(example, parameters, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Adapter``; ``dtype`` may be any number type."""
        nodes, values = valued(example, dtype)
        final = example.gradients_of
        if not final:
            return Calculation(values, {}, {})
        upstream = values.get(f"d_{final}", np.asarray(values[final] * 0 + 1))
        return Calculation(values, graph.backward(nodes, values, final, upstream), {})

    def descend(self, example: GradientDescentExample, run: DescentRun, dtype: str) -> Array:
        """See ``adapters.Adapter``; ``dtype`` may be any number type."""
        calculation = example.calculation(run)

        def gradient(x: Array) -> Array:
            nodes, values = valued(calculation, dtype, x)
            return graph.backward(nodes, values, run.value, np.asarray(values[run.value] * 0 + 1))["x"]

        start, rate = np.asarray(numbers(run.start, dtype)), numbers(run.learning_rate, dtype)[()]
        return finite_differences.descend(gradient, start, rate, run.steps)[-1]

    def count(self, example: ArchitectureExample) -> dict[str, Count]:
        """See ``adapters.Adapter``."""
        return architecture.count(example)

    def draw(self, distribution: InitializerFormula) -> Array:
        """See ``adapters.Adapter``."""
        deviation = STANDARD_DEVIATIONS[distribution.formula](distribution.fan_in, distribution.fan_out)
        return draw(np.random.RandomState(distribution.seed), deviation, distribution.shape)

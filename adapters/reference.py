"""The reference as an engine: the books' arithmetic in NumPy."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from adapters import Array, Evaluation, Parameters, Progress
from fixtures import Distribution, NetworkExample, numbers
from reference.descent import STOP_TESTS, descend
from reference.initial import STANDARD_DEVIATIONS, draw
from reference.network import Design, Layer, backward, forward, loss


def design(example: NetworkExample) -> Design:
    """The example's activations and loss, in the reference's terms."""
    return Design(tuple(layer.activation for layer in example.network.layers), example.network.loss)


def layers(example: NetworkExample, number_type: str) -> list[Layer]:
    """The example's initial weights in a number type."""
    return [Layer(numbers(layer.kernel, number_type), numbers(layer.bias, number_type)) for layer in example.network.layers]


class Trainer:
    """Gradient descent as the book writes it."""

    path = "ordinary"
    measure = staticmethod(loss)

    def __init__(self, example: NetworkExample, number_type: str) -> None:
        training = example.training
        assert training is not None, "only an example with a training is trained"
        self.design, self.layers, self.epoch = design(example), layers(example, number_type), 0
        self.data = numbers(example.data.input, number_type), numbers(example.data.target, number_type)
        self.rate = numbers(training.learning_rate, number_type)[()]
        threshold = numbers(training.stop.threshold, number_type)[()]
        self.stops: Callable[[Any], bool] = partial(stopped, STOP_TESTS[training.stop.test], threshold)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        with np.errstate(all="ignore"):  # a run that diverges is reported by its loss
            reached = descend(self.design, self.layers, *self.data, self.rate, self.measure, self.stops, self.epoch, limit)
        self.epoch, self.layers, error = reached
        return Progress(self.epoch, error)

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        return [Parameters(*layer) for layer in self.layers]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """See ``adapters.Trainer``."""
        self.epoch, self.layers = epoch, [Layer(*layer) for layer in parameters]


def stopped(test: Callable[[Any, Any], bool], threshold: Any, error: Any) -> bool:
    """Whether the stop rule holds, or the loss is nan: the only number that differs from itself."""
    return bool(error != error) or test(error, threshold)  # noqa: PLR0124


class Engine:
    """NumPy, by the formulas in ``reference``."""

    lacks: Mapping[str, str] = MappingProxyType({"compiled training": "NumPy runs the book's loop as it stands"})

    def versions(self) -> dict[str, str]:
        """See ``adapters.Adapter``."""
        return {"numpy": np.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Adapter``; ``dtype`` may be any number type."""
        network = [Layer(*layer) for layer in parameters] if parameters else layers(example, dtype)
        x, t = numbers(example.data.input, dtype), numbers(example.data.target, dtype)
        signals = forward(design(example), network, x)
        gradients = backward(design(example), network, x, signals, t)
        error = loss(design(example), signals, t)
        return Evaluation(signals.outputs, error, [Parameters(*layer) for layer in gradients.layers], gradients.input)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Adapter``; NumPy has no compiled path."""
        return Trainer(example, dtype)

    def item(self, array: Array, index: tuple[int, ...]) -> Array:
        """See ``adapters.Adapter``."""
        return np.asarray(array[index])

    def draw(self, distribution: Distribution) -> Array:
        """See ``adapters.Adapter``."""
        deviation = STANDARD_DEVIATIONS[distribution.formula](distribution.fan_in, distribution.fan_out)
        return draw(np.random.RandomState(distribution.seed), deviation, distribution.shape)

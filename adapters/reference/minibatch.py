"""Training on images with the reference: the books' loop, batch after batch."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from adapters.log_rows import combined, min_margin
from adapters.protocol import Array, BatchMetrics, Parameters
from adapters.reference.network import as_parameters
from reference.network import Design, Layer, Signals, backward, forward, loss
from reference.optimization.gradient_descent import update
from reference.optimization.momentum import State
from reference.optimization.optimizers import OPTIMIZERS
from worked_examples import ImageExample, numbers

Step = Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]]


class Adam:
    """Steps of Adam with epsilon hat, with the state of every parameter."""

    def __init__(self, learning_rate: Any, coefficients: Sequence[Any], layers: Sequence[Layer]) -> None:
        self.learning_rate, self.coefficients, self.t = learning_rate, coefficients, 0
        self.states: dict[tuple[int, str], State] = {}
        for index, layer in enumerate(layers):
            self.states |= {(index, name): (array * 0, array * 0) for name, array in named(layer)}

    def updated(self, index: int, name: str, w: Array, gradient: Array) -> Array:
        """One array of layer ``index`` after this step."""
        rule = OPTIMIZERS["adam, epsilon hat"].step
        state = self.states[index, name]
        self.states[index, name], new = rule(state, w, gradient, self.learning_rate, self.t, *self.coefficients)
        return new

    def __call__(self, layers: Sequence[Layer], gradients: Sequence[Layer]) -> list[Layer]:
        """The layers after the next step."""
        self.t += 1
        return [
            Layer(*(self.updated(index, name, w, getattr(gradient, name)) for name, w in named(layer)))
            for index, (layer, gradient) in enumerate(zip(layers, gradients, strict=True))
        ]


def named(layer: Layer) -> Iterable[tuple[str, Array]]:
    """Kernel and bias with their names."""
    return layer._asdict().items()


class EagerMinibatchTrainer:
    """The books' loop in any number type; see ``adapters.MinibatchTrainer``.

    A loss that is averaged over a batch of n is the summed one, with its gradient, divided by n.
    """

    path = "eager"

    def __init__(self, example: ImageExample, parameters: Sequence[Parameters], number_type: str) -> None:
        network, training = example.network, example.training
        self.design = Design(tuple(network.layers.activations), network.loss.removeprefix("sparse "))
        self.number = partial(numbers, number_type=number_type)
        self.layers = list[Layer]()
        self.load(parameters)
        self.is_mean, self.classes = network.reduction == "mean", parameters[-1].bias.size
        self.learning_rate = self.number(training.learning_rate if training else "0")[()]
        adam = training.adam if training else None
        self.adam = Adam(self.learning_rate, list(self.number(np.array(adam.values))), self.layers) if adam else None

    def targets(self, labels: Array) -> Array:
        """One-hot rows."""
        return self.number(np.eye(self.classes))[labels]

    def step(self, batch_size: int) -> Step:
        """The update for the summed gradients of a batch of this size."""
        size = batch_size if self.is_mean else 1
        adam = self.adam
        if adam is None:
            return partial(update, learning_rate=self.learning_rate / size)
        return lambda layers, gradients: adam(layers, [Layer(*(array / size for array in gradient)) for gradient in gradients])

    def descend(self, x: Array, t: Array) -> Signals:
        """One update with a batch; the signals before it."""
        signals = forward(self.design, self.layers, x)
        gradients = backward(self.design, self.layers, x, signals, t).layers
        self.layers = self.step(len(x))(self.layers, gradients)
        return signals

    def update(self, x: Array, labels: Array) -> None:
        """One update with a batch, without metrics: for number types in which outputs cannot be compared."""
        self.descend(self.number(x), self.targets(labels))

    def reduced_loss(self, signals: Signals, t: Array) -> Any:
        """The loss of a batch, summed or averaged, in the number type."""
        return loss(self.design, signals, t) / (len(t) if self.is_mean else 1)

    def metrics(self, signals: Signals, t: Array) -> BatchMetrics:
        """The metrics of one batch."""
        y = signals.outputs[-1]
        n_correct = int((y.argmax(axis=1) == t.argmax(axis=1)).sum())
        return BatchMetrics(float(self.reduced_loss(signals, t)), n_correct, min_margin(y))

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        samples, targets = self.number(x), self.targets(labels)
        total = BatchMetrics(0.0, 0, np.inf)
        with np.errstate(all="ignore"):  # a training that diverges is reported by its loss
            for start in range(0, len(x), batch_size):
                batch = samples[start : start + batch_size], targets[start : start + batch_size]
                total = combined(total, self.metrics(self.descend(*batch), batch[1]))
        return total

    def exact_loss(self, x: Array, labels: Array) -> Any:
        """The loss in the number type."""
        return self.reduced_loss(forward(self.design, self.layers, self.number(x)), self.targets(labels))

    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.MinibatchTrainer``."""
        return float(self.exact_loss(x, labels))

    def load(self, parameters: Sequence[Parameters]) -> None:
        """Set all parameters."""
        self.layers = [Layer(*map(self.number, layer)) for layer in parameters]

    def outputs(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.MinibatchTrainer``."""
        samples = self.number(x)
        batches = (samples[start : start + batch_size] for start in range(0, len(x), batch_size))
        with np.errstate(over="ignore"):  # the sigmoid far below 0: exp overflows to inf, and 1 / inf is the correct 0
            return np.concatenate([forward(self.design, self.layers, batch).outputs[-1] for batch in batches])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.MinibatchTrainer``."""
        return as_parameters(self.layers)

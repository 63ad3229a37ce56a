"""Training on images with the reference: the books' loop, batch after batch."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from adapters.log_rows import combined, min_margin
from adapters.protocol import Array, BatchMetrics, Parameters
from adapters.reference.network import as_parameters
from reference.layer_types.parameters import Layer
from reference.network import Design, Signals, backward, forward, loss
from reference.optimization.gradient_descent import update
from reference.optimization.network_steps import NetworkSteps
from reference.optimization.optimizers import OPTIMIZERS, Optimizer
from worked_examples import ImageExample, numbers
from worked_examples.schema.trainings.minibatch import Adam

Step = Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]]


def adam(settings: Adam, learning_rate: Any, number_type: str, layers: Sequence[Layer]) -> NetworkSteps:
    """The steps of Adam with epsilon hat."""
    step, size = OPTIMIZERS["adam, epsilon hat"]
    beta1, beta2, epsilon = numbers(np.array(settings.values), number_type)
    return NetworkSteps(Optimizer(partial(step, beta1=beta1, beta2=beta2, epsilon=epsilon), size), lambda _: learning_rate, layers)


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
        settings = training.adam if training else None
        self.adam = adam(settings, self.learning_rate, number_type, self.layers) if settings else None

    def targets(self, labels: Array) -> Array:
        """One-hot rows."""
        return self.number(np.eye(self.classes))[labels]

    def step(self, batch_size: int) -> Step:
        """The update for the summed gradients of a batch of this size."""
        size = batch_size if self.is_mean else 1
        steps = self.adam
        if steps is None:
            return partial(update, learning_rate=self.learning_rate / size)
        return lambda layers, gradients: steps(layers, [Layer(*(array / size for array in gradient)) for gradient in gradients])

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

"""Learning from images with the reference: the books' loop, batch after batch."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from adapters import Array, BatchMetrics, Parameters
from adapters.log_rows import min_margin
from reference.network import Design, Layer, Signals, forward, loss
from reference.optimization.gradient_descent import train_epoch, update
from reference.optimization.momentum import State
from reference.optimization.optimizers import OPTIMIZERS
from worked_examples import ImageExample, numbers

Step = Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]]


class Adam:
    """A step of Adam with epsilon hat for every parameter; remembers what Adam remembers."""

    def __init__(self, rate: Any, coefficients: Sequence[Any], layers: Sequence[Layer]) -> None:
        self.rate, self.coefficients, self.t = rate, coefficients, 0
        self.memory: dict[tuple[int, str], State] = {}
        for at, layer in enumerate(layers):
            self.memory |= {(at, name): (array * 0, array * 0) for name, array in named(layer)}

    def stepped(self, at: int, name: str, w: Array, g: Array) -> Array:
        """One array of layer ``at`` after this step."""
        rule = OPTIMIZERS["adam, epsilon hat"].step
        self.memory[at, name], new = rule(self.memory[at, name], w, g, self.rate, self.t, *self.coefficients)
        return new

    def __call__(self, layers: Sequence[Layer], gradients: Sequence[Layer]) -> list[Layer]:
        """The layers after the next step."""
        self.t += 1
        pairs = enumerate(zip(layers, gradients, strict=True))
        return [
            Layer(*(self.stepped(at, name, w, getattr(slope, name)) for name, w in named(layer))) for at, (layer, slope) in pairs
        ]


def named(layer: Layer) -> Iterable[tuple[str, Array]]:
    """Kernel and bias with their names."""
    return layer._asdict().items()


class EagerMinibatchTrainer:
    """The book's loop; a loss that is averaged over a batch of n is the summed one, with its gradient, divided by n."""

    path = "eager"

    def __init__(self, example: ImageExample, parameters: list[Parameters], number_type: str) -> None:
        network, settings = example.network, example.training
        self.design = Design(tuple(network.layers.activations), network.loss.removeprefix("sparse "))
        self.number = partial(numbers, number_type=number_type)
        self.layers = list[Layer]()
        self.load(parameters)
        self.mean, self.classes = network.reduction == "mean", parameters[-1].bias.size
        self.rate = self.number(settings.learning_rate if settings else "0")[()]
        adam = settings.adam if settings else None
        self.adam = Adam(self.rate, list(self.number(np.array(adam.values))), self.layers) if adam else None
        self.n_correct, self.gap = 0, np.inf

    def targets(self, labels: Array) -> Array:
        """Rows with a 1 at the label."""
        return self.number(np.eye(self.classes))[labels]

    def step(self, batch: int) -> Step:
        """The update for batches of this size."""
        size = batch if self.mean else 1

        def adam(layers: Sequence[Layer], gradients: Sequence[Layer]) -> list[Layer]:
            assert self.adam, "only where it is the optimizer"
            return self.adam(layers, [Layer(*(array / size for array in gradient)) for gradient in gradients])

        return adam if self.adam else partial(update, learning_rate=self.rate / size)

    def measure(self, design: Design, signals: Signals, t: Array) -> Any:
        """The loss; hits and the smallest gap are counted on the way."""
        y = signals.outputs[-1]
        self.n_correct += int((y.argmax(axis=1) == t.argmax(axis=1)).sum())
        self.gap = min(self.gap, min_margin(y))
        return loss(design, signals, t) / (len(t) if self.mean else 1)

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.Learner``."""
        rows, targets = self.number(x), self.targets(labels)
        batches = ((rows[at : at + batch], targets[at : at + batch]) for at in range(0, len(x), batch))
        self.n_correct, self.gap = 0, np.inf
        with np.errstate(all="ignore"):  # a learning that diverges is reported by its loss
            self.layers, total = train_epoch(self.design, self.layers, batches, self.step(batch), self.measure)
        return BatchMetrics(float(total), self.n_correct, float(self.gap))

    def error(self, x: Array, labels: Array) -> Any:
        """The loss in the number type."""
        signals = forward(self.design, self.layers, self.number(x))
        return loss(self.design, signals, self.targets(labels)) / (len(x) if self.mean else 1)

    def loss(self, x: Array, labels: Array) -> float:
        """See ``adapters.Learner``."""
        return float(self.error(x, labels))

    def load(self, parameters: Sequence[Parameters]) -> None:
        """Set all weights."""
        self.layers = [Layer(*map(self.number, layer)) for layer in parameters]

    def outputs(self, x: Array, batch: int) -> Array:
        """See ``adapters.Learner``."""
        rows = self.number(x)
        with np.errstate(over="ignore"):  # the sigmoid of a sum far below 0: exp overflows to inf, and 1 / inf is the right 0
            parts = [forward(self.design, self.layers, rows[at : at + batch]).outputs[-1] for at in range(0, len(x), batch)]
        return np.concatenate(parts)

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Learner``."""
        return [Parameters(*layer) for layer in self.layers]

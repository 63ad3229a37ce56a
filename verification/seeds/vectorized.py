"""One network trained from many seeds at once: the reference's formulas with one more axis, the last, for the seeds.

Kernels are ``(inputs, outputs, seeds)``, biases ``(outputs, seeds)``; a pattern is ``(inputs, seeds)``, or ``(inputs, 1)`` where
all seeds meet the same one. Patterns are learnt one by one, under the half squared error, as in numpy-dnn, chapter 3, section 02.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from adapters import Array
from reference.activations import ACTIVATIONS
from reference.initializers import STANDARD_DEVIATIONS, draw, glorot_uniform
from reference.losses import LOSSES
from reference.network import Layer

LOSS = LOSSES["half squared error"]
Rows: TypeAlias = tuple[tuple[float, ...], ...]


class Setup(NamedTuple):
    """A training without its seeds; ``rate`` is that on the half squared error, the loss of every formula here."""

    units: tuple[int, ...]
    activations: tuple[str, ...]
    initial: tuple[str, ...]
    rate: float
    order: str
    inputs: Rows
    targets: Rows


class Pass(NamedTuple):
    """One epoch: what was met when, each output and the summed loss as computed just before their own pattern's update.

    ``order`` is ``(patterns, seeds or 1)``, ``outputs`` ``(patterns in this order, outputs, seeds)``, ``error`` ``(seeds,)``.
    """

    order: Array
    outputs: Array
    error: Array

    def by_pattern(self) -> Array:
        """The outputs ``(patterns, outputs, seeds)``, sorted as the patterns are printed."""
        return np.take_along_axis(self.outputs, np.argsort(self.order, axis=0)[:, np.newaxis], axis=0)


def kernel(random: np.random.RandomState, initial: str, shape: tuple[int, int]) -> Array:
    """Draw a kernel ``(inputs, outputs)``, row by row: a normal distribution of ``reference.initial``, or Keras's default."""
    if initial == "glorot uniform":
        return glorot_uniform(random, *shape)
    return draw(random, STANDARD_DEVIATIONS[initial](*shape), shape)


def random_start(setup: Setup, seed: int, epochs: int) -> tuple[list[Array], Array]:
    """The kernels of one seed, layer by layer, then what its orders are made of, ``(epochs, patterns)``, epoch by epoch."""
    random, samples = np.random.RandomState(seed), len(setup.inputs)
    shapes = zip(setup.units, setup.units[1:], strict=False)
    kernels = [kernel(random, initial, shape) for initial, shape in zip(setup.initial, shapes, strict=True)]
    numbers = random.random_sample((0 if setup.order == "sequential" else epochs, samples))
    places = np.argsort(numbers, axis=1, kind="stable") if setup.order == "permutation" else np.floor(samples * numbers)
    return kernels, places.astype(np.int8)


def swapped(order: Array, places: Array) -> Array:
    """The book's shuffle (numpy-dnn, 323_1): each position in turn is swapped with a drawn one; all ``(patterns, seeds)``."""
    order, seeds = order.copy(), np.arange(order.shape[1])
    for position, place in enumerate(places):
        kept = order[position].copy()
        order[position] = order[place, seeds]
        order[place, seeds] = kept
    return order


def orders(setup: Setup, places: Array) -> Iterator[Array]:
    """The order of the patterns in each epoch, ``(patterns, seeds)``, or ``(patterns, 1)`` where it is always that of the page."""
    first = np.arange(len(setup.inputs))[:, np.newaxis]
    while setup.order == "sequential":
        yield first
    order = np.repeat(first, places.shape[2], axis=1)
    for drawn_places in places:
        order = swapped(order, drawn_places) if setup.order == "swap shuffle" else drawn_places
        yield order


def forward(setup: Setup, layers: Sequence[Layer], x: Array) -> tuple[list[Array], list[Array]]:
    """``reference.network.forward``: the sums and the outputs of all layers, ``(units, seeds)`` each."""
    sums, outputs = [], [x]
    for name, layer in zip(setup.activations, layers, strict=True):
        sums.append((outputs[-1][:, np.newaxis] * layer.kernel).sum(axis=0) + layer.bias)
        outputs.append(ACTIVATIONS[name].value(sums[-1]))
    return sums, outputs[1:]


def updated(setup: Setup, layers: Sequence[Layer], x: Array, t: Array) -> tuple[list[Layer], Array]:
    """``reference.network.backward`` and ``reference.descent.update`` for one pattern; also the output before it."""
    sums, outputs = forward(setup, layers, x)
    slope = LOSS.gradient(outputs[-1], t)
    new: list[Layer] = []
    for index in reversed(range(len(layers))):
        error = ACTIVATIONS[setup.activations[index]].backward(sums[index], outputs[index], slope)
        below = outputs[index - 1] if index else x
        slope = (layers[index].kernel * error).sum(axis=1) if index else slope
        step = setup.rate * error
        new.insert(0, Layer(layers[index].kernel - below[:, np.newaxis] * step, layers[index].bias - step))
    return new, outputs[-1]


class VectorizedTraining:
    """The training of all seeds, epoch by epoch; ``epochs`` is how many may be asked for where orders are drawn."""

    def __init__(self, setup: Setup, seeds: Sequence[int], epochs: int) -> None:
        kernels, places = zip(*(random_start(setup, seed, epochs) for seed in seeds), strict=True)
        stacks = [np.stack(of_layer, axis=-1) for of_layer in zip(*kernels, strict=True)]
        self.setup, self.layers = setup, [Layer(stack, np.zeros(stack.shape[1:])) for stack in stacks]
        self.orders = orders(setup, np.stack(places, axis=-1))
        self.inputs, self.targets = np.array(setup.inputs, float).T, np.array(setup.targets, float).T

    def epoch(self) -> Pass:
        """Learn every pattern once."""
        order, outputs, error = next(self.orders), [], np.zeros(self.layers[0].kernel.shape[-1])
        for samples in order:
            t = self.targets[:, samples]
            self.layers, y = updated(self.setup, self.layers, self.inputs[:, samples], t)
            outputs.append(y)
            error += ((y - t) ** 2).sum(axis=0) / 2
        return Pass(order, np.array(outputs), error)

    def predict(self) -> Array:
        """The outputs ``(patterns, outputs, seeds)`` of the weights as they are."""
        return np.array([forward(self.setup, self.layers, x[:, np.newaxis])[1][-1] for x in self.inputs.T])

    def keep(self, seeds: Array) -> None:
        """Go on with some seeds only, given as a mask; for orders that are not drawn."""
        self.layers = [Layer(layer.kernel[..., seeds], layer.bias[..., seeds]) for layer in self.layers]


DRAWS: Mapping[str, str] = {
    "he": "standard_normal times sqrt(2 / inputs)",
    "lecun": "standard_normal times sqrt(1 / inputs)",
    "glorot uniform": "uniform between -l and l, l = sqrt(6 / (inputs + outputs))",
}
ORDERS: Mapping[str, str] = {
    "sequential": "the order of the page, in every epoch",
    "swap shuffle": "from the order of the epoch before, each position in turn swapped with position floor(patterns * random_sample())",
    "permutation": "in each epoch the order that sorts as many numbers random_sample()",
}

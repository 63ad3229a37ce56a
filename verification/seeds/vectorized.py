"""One network trained from many seeds at once: the reference's formulas with one more axis, the last, for the seeds.

Kernels are ``(inputs, outputs, seeds)``, biases ``(outputs, seeds)``; samples are ``(batch, features, seeds)``,
or have one entry in the last axis where all seeds see the same ones.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from adapters import Array
from reference.activations import ACTIVATIONS, Activation
from reference.layer_types.parameters import Layer
from reference.losses import LOSSES
from reference.network import Signals
from verification.seeds.random_numbers import random_starts, sample_orders
from verification.seeds.setups import Setup

SUMMED: Mapping[str, Callable[[Array, Array], Array]] = {  # the losses ``(seeds,)`` of outputs and targets
    "half squared error": lambda y, t: ((y - t) ** 2).sum(axis=(0, 1)) / 2,
    "mean squared error": lambda y, t: ((y - t) ** 2).sum(axis=(0, 1)) / y.shape[1],
    "cross entropy": lambda y, t: (-t * np.log(y)).sum(axis=(0, 1)),
}


class Epoch(NamedTuple):
    """One epoch: the order of the samples, each output and the summed loss as computed just before the update with that sample.

    ``order`` is ``(samples, seeds or 1)``, ``outputs`` ``(samples in this order, outputs, seeds)``, ``loss`` ``(seeds,)``.
    """

    order: Array
    outputs: Array
    loss: Array

    def by_sample(self) -> Array:
        """The outputs ``(samples, outputs, seeds)``, sorted as the samples are printed."""
        return np.take_along_axis(self.outputs, np.argsort(self.order, axis=0)[:, np.newaxis], axis=0)


def activation(name: str) -> Activation:
    """An activation of arrays ``(batch, units, seeds)``; softmax, not entry by entry, takes the units from the last axis."""
    plain = ACTIVATIONS[name]
    if name != "softmax":
        return plain
    return Activation(partial(units_last, plain.value), partial(units_last, plain.backward))


def units_last(function: Callable[..., Array], *arrays: Array) -> Array:
    """A function of arrays whose last axis are the units."""
    return np.moveaxis(function(*(np.moveaxis(array, 1, -1) for array in arrays)), -1, 1)


def forward(setup: Setup, layers: Sequence[Layer], x: Array) -> Signals:
    """``reference.network.forward``."""
    signals = Signals([], [])
    for name, layer in zip(setup.activations, layers, strict=True):
        signals.pre_activations.append((x[:, :, np.newaxis] * layer.kernel).sum(axis=1) + layer.bias)
        x = activation(name).value(signals.pre_activations[-1])
        signals.outputs.append(x)
    return signals


def output_gradient(setup: Setup, signals: Signals, t: Array) -> Array:
    """``reference.network.output_gradient``; the gradients of losses are entry by entry, and count the units in axis 1."""
    y = signals.outputs[-1]
    if (setup.activations[-1], setup.loss) == ("softmax", "cross entropy"):
        return np.asarray(y - t)
    upstream = LOSSES[setup.loss].gradient(y, t)
    return activation(setup.activations[-1]).backward(signals.pre_activations[-1], y, upstream)


def sgd_step(setup: Setup, layers: Sequence[Layer], x: Array, t: Array) -> tuple[list[Layer], Array]:
    """``reference.network.backward`` and the update for one batch: the new layers, and the outputs before the update."""
    signals, rate = forward(setup, layers, x), float(setup.training.constant_rate)
    gradient, new = output_gradient(setup, signals, t), list[Layer]()
    for index in reversed(range(len(layers))):
        below, step = signals.outputs[index - 1] if index else x, rate * gradient
        if index:
            upstream = (layers[index].kernel * gradient[:, np.newaxis]).sum(axis=2)
            backward = activation(setup.activations[index - 1]).backward
            gradient = backward(signals.pre_activations[index - 1], below, upstream)
        bias = layers[index].bias - step.sum(axis=0) if setup.training.trains_biases else layers[index].bias
        new.insert(0, Layer(layers[index].kernel - (below[:, :, np.newaxis] * step[:, np.newaxis]).sum(axis=0), bias))
    return new, signals.outputs[-1]


class VectorizedTraining:
    """The training of all seeds, epoch by epoch; ``max_epochs`` is how many can be trained where the order is random."""

    def __init__(self, setup: Setup, seeds: Sequence[int], max_epochs: int) -> None:
        self.layers, positions = random_starts(setup, seeds, max_epochs)
        self.setup, self.orders = setup, sample_orders(setup, positions)
        self.columns = np.arange(len(seeds))

    @property
    def n_seeds(self) -> int:
        """The number of seeds that are trained."""
        return int(self.layers[0].kernel.shape[-1])

    def epoch(self) -> Epoch:
        """Train on every sample once."""
        order, outputs, loss = next(self.orders), list[Array](), np.zeros(self.n_seeds)
        order = order[:, self.columns] if order.shape[1] > 1 else order
        for samples in order.reshape(-1, self.setup.batch_size, order.shape[1]):
            x, t = (rows[samples].swapaxes(1, 2) for rows in (self.setup.inputs, self.setup.targets))
            self.layers, y = sgd_step(self.setup, self.layers, x, t)
            outputs.append(y)
            loss += SUMMED[self.setup.loss](y, t)
        return Epoch(order, np.concatenate(outputs), loss)

    def predict(self) -> Array:
        """The outputs ``(samples, outputs, seeds)`` of the present parameters."""
        return forward(self.setup, self.layers, self.setup.inputs[:, :, np.newaxis]).outputs[-1]

    def dead_units(self) -> Array:
        """For each seed, whether no unit of the first layer has a positive pre-activation on any sample."""
        pre_activations = forward(self.setup, self.layers, self.setup.inputs[:, :, np.newaxis]).pre_activations[0]
        return ~np.any(pre_activations > 0, axis=(0, 1))

    def keep(self, seeds: Array) -> None:
        """Train only some seeds from now on, given as a mask."""
        self.layers = [Layer(layer.kernel[..., seeds], layer.bias[..., seeds]) for layer in self.layers]
        self.columns = self.columns[seeds]

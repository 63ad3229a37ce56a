"""One network trained from many seeds at once: the reference's formulas with one more axis, the last, for the seeds.

Kernels are ``(inputs, outputs, seeds)``, biases ``(outputs, seeds)``; a sample is ``(inputs, seeds)``, or ``(inputs, 1)`` where
all seeds see the same one. Each update sees one sample, under the half squared error, as in numpy-dnn, chapter 3, section 02.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from adapters import Array
from reference.activations import ACTIVATIONS
from reference.losses import LOSSES
from reference.network import Layer
from verification.seeds.random_numbers import random_start, sample_orders
from verification.seeds.setups import Setup

LOSS = LOSSES["half squared error"]


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


def forward(setup: Setup, layers: Sequence[Layer], x: Array) -> tuple[list[Array], list[Array]]:
    """``reference.network.forward``: the pre-activations and the outputs of all layers, ``(units, seeds)`` each."""
    pre_activations, outputs = [], [x]
    for name, layer in zip(setup.activations, layers, strict=True):
        pre_activations.append((outputs[-1][:, np.newaxis] * layer.kernel).sum(axis=0) + layer.bias)
        outputs.append(ACTIVATIONS[name].value(pre_activations[-1]))
    return pre_activations, outputs[1:]


def sgd_step(setup: Setup, layers: Sequence[Layer], x: Array, t: Array) -> tuple[list[Layer], Array]:
    """``reference.network.backward`` and the update for one sample: the new layers, and the output before the update."""
    pre_activations, outputs = forward(setup, layers, x)
    upstream = LOSS.gradient(outputs[-1], t)
    new: list[Layer] = []
    for index in reversed(range(len(layers))):
        gradient = ACTIVATIONS[setup.activations[index]].backward(pre_activations[index], outputs[index], upstream)
        below = outputs[index - 1] if index else x
        upstream = (layers[index].kernel * gradient).sum(axis=1) if index else upstream
        step = setup.learning_rate * gradient
        new.insert(0, Layer(layers[index].kernel - below[:, np.newaxis] * step, layers[index].bias - step))
    return new, outputs[-1]


class VectorizedTraining:
    """The training of all seeds, epoch by epoch; ``max_epochs`` is how many can be trained where the order is random."""

    def __init__(self, setup: Setup, seeds: Sequence[int], max_epochs: int) -> None:
        kernels, positions = zip(*(random_start(setup, seed, max_epochs) for seed in seeds), strict=True)
        stacks = [np.stack(of_layer, axis=-1) for of_layer in zip(*kernels, strict=True)]
        self.setup, self.layers = setup, [Layer(stack, np.zeros(stack.shape[1:])) for stack in stacks]
        self.orders = sample_orders(setup, np.stack(positions, axis=-1))
        self.inputs, self.targets = np.array(setup.inputs, float).T, np.array(setup.targets, float).T

    def epoch(self) -> Epoch:
        """Train on every sample once."""
        order, outputs, loss = next(self.orders), [], np.zeros(self.layers[0].kernel.shape[-1])
        for samples in order:
            t = self.targets[:, samples]
            self.layers, y = sgd_step(self.setup, self.layers, self.inputs[:, samples], t)
            outputs.append(y)
            loss += ((y - t) ** 2).sum(axis=0) / 2
        return Epoch(order, np.array(outputs), loss)

    def predict(self) -> Array:
        """The outputs ``(samples, outputs, seeds)`` of the present parameters."""
        return np.array([forward(self.setup, self.layers, x[:, np.newaxis])[1][-1] for x in self.inputs.T])

    def pre_activations(self) -> Array:
        """The first layer's pre-activations on the first sample, ``(units, seeds)``, with the present parameters."""
        return forward(self.setup, self.layers, self.inputs[:, :1])[0][0]

    def keep(self, seeds: Array) -> None:
        """Train only some seeds from now on, given as a mask; for orders that are not random."""
        self.layers = [Layer(layer.kernel[..., seeds], layer.bias[..., seeds]) for layer in self.layers]

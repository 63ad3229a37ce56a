"""Dense networks of the oracle: forward pass, loss, gradients by central differences."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, array, entrywise
from verification.random_examples.truth.operations import OPERATIONS, dot, total

H = mpmath.mpf(10) ** -60


def squared(y: Array, t: Array) -> Any:
    """The sum of the squared errors."""
    return total((y - t) ** 2)


def entropy(y: Array, t: Array) -> Any:
    """The cross entropy of probabilities."""
    return -total(t * entrywise(mpmath.log, y))


def binary_entropy(y: Array, t: Array) -> Any:
    """The cross entropy of outputs that are each a probability."""
    return entropy(y, t) + entropy(1 - y, 1 - t)


LOSSES: Mapping[str, Callable[[Branches, Array, Array], Any]] = {
    "half squared error": lambda _, y, t: squared(y, t) / 2,
    "mean squared error": lambda _, y, t: squared(y, t) / y.shape[1],
    "squared error": lambda _, y, t: squared(y, t),
    "cross entropy": lambda _, y, t: entropy(y, t),
    "binary cross entropy": lambda _, y, t: binary_entropy(y, t),
    "cross entropy from logits": lambda branches, y, t: entropy(OPERATIONS["softmax"](branches, {}, y), t),
    "binary cross entropy from logits": lambda branches, y, t: binary_entropy(OPERATIONS["sigmoid"](branches, {}, y), t),
    "hinge": lambda branches, y, t: total(OPERATIONS["maximum"](branches, {}, 1 - t * y, t * 0)),
}
ACTIVATIONS = ("identity", "step", "sigmoid", "tanh", "relu", "softmax")


class Layer(NamedTuple):
    """A layer before training, as the fixture gives it."""

    kernel: Array
    bias: Array
    activation: str


class Network(NamedTuple):
    """What training does not change: activations, and the loss, by name; ``reduction`` is over samples."""

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"


Parameters = tuple[Array, ...]
"""Kernel and bias of each layer in turn."""


def outputs(network: Network, parameters: Parameters, x: Array, branches: Branches) -> list[Array]:
    """The outputs of all layers."""
    layers = []
    for number, activation in enumerate(network.activations):
        kernel, bias = parameters[2 * number : 2 * number + 2]
        x = OPERATIONS[activation](branches, {}, dot(x, kernel) + bias)
        layers.append(x)
    return layers


def loss(network: Network, parameters: Parameters, x: Array, t: Array, branches: Branches | None = None) -> Any:
    """The loss of the data."""
    taken = branches or Branches()
    of_sum = LOSSES[network.loss](taken, outputs(network, parameters, x, taken)[-1], t)
    return of_sum / t.shape[0] if network.reduction == "mean" else of_sum


def gradients(network: Network, parameters: Parameters, x: Array, t: Array, which: tuple[int, ...]) -> list[Array]:
    """The gradients of the loss with respect to some of the parameters, by their positions; -1 is the input."""
    branches = Branches()
    loss(network, parameters, x, t, branches)

    def at(position: int, changed: Array) -> Any:
        branches.repeat()
        if position < 0:
            return loss(network, parameters, changed, t, branches)
        return loss(network, (*parameters[:position], changed, *parameters[position + 1 :]), x, t, branches)

    points = [x if position < 0 else parameters[position] for position in which]
    return [differences(partial(at, position), point) for position, point in zip(which, points, strict=True)]


def differences(function: Callable[[Array], Any], point: Array) -> Array:
    """The gradient of a function of an array, by central differences of a step of 1e-60."""
    slopes = []
    flat = point.ravel()
    for position in range(flat.size):
        ends = []
        for step in (H, -H):
            moved = flat.copy()
            moved[position] += step
            ends.append(function(moved.reshape(point.shape)))
        slopes.append((ends[0] - ends[1]) / (2 * H))
    return array(slopes).reshape(point.shape)

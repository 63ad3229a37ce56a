"""Dense networks of the oracle: forward pass, loss, gradients by central differences, or by the rule of the perceptron."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.losses import LOSSES, Penalty
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import OPERATIONS, dot, total

H = mpmath.mpf(10) ** -60


ACTIVATIONS = (
    *("identity", "step", "step at zero", "bipolar step", "bipolar step at zero"),
    *("sigmoid", "tanh", "relu", "softmax"),
)
BIPOLAR = "bipolar "  # steps of which 0 and 1 are -1 and 1


class Layer(NamedTuple):
    """A layer before training, as the fixture gives it."""

    kernel: Array
    bias: Array
    activation: str


class Network(NamedTuple):
    """What training does not change: activations, and the loss, by name.

    ``reduction`` is over samples, ``output_reduction`` over outputs; the ``rule`` is that of the gradients.
    """

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"
    output_reduction: str = "sum"
    penalty: Penalty | None = None
    rule: str = "gradient"


Parameters = tuple[Array, ...]
"""Kernel and bias of each layer in turn."""


def outputs(network: Network, parameters: Parameters, x: Array, branches: Branches) -> list[Array]:
    """The outputs of all layers."""
    layers = []
    for number, activation in enumerate(network.activations):
        kernel, bias = parameters[2 * number : 2 * number + 2]
        x = activated(activation, branches, dot(x, kernel) + bias)
        layers.append(x)
    return layers


def activated(activation: str, branches: Branches, x: Array) -> Array:
    """An activation of pre-activations."""
    y = OPERATIONS[activation.removeprefix(BIPOLAR)](branches, {}, x)
    return 2 * y - 1 if activation.startswith(BIPOLAR) else y


def loss(network: Network, parameters: Parameters, x: Array, t: Array, branches: Branches | None = None) -> Any:
    """The loss of the data, with the penalty where there is one."""
    without = data_loss(network, terms(network, parameters, x, t, branches))
    return without + network.penalty.of(parameters) if network.penalty else without


def terms(network: Network, parameters: Parameters, x: Array, t: Array, branches: Branches | None = None) -> Array:
    """The terms of the loss, one for every output of every sample, as the reduction over outputs has them."""
    taken = branches or Branches()
    of_outputs = LOSSES[network.loss](taken, outputs(network, parameters, x, taken)[-1], t)
    return of_outputs / t.shape[1] if network.output_reduction == "mean" else of_outputs


def data_loss(network: Network, of_outputs: Array) -> Any:
    """The loss that the terms make, without a penalty."""
    return total(of_outputs) / len(of_outputs) if network.reduction == "mean" else total(of_outputs)


def gradients(network: Network, parameters: Parameters, x: Array, t: Array, which: tuple[int, ...]) -> list[Array]:
    """The gradients of the loss with respect to some of the parameters, by their positions; -1 is the input."""
    if network.rule == "perceptron":
        return [perceptron_gradient(network, parameters, x, t, position) for position in which]
    branches = Branches()
    loss(network, parameters, x, t, branches)

    def at(position: int, changed: Array) -> Any:
        branches.repeat()
        if position < 0:
            return loss(network, parameters, changed, t, branches)
        return loss(network, (*parameters[:position], changed, *parameters[position + 1 :]), x, t, branches)

    points = [x if position < 0 else parameters[position] for position in which]
    return [differences(partial(at, position), point) for position, point in zip(which, points, strict=True)]


def perceptron_gradient(network: Network, parameters: Parameters, x: Array, t: Array, position: int) -> Array:
    """What the rule of the perceptron takes for a gradient: the error ``y - t`` of the step units is that of their sums."""
    error = outputs(network, parameters, x, Branches())[0] - t
    if position < 0:
        return dot(error, parameters[0].T)
    return dot(x.T, error) if position == 0 else error.sum(axis=0)


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

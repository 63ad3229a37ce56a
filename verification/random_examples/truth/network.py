"""Networks of the oracle: layers in a graph, forward pass, loss, gradients by central differences."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.table import LAYER_TYPES
from verification.random_examples.truth.numbers import Array, array, entrywise
from verification.random_examples.truth.operations import OPERATIONS, total

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
    """A layer of a graph: its type with options, the numbers of its inputs, the names of its parameters, and those that train.

    Input 0 is the data, ``n`` the output of the ``n``-th layer. Parameters are laid out as the fixture writes them.
    """

    type: str
    options: Mapping[str, Any]
    inputs: tuple[int, ...]
    parameters: tuple[str, ...] = ()
    trained: tuple[str, ...] = ()


class Network(NamedTuple):
    """What training does not change: activations, and the loss, by name; ``reduction`` is over samples.

    Without ``layers``, all are dense, in a chain, with kernels ``(inputs, outputs)`` and biases.
    """

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"
    layers: tuple[Layer, ...] = ()

    @property
    def graph(self) -> tuple[Layer, ...]:
        """The layers."""
        return self.layers or tuple(DENSE._replace(inputs=(number,)) for number in range(len(self.activations)))

    @property
    def places(self) -> list[tuple[int, str]]:
        """Of every array of parameters its layer, from 1, and its name."""
        return [(number, name) for number, layer in enumerate(self.graph, 1) for name in layer.parameters]

    def trained(self, *, biases: bool) -> tuple[int, ...]:
        """The positions of the parameters that train; ``biases``: what is added too, not only what is multiplied."""
        layers = self.graph
        return tuple(
            place
            for place, (number, name) in enumerate(self.places)
            if name in layers[number - 1].trained and (biases or name not in ADDED)
        )


ADDED = ("bias", "recurrent_bias", "offset")
DENSE = Layer("dense", MappingProxyType({"layout": "(in, out)"}), (0,), ("kernel", "bias"), ("kernel", "bias"))
Parameters = tuple[Array, ...]
"""The arrays of each layer in turn: kernel and bias of a dense one."""


class Signals(NamedTuple):
    """The pre-activations and the outputs of all layers."""

    pre_activations: list[Array]
    outputs: list[Array]


def signals(network: Network, parameters: Parameters, x: Array, branches: Branches) -> Signals:
    """What every layer makes of its inputs."""
    layers, known = network.graph, [x]
    ends = [0]
    for layer in layers:
        ends.append(ends[-1] + len(layer.parameters))
    pre_activations = []
    for layer, activation, (begin, end) in zip(layers, network.activations, pairwise(ends), strict=True):
        weights = dict(zip(layer.parameters, parameters[begin:end], strict=True))
        y = array(LAYER_TYPES[layer.type](branches, layer.options, weights, *(known[number] for number in layer.inputs)))
        pre_activations.append(y)
        known.append(OPERATIONS[activation](branches, {}, y))
    return Signals(pre_activations, known[1:])


def outputs(network: Network, parameters: Parameters, x: Array, branches: Branches) -> list[Array]:
    """The outputs of all layers."""
    return signals(network, parameters, x, branches).outputs


def cost_of(network: Network, parameters: Parameters, x: Array) -> int:
    """About how many numbers the differences for all parameters make: entries, times outputs, times the steps of a sequence."""
    sizes = [output.size for output in outputs(network, parameters, x, Branches())]
    steps = [STEPS.get(layer.type, 1) for layer in network.graph]
    return max(1, sum(array.size for array in parameters)) * sum(a * b for a, b in zip(sizes, steps, strict=True))


STEPS = {"recurrent": 4, "lstm": 24, "gru": 18, "attention": 4, "convolution": 2}  # numbers on the way to one of an output


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

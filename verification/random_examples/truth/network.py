"""Networks of the oracle: layers in a graph, forward pass, loss, gradients by central differences or the perceptron's rule."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.table import LAYER_TYPES
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
    """A layer of a graph: its type with options, the numbers of its inputs, the names of its parameters, and those that train.

    Input 0 is the data, ``n`` the output of the ``n``-th layer. Parameters are laid out as the fixture writes them.
    """

    type: str
    options: Mapping[str, Any]
    inputs: tuple[int, ...]
    parameters: tuple[str, ...] = ()
    trained: tuple[str, ...] = ()


class Network(NamedTuple):
    """What training does not change: activations, and the loss, by name.

    ``reduction`` is over samples, ``output_reduction`` over outputs; the ``rule`` is that of the gradients. Without ``layers``, all
    are dense, in a chain, with kernels ``(inputs, outputs)`` and biases. Where it ``has_columns``, a book prints a column for each
    sample.
    """

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"
    output_reduction: str = "sum"
    penalty: Penalty | None = None
    rule: str = "gradient"
    layers: tuple[Layer, ...] = ()
    has_columns: bool = False

    @property
    def graph(self) -> tuple[Layer, ...]:
        """The layers."""
        return self.layers or tuple(DENSE._replace(inputs=(number,)) for number in range(len(self.activations)))

    @property
    def is_chain_of_dense(self) -> bool:
        """Whether all layers are dense, each with the output of the one before."""
        return all(layer.type == "dense" and layer.inputs == (number,) for number, layer in enumerate(self.graph))

    @property
    def places(self) -> list[tuple[int, str]]:
        """Of every array of parameters its layer, from 1, and its name."""
        return [(number, name) for number, layer in enumerate(self.graph, 1) for name in layer.parameters]

    @property
    def trainable(self) -> tuple[int, ...]:
        """The positions of the parameters that the layers train."""
        return tuple(place for place, (number, name) in enumerate(self.places) if name in self.graph[number - 1].trained)


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
        known.append(activated(activation, branches, y))
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


def activated(activation: str, branches: Branches, x: Array) -> Array:
    """An activation of pre-activations."""
    y = OPERATIONS[activation.removeprefix(BIPOLAR)](branches, {}, x)
    return 2 * y - 1 if activation.startswith(BIPOLAR) else y


def loss(network: Network, parameters: Parameters, x: Array, t: Array, branches: Branches | None = None) -> Any:
    """The loss of the data, with the penalty where there is one."""
    taken = branches or Branches()
    without = data_loss(network, terms(network, parameters, x, t, taken))
    return without + network.penalty.of(parameters, taken) if network.penalty else without


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

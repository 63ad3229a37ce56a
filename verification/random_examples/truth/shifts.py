"""The gradient by what a layer gives: that by numbers, all 0, which are added there."""

from types import MappingProxyType

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.table import SHIFT
from verification.random_examples.truth.network import Layer, Network, Parameters, gradients, signals
from verification.random_examples.truth.numbers import Array, array


def gradient_by(part: str, number: int, network: Network, parameters: Parameters, x: Array, t: Array) -> Array:
    """The gradient by the ``pre-activation`` or the ``output`` of a layer, from 1, in the shape of these."""
    found = signals(network, parameters, x, Branches()).outputs[number - 1]
    if network.rule == "perceptron":
        return found - t  # of half the squared error by the output, which the rule takes for that by its sums
    shape = found.shape
    place = sum(len(layer.parameters) for layer in network.graph[:number])
    zeros = array(np.full(shape, mpmath.mpf(0), dtype=object))
    changed = (*parameters[:place], zeros, *parameters[place:])
    return gradients(shifted(network, number, part), changed, x, t, (place,))[0]


def shifted(network: Network, number: int, part: str) -> Network:
    """The network with a layer behind another that adds a parameter to its output, or before its activation."""
    before, after = network.graph[:number], network.graph[number:]
    behind = tuple(layer._replace(inputs=tuple(source + (source >= number) for source in layer.inputs)) for layer in after)
    shift = Layer(SHIFT, MappingProxyType({}), (number,), ("shift",))
    activation = network.activations[number - 1]
    both = ("identity", activation) if part == "pre-activation" else (activation, "identity")
    activations = (*network.activations[: number - 1], *both, *network.activations[number:])
    return network._replace(layers=(*before, shift, *behind), activations=activations)

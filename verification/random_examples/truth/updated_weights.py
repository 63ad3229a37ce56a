"""What a program of the oracle takes for gradients that carries deltas back through weights which it has updated already.

Of dense layers in a chain, ``a`` their inputs and ``z = a W + b``: the delta ``d`` at the last ``z`` is the derivative of the
loss, the gradients are ``a^T d`` and the sum of ``d`` over the samples, and what goes back to the layer before is
``d (W - rate a^T d)^T`` in the place of ``d W^T``.
"""

from typing import Any

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import inputs_first
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import Network, Parameters, activated, data_loss, differences, signals
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import dot, total


def slipped_gradients(
    network: Network, parameters: Parameters, x: Array, t: Array, rate: Any, trained: tuple[int, ...]
) -> list[Array]:
    """The gradients of all parameters, in turn, laid out as these; kernels that are not ``trained`` are as before."""
    known, places, found = signals(network, parameters, x, Branches()), network.places, dict[tuple[int, str], Array]()
    inputs, delta = [x, *known.outputs], loss_delta(network, known.pre_activations[-1], t)
    for number, layer in reversed(list(enumerate(network.graph, 1))):
        place = places.index((number, "kernel"))
        by_kernel, kernel = dot(inputs[number - 1].T, delta), inputs_first(layer.options, parameters[place])
        found[number, "kernel"] = inputs_first(layer.options, by_kernel)  # transposing it back is the same
        if (number, "bias") in places:
            found[number, "bias"] = by_bias(delta, parameters[places.index((number, "bias"))])
        if number > 1:
            renewed = kernel - rate * by_kernel if place in trained else kernel
            delta = carried(network.activations[number - 2], known.pre_activations[number - 2], dot(delta, renewed.T))
    return [found[place] for place in places]


def by_bias(delta: Array, bias: Array) -> Array:
    """The sum over the samples; of a bias that all units share, over these too."""
    sums = delta.sum(axis=0)
    return array([sums.sum()]) if len(bias) < len(sums) else sums


def loss_delta(network: Network, z: Array, t: Array) -> Array:
    """The derivative of the loss with respect to the last pre-activations."""
    branches = Branches()

    def of(changed: Array) -> Any:
        if changed is not z:
            branches.repeat()
        of_outputs = LOSSES[network.loss](branches, activated(network.activations[-1], branches, changed), t)
        return data_loss(network, of_outputs / t.shape[1] if network.output_reduction == "mean" else of_outputs)

    of(z)
    return differences(of, z)


def carried(activation: str, z: Array, by_output: Array) -> Array:
    """The delta at the pre-activations ``z`` of an activation of which the derivative by its output is known."""
    branches = Branches()
    activated(activation, branches, z)

    def of(changed: Array) -> Any:
        branches.repeat()
        return total(by_output * activated(activation, branches, changed))

    return differences(of, z)

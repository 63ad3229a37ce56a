"""An example's network in the reference's terms, and one pass over its data."""

from collections.abc import Sequence

import numpy as np

from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from reference.losses import LOSSES
from reference.network import Design, Gradients, Layer, Signals, backward, forward, loss, over_outputs, reduced
from reference.optimization import penalties
from reference.optimization.gradient_descent import penalized_loss
from worked_examples import NetworkExample, numbers


def design(example: NetworkExample, number_type: str = "float64") -> Design:
    """The example's activations and loss; its penalty is in a number type."""
    network, activations = example.network, tuple(layer.activation for layer in example.network.layers)
    penalty = network.penalty.rule(number_type) if network.penalty else None
    rule = example.training.rule if example.training else "gradient"
    return Design(activations, network.loss, network.reduction, penalty, network.output_reduction, rule)


def initial_layers(example: NetworkExample, number_type: str) -> list[Layer]:
    """The example's initial parameters in a number type."""
    return [Layer(numbers(layer.kernel, number_type), numbers(layer.bias, number_type)) for layer in example.network.layers]


def as_layers(parameters: Sequence[Parameters]) -> list[Layer]:
    """Parameters as the reference's layers, in their own number type."""
    return [Layer(*layer) for layer in parameters]


def as_parameters(layers: Sequence[Layer]) -> list[Parameters]:
    """The reference's layers, or gradients, as parameters."""
    return [Parameters(*layer) for layer in layers]


def evaluate(example: NetworkExample, layers: Sequence[Layer], number_type: str) -> Evaluation:
    """One forward and backward pass of these layers over the example's data; see ``adapters.Engine``."""
    layers = layers[: len(example.network.layers)]
    x, t = example.data.numbers(number_type)
    net = design(example, number_type)
    signals = forward(net, layers, x)
    gradients = backward(net, layers, x, signals, t)
    penalty = np.asarray(penalties.value(net.penalty, layers)) if net.penalty else None
    return Evaluation(
        signals.outputs,
        penalized_loss(net, layers, loss(net, signals, t)),
        as_parameters(penalties.added(net.penalty, layers, gradients.layers)),
        gradients.input,
        intermediates(example, signals, gradients, t)._replace(penalty=penalty),
    )


def intermediates(example: NetworkExample, signals: Signals, gradients: Gradients, t: Array) -> Intermediates:
    """What a pass of the reference computed on its way; the gradient by the last outputs may overflow a small type."""
    rule, y, net = LOSSES[example.network.loss], signals.outputs[-1], design(example)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        last = reduced(net, rule.gradient(y, t), t)
    terms = over_outputs(net, rule.terms(y, t), t)
    return Intermediates(signals.pre_activations, gradients.pre_activations, [*gradients.inputs[1:], last], terms)

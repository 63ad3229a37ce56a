"""An example's network in the reference's terms, and one pass over its data."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from reference.layer_types.parameters import Layer, Trained
from reference.losses import LOSSES
from reference.network import Design, Gradients, Signals, backward, forward, loss, over_outputs, reduced
from reference.optimization import penalties
from reference.optimization.gradient_descent import penalized_loss
from worked_examples import NetworkExample


def design(example: NetworkExample, number_type: str) -> Design:
    """The example's layers, loss and penalty, with options in a number type, and the rule of its training."""
    rule = example.training.rule if example.training else "gradient"
    return replace(example.network.design(number_type), rule=rule)


def initial_layers(example: NetworkExample, number_type: str) -> list[Layer]:
    """The example's initial parameters in a number type."""
    return example.network.parameters(number_type)


def trained_arrays(example: NetworkExample) -> list[Trained]:
    """Of every array of every layer, whether the example's training changes it."""
    return [tuple(name in names for name in Layer._fields) for names in example.trained]


def as_layers(parameters: Sequence[Parameters]) -> list[Layer]:
    """Parameters as the reference's layers, in their own number type."""
    return [Layer(*layer) for layer in parameters]


def as_parameters(layers: Sequence[Layer]) -> list[Parameters]:
    """The reference's layers, or gradients, as parameters."""
    return [Parameters(*layer) for layer in layers]


def evaluate(example: NetworkExample, layers: Sequence[Layer], number_type: str) -> Evaluation:
    """One forward and backward pass of these layers over the example's data; see ``adapters.Engine``."""
    layers = layers[: len(example.network.layers)]
    (x, t), net = example.data.numbers(number_type), design(example, number_type)
    signals = forward(net, layers, x)
    gradients = backward(net, layers, x, signals, t)
    penalty = np.asarray(penalties.value(net.penalty, layers)) if net.penalty else None
    return Evaluation(
        signals.outputs,
        penalized_loss(net, layers, loss(net, signals, t)),
        as_parameters(penalties.added(net.penalty, layers, gradients.layers)),
        gradients.input,
        intermediates(net, signals, gradients, t)._replace(penalty=penalty),
    )


def intermediates(net: Design, signals: Signals, gradients: Gradients, t: Array) -> Intermediates:
    """What a pass of the reference computed on its way; the gradient by the last outputs may overflow a small type."""
    rule, y = LOSSES[net.loss], signals.outputs[-1]
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        last = reduced(net, rule.gradient(y, t), t)
    terms = over_outputs(net, rule.terms(y, t), t)
    return Intermediates(signals.pre_activations, gradients.pre_activations, [*gradients.outputs, last], terms)

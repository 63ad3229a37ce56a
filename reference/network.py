"""Dense networks, forward and backward, in the matrix formulas of numpy-dnn, chapter 3, section 09."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reference.activations import ACTIVATIONS
from reference.comparisons import Array
from reference.losses import LOSSES
from reference.optimization.penalties import Penalty


class Layer(NamedTuple):
    """One dense layer: kernel ``(inputs, outputs)``, bias ``(outputs,)``."""

    kernel: Array
    bias: Array


class Design(NamedTuple):
    """What training does not change: the activation of each layer and the loss, by name.

    ``reduction`` is over samples: their losses are summed, or averaged (``mean``) over those that are in the batch; the
    ``output_reduction`` is over outputs. By the ``rule`` of the perceptron (Psychological Review 65:386, 1958) the derivative of
    the output's step is taken to be 1, so that ``W = W + lr X^T (T - O)``. Whoever trains adds the ``penalty`` of the parameters
    (``reference.optimization.penalties``) to the loss and to the gradients.
    """

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"
    penalty: Penalty | None = None
    output_reduction: str = "sum"
    rule: str = "gradient"


class Signals(NamedTuple):
    """The results of a forward pass: ``pre_activations[l]`` and ``outputs[l]`` of layer ``l``, each ``(batch, features)``."""

    pre_activations: list[Array]
    outputs: list[Array]


class Gradients(NamedTuple):
    """The results of a backward pass: the gradient of the loss with respect to every layer's parameters and to the input.

    ``pre_activations`` are those with respect to the pre-activations of every layer, ``inputs`` to its input.
    """

    layers: list[Layer]
    input: Array
    pre_activations: list[Array]
    inputs: list[Array]


def forward(design: Design, layers: Sequence[Layer], x: Array) -> Signals:
    """The signals for the input ``x`` ``(batch, inputs)``: ``H = act(X W + B)`` layer by layer."""
    signals = Signals([], [])
    for name, (kernel, bias) in zip(design.activations, layers, strict=True):
        signals.pre_activations.append(x @ kernel + bias)
        x = ACTIVATIONS[name].value(signals.pre_activations[-1])
        signals.outputs.append(x)
    return signals


def loss(design: Design, signals: Signals, t: Array) -> Any:
    """The loss of the outputs against the targets ``t`` ``(batch, outputs)``, a scalar."""
    return reduced(design, LOSSES[design.loss].value(signals.outputs[-1], t), t)


def reduced(design: Design, of_sum: Any, t: Array) -> Any:
    """A sum over samples and outputs, or its gradient, as the loss or the gradient that both reductions make of it."""
    of_sum = over_outputs(design, of_sum, t)
    return of_sum / len(t) if design.reduction == "mean" else of_sum


def over_outputs(design: Design, of_sum: Any, t: Array) -> Any:
    """A sum over outputs, or its terms, as ``output_reduction`` has it."""
    return of_sum / t.shape[1] if design.output_reduction == "mean" else of_sum


PROBABILITIES = frozenset((("softmax", "cross entropy"), ("sigmoid", "binary cross entropy")))


def output_gradient(design: Design, signals: Signals, t: Array) -> Array:
    """The gradient of the loss with respect to the last layer's pre-activations, ``(batch, outputs)``.

    Softmax under cross entropy needs no division: for targets that sum to 1 both rules together are ``Ob = O - T``
    (numpy-dnn, 318_1). So are those of sigmoid under binary cross entropy, for any targets.
    """
    y = signals.outputs[-1]
    if (design.activations[-1], design.loss) in PROBABILITIES:
        return reduced(design, y - t, t)
    if design.rule == "perceptron":
        return y - t
    dy = reduced(design, LOSSES[design.loss].gradient(y, t), t)
    return ACTIVATIONS[design.activations[-1]].backward(signals.pre_activations[-1], y, dy)


def backward(design: Design, layers: Sequence[Layer], x: Array, signals: Signals, t: Array) -> Gradients:
    """The gradients, from the last layer to the first: ``Wb = X^T Yb``, ``Bb = 1 Yb`` (summed over samples), ``Xb = Yb W^T``.

    ``Yb`` is the gradient with respect to a layer's pre-activations, ``Xb`` that with respect to its input.
    """
    dy = output_gradient(design, signals, t)
    inputs = [x, *signals.outputs[:-1]]
    gradients = Gradients([], x, [], [])
    for index in reversed(range(len(layers))):
        gradients.layers.insert(0, Layer(inputs[index].T @ dy, dy.sum(axis=0)))
        dx = dy @ layers[index].kernel.T
        gradients.pre_activations.insert(0, dy)
        gradients.inputs.insert(0, dx)
        if index:
            activation = ACTIVATIONS[design.activations[index - 1]]
            dy = activation.backward(signals.pre_activations[index - 1], inputs[index], dx)
    return gradients._replace(input=dx)

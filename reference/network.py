"""Dense networks, forward and backward, in the matrix formulas of numpy-dnn, chapter 3, section 09."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reference.activations import ACTIVATIONS
from reference.comparisons import Array
from reference.losses import LOSSES


class Layer(NamedTuple):
    """One dense layer: kernel ``(inputs, outputs)``, bias ``(outputs,)``."""

    kernel: Array
    bias: Array


class Design(NamedTuple):
    """What stays fixed while a network learns: the activation of each layer and the loss, by name."""

    activations: tuple[str, ...]
    loss: str


class Signals(NamedTuple):
    """All that flows forward: ``sums[l]`` before and ``outputs[l]`` after the activation of layer ``l``."""

    sums: list[Array]
    outputs: list[Array]


class Gradients(NamedTuple):
    """All that flows back: the gradient of the loss with respect to every layer's parameters and to the input."""

    layers: list[Layer]
    input: Array


def forward(design: Design, layers: Sequence[Layer], x: Array) -> Signals:
    """Carry ``x`` ``(patterns, inputs)`` forward: ``H = act(X W + B)`` layer by layer."""
    signals = Signals([], [])
    for name, (kernel, bias) in zip(design.activations, layers, strict=True):
        signals.sums.append(x @ kernel + bias)
        x = ACTIVATIONS[name].value(signals.sums[-1])
        signals.outputs.append(x)
    return signals


def loss(design: Design, signals: Signals, t: Array) -> Any:
    """The loss of the outputs against the targets ``t`` ``(patterns, outputs)``, a scalar."""
    return LOSSES[design.loss].value(signals.outputs[-1], t)


def output_error(design: Design, signals: Signals, t: Array) -> Array:
    """The gradient of the loss with respect to the last layer's sums, ``(patterns, outputs)``.

    Softmax under cross entropy needs no division: for targets that sum to 1 both rules together are ``Ob = O - T``
    (numpy-dnn, 318_1).
    """
    y = signals.outputs[-1]
    if (design.activations[-1], design.loss) == ("softmax", "cross entropy"):
        return y - t
    return ACTIVATIONS[design.activations[-1]].backward(signals.sums[-1], y, LOSSES[design.loss].gradient(y, t))


def backward(design: Design, layers: Sequence[Layer], x: Array, signals: Signals, t: Array) -> Gradients:
    """Carry the error back: ``Wb = X^T Yb``, ``Bb = 1 Yb`` (summed over patterns), ``Xb = Yb W^T``, layer by layer."""
    error = output_error(design, signals, t)
    inputs = [x, *signals.outputs[:-1]]
    gradients: list[Layer] = []
    for index in reversed(range(len(layers))):
        gradients.insert(0, Layer(inputs[index].T @ error, error.sum(axis=0)))
        back = error @ layers[index].kernel.T
        if index:
            below = ACTIVATIONS[design.activations[index - 1]]
            error = below.backward(signals.sums[index - 1], inputs[index], back)
    return Gradients(gradients, back)

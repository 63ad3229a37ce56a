"""Networks, forward and backward: layers in a chain or in a graph, each with its activation, and a loss.

A chain of dense layers is numpy-dnn, chapter 3, section 09; other types of layers are in ``reference.layer_types``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from reference.activations import ACTIVATIONS, Activation
from reference.comparisons import Array
from reference.layer_types.dense import Dense
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer
from reference.losses import LOSSES
from reference.optimization.penalties import Penalty

DENSE = Dense()
PROBABILITIES = frozenset((("softmax", "cross entropy"), ("sigmoid", "binary cross entropy")))


@dataclass(frozen=True)
class Design:
    """What training does not change: the activation of each layer and the loss, by name.

    ``reduction`` is over samples: their losses are summed, or averaged (``mean``) over those that are in the batch; the
    ``output_reduction`` is over outputs. By the ``rule`` of the perceptron (Psychological Review 65:386, 1958) the derivative of
    the output's step is taken to be 1, so that ``W = W + lr X^T (T - O)``. By that of ``updated weights``, a common slip, whoever
    trains takes the gradients of a layer from the weights behind it after their update. Whoever trains adds the ``penalty`` of the
    parameters (``reference.optimization.penalties``) to the loss and to its gradients. ``types`` are those of the layers; none
    where all are dense. ``inputs`` has the numbers of each layer's inputs: 0 is the network's own, ``n`` the output of the ``n``-th
    layer, from 1; none where each layer's input is the output of the one before.
    """

    activations: tuple[str, ...]
    loss: str
    reduction: str = "sum"
    penalty: Penalty | None = None
    output_reduction: str = "sum"
    rule: str = "gradient"
    types: tuple[LayerType, ...] = ()
    inputs: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def units(self) -> tuple[tuple[Activation, LayerType, tuple[int, ...]], ...]:
        """Activation, type and inputs of every layer in turn."""
        rules = [ACTIVATIONS[name] for name in self.activations]
        types = self.types or (DENSE,) * len(rules)
        return tuple(zip(rules, types, self.inputs or [(number,) for number in range(len(rules))], strict=True))

    @cached_property
    def is_summed(self) -> bool:
        """Whether the loss is the plain sum over samples and outputs."""
        return self.reduction == self.output_reduction == "sum"

    @cached_property
    def is_of_probabilities(self) -> bool:
        """Whether activation and loss together have the gradient ``O - T``."""
        return (self.activations[-1], self.loss) in PROBABILITIES


class Signals(NamedTuple):
    """The results of a forward pass: ``pre_activations[l]`` and ``outputs[l]`` of layer ``l``, each ``(batch, features)``."""

    pre_activations: list[Array]
    outputs: list[Array]


class Gradients(NamedTuple):
    """The results of a backward pass: the gradient of the loss with respect to every layer's parameters and to the input.

    ``pre_activations`` are those with respect to the pre-activations of every layer, ``outputs`` to the outputs of all but the
    last.
    """

    layers: list[Layer]
    input: Array
    pre_activations: list[Array]
    outputs: list[Array]


def forward(design: Design, layers: Sequence[Layer], x: Array) -> Signals:
    """The signals for the input ``x`` ``(batch, inputs)``, layer by layer: ``H = act(X W + B)`` of a dense one."""
    pre_activations, outputs = [], [x]
    for (activation, kind, sources), parameters in zip(design.units, layers, strict=True):
        pre_activation = kind.forward(parameters, *map(outputs.__getitem__, sources))
        pre_activations.append(pre_activation)
        outputs.append(activation.value(pre_activation))
    return Signals(pre_activations, outputs[1:])


def loss(design: Design, signals: Signals, t: Array) -> Any:
    """The loss of the outputs against the targets ``t`` ``(batch, outputs)``, a scalar."""
    return reduced(design, LOSSES[design.loss].value(signals.outputs[-1], t), t)


def reduced(design: Design, of_sum: Any, t: Array) -> Any:
    """A sum over samples and outputs, or its gradient, as the loss or the gradient that both reductions make of it."""
    if design.is_summed:
        return of_sum
    of_sum = over_outputs(design, of_sum, t)
    return of_sum / len(t) if design.reduction == "mean" else of_sum


def over_outputs(design: Design, of_sum: Any, t: Array) -> Any:
    """A sum over outputs, or its terms, as ``output_reduction`` has it."""
    return of_sum / t.shape[1] if design.output_reduction == "mean" else of_sum


def output_gradient(design: Design, signals: Signals, t: Array) -> Array:
    """The gradient of the loss with respect to the last layer's pre-activations, ``(batch, outputs)``.

    Softmax under cross entropy needs no division: for targets that sum to 1 both rules together are ``Ob = O - T``
    (numpy-dnn, 318_1). So are those of sigmoid under binary cross entropy, for any targets.
    """
    y = signals.outputs[-1]
    if design.is_of_probabilities:
        return reduced(design, y - t, t)
    if design.rule == "perceptron":
        return y - t
    dy = reduced(design, LOSSES[design.loss].gradient(y, t), t)
    return design.units[-1][0].backward(signals.pre_activations[-1], y, dy)


Renewed = Callable[[int, Layer], Layer]


def backward(
    design: Design, layers: Sequence[Layer], x: Array, signals: Signals, t: Array, renewed: Renewed | None = None
) -> Gradients:
    """The gradients, from the last layer to the first; of a dense one ``Wb = X^T Yb``, ``Bb = 1 Yb``, ``Xb = Yb W^T``.

    ``Yb`` is the gradient with respect to a layer's pre-activations, ``Xb`` that with respect to its input. What is the input of
    several layers has the sum of their gradients. Where a layer is ``renewed``, from its index and its gradient, before the
    gradient goes back through it, ``Xb`` is that of the new one.
    """
    outputs, dy = [x, *signals.outputs], output_gradient(design, signals, t)
    n, by_outputs = len(layers), dict[int, Array]()
    by_parameters, by_pre_activations = list[Layer](), list[Array]()
    for number in range(n, 0, -1):
        (activation, kind, sources), pre_activation = design.units[number - 1], signals.pre_activations[number - 1]
        if number < n:
            dy = activation.backward(pre_activation, outputs[number], by_outputs[number])
        by_inputs, gradient = kind.backward(layers[number - 1], [*map(outputs.__getitem__, sources)], pre_activation, dy)
        if renewed:
            by_inputs, _ = kind.backward(renewed(number - 1, gradient), [*map(outputs.__getitem__, sources)], pre_activation, dy)
        for source, dx in zip(sources, by_inputs, strict=True):
            by_outputs[source] = by_outputs[source] + dx if source in by_outputs else dx
        by_parameters.append(gradient)
        by_pre_activations.append(dy)
    return Gradients(by_parameters[::-1], by_outputs[0], by_pre_activations[::-1], [by_outputs[number] for number in range(1, n)])

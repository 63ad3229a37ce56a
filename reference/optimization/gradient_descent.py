"""Gradient descent and the books' stop rule.

With all patterns in one batch epochs count updates: the parameters *at epoch k* are those after k updates, and the loss at epoch k
is theirs. The books' loops measure the loss before each update and leave when it is small enough, so that a program that prints
``epoch = 79`` and stops has made 79 updates and is on its 80th pass.

Pattern by pattern epochs count passes, and the loss at epoch k is the sum of those that the k-th pass measured on its way
(numpy-dnn, 323_1).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reference.comparisons import Array, at_most, less
from reference.network import Design, Layer, Signals, backward, forward

STOP_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {"<": less, "<=": at_most}


def update(layers: Sequence[Layer], gradients: Sequence[Layer], rate: Any, biases_train: bool = True) -> list[Layer]:
    """``W = W - lr Wb`` and, where biases train, ``B = B - lr Bb`` for every layer; ``rate`` is the learning rate, a scalar."""
    return [
        Layer(layer.kernel - rate * gradient.kernel, layer.bias - rate * gradient.bias if biases_train else layer.bias)
        for layer, gradient in zip(layers, gradients, strict=True)
    ]


def train_epoch(
    design: Design,
    layers: list[Layer],
    batches: Iterable[tuple[Array, Array]],
    step: Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]],
    measure: Callable[[Design, Signals, Array], Any],
) -> tuple[list[Layer], Any]:
    """One pass: an update for each batch ``(x, t)`` in turn; ``step`` gives new layers for the layers and their gradients.

    Returns the parameters after it, and the sum of the losses, each measured before its own batch's update.
    """
    errors = []
    for x, t in batches:
        signals = forward(design, layers, x)
        errors.append(measure(design, signals, t))
        layers = step(layers, backward(design, layers, x, signals, t).layers)
    return layers, sum(errors)


def descend(
    design: Design,
    layers: list[Layer],
    x: Array,
    t: Array,
    rate: Any,
    measure: Callable[[Design, Signals, Array], Any],
    stops: Callable[[Any], bool],
    epoch: int,
    limit: int,
    biases_train: bool = True,
) -> tuple[int, list[Layer], Any]:
    """Train from ``epoch`` until ``stops(loss)`` holds or epoch ``limit`` is reached, all patterns in one batch.

    ``measure`` is ``network.loss``, or the same at another precision. Returns the epoch reached, the parameters there and their
    loss. The stop rule is asked before each update.
    """
    while True:
        signals = forward(design, layers, x)
        error = measure(design, signals, t)
        if epoch >= limit or stops(error):
            return epoch, layers, error
        layers = update(layers, backward(design, layers, x, signals, t).layers, rate, biases_train)
        epoch += 1

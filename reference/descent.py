"""Gradient descent and the books' stop rule.

Epochs count updates: the parameters *at epoch k* are those after k updates, and the loss at epoch k is theirs. The books'
loops measure the loss before each update and leave when it is small enough, so that a program that prints ``epoch = 79`` and
stops has made 79 updates and is on its 80th pass.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reference.deciding import Array, at_most, less
from reference.network import Design, Layer, Signals, backward, forward

STOP_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {"<": less, "<=": at_most}


def update(layers: Sequence[Layer], gradients: Sequence[Layer], rate: Any) -> list[Layer]:
    """``W = W - lr Wb``, ``B = B - lr Bb`` for every layer; ``rate`` is the learning rate, a scalar."""
    return [
        Layer(layer.kernel - rate * gradient.kernel, layer.bias - rate * gradient.bias)
        for layer, gradient in zip(layers, gradients, strict=True)
    ]


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
        layers = update(layers, backward(design, layers, x, signals, t).layers, rate)
        epoch += 1

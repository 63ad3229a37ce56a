"""Gradient descent and the books' stopping criterion.

With all samples in one batch an epoch is one update: the parameters *at epoch k* are those after k updates, and the loss at epoch k
is theirs. The books' loops compute the loss before each update and stop when it is small enough, so that a program that prints
``epoch = 79`` and stops has made 79 updates and is in its 80th epoch.

With smaller batches an epoch is one update for each batch, and the loss at epoch k is the sum of the losses of its batches, each
computed before the batch's own update (numpy-dnn, 323_1).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reference.comparisons import Array, at_most, less
from reference.layer_types.parameters import Layer, Trained, present
from reference.network import Design, Signals, backward, forward
from reference.optimization import penalties
from reference.optimization.stopping import Observer

Step = Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]]
STOPPING_CRITERIA: Mapping[str, Callable[[Any, Any], bool]] = {"<": less, "<=": at_most}


def update(
    layers: Sequence[Layer], gradients: Sequence[Layer], learning_rate: Any, trained: Sequence[Trained] | None = None
) -> list[Layer]:
    """``W = W - lr Wb`` for every array that is ``trained`` (None: for all), the others as they are; the rate is a scalar."""
    return [
        Layer(*[array - learning_rate * by if trains else array for array, by, trains in zip(layer, gradient, which, strict=True)])
        for layer, gradient, which in zip(layers, gradients, present(layers) if trained is None else trained, strict=True)
    ]


def train_epoch(
    design: Design,
    layers: list[Layer],
    batches: Iterable[tuple[Array, Array]],
    step: Step,
    measure: Callable[[Design, Signals, Array], Any],
    tester: Observer | None = None,
) -> tuple[list[Layer], Any]:
    """The parameters after one epoch, and the sum of the batches' losses, each computed before its own batch's update.

    ``batches`` are pairs ``(x, t)``. ``step`` maps layers and their gradients to new layers; ``measure`` computes the loss; the
    ``tester`` observes every batch.
    """
    losses = []
    for x, t in batches:
        signals = forward(design, layers, x)
        if tester:
            tester.observe(signals.outputs[-1], t)
        losses.append(penalized_loss(design, layers, measure(design, signals, t)))
        layers = stepped(design, layers, x, signals, t, step)
    return layers, sum(losses)


def descend(
    design: Design,
    layers: list[Layer],
    x: Array,
    t: Array,
    step: Step,
    measure: Callable[[Design, Signals, Array], Any],
    stops: Callable[[Any], bool],
    epoch: int,
    limit: int,
    tester: Observer | None = None,
) -> tuple[int, list[Layer], Any]:
    """The epoch reached, the parameters there and their loss, after training with all samples in one batch.

    Training starts at ``epoch`` and ends when ``stops`` holds of what the ``tester`` tests, the loss by default, or epoch ``limit``
    is reached, both tested before each update.
    ``step`` maps layers and their gradients to new layers; ``measure`` is ``network.loss``, or the same at another precision.
    """
    while True:
        signals = forward(design, layers, x)
        loss = penalized_loss(design, layers, measure(design, signals, t))
        if epoch >= limit or stops(tested(tester, signals, t, loss)):
            return epoch, layers, loss
        if tester:
            tester.end_epoch(loss)
        layers = stepped(design, layers, x, signals, t, step)
        epoch += 1


def tested(tester: Observer | None, signals: Signals, t: Array, loss: Any) -> Any:
    """What is tested where an epoch is one update: the loss, or what the tester says."""
    if tester is None:
        return loss
    tester.begin_epoch()
    tester.observe(signals.outputs[-1], t)
    return tester.value(loss)


def penalized_loss(design: Design, layers: Sequence[Layer], loss: Any) -> Any:
    """The loss with the penalty of the parameters, where there is one."""
    return loss + penalties.value(design.penalty, layers) if design.penalty else loss


def stepped(design: Design, layers: list[Layer], x: Array, signals: Signals, t: Array, step: Step) -> list[Layer]:
    """The layers after a step along the gradients, by the rule of the design."""
    if design.rule != "updated weights":
        return step(layers, penalized_gradients(design, layers, x, signals, t))

    def renewed(index: int, gradient: Layer) -> Layer:
        zeros = [Layer(*(array * 0 for array in layer)) for layer in layers]
        return step(layers, [*zeros[:index], gradient, *zeros[index + 1 :]])[index]

    return step(layers, backward(design, layers, x, signals, t, renewed).layers)


def penalized_gradients(design: Design, layers: Sequence[Layer], x: Array, signals: Signals, t: Array) -> list[Layer]:
    """The gradients with respect to all parameters, those of the penalty with them."""
    return penalties.added(design.penalty, layers, backward(design, layers, x, signals, t).layers)

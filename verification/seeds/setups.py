"""The training of an example without its seed, read from the fixture, and the moments at which its results are printed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from adapters import Array
from worked_examples import FixtureError, NetworkExample
from worked_examples.schema.page import lookup
from worked_examples.schema.recipe import Recipe
from worked_examples.schema.trainings.training import Training
from worked_examples.schema.unreproducible import UnreproducibleBlock

LOSSES = ("half squared error", "mean squared error", "cross entropy")
BATCHES = 'seeds are trained with "full" batches or one sample an update'
ORDERS = 'seeds are trained in an order that is not a list; write [seeds] order = "permutation" or another'
PARTS = ("output", "loss", "epoch", "target")


class Moment(NamedTuple):
    """When a block is printed: the number of its epoch from 1, and before or after its updates; 0, after: before the first."""

    number: int
    after_update: bool


AT_STOP = Moment(0, after_update=False)


class Setup(NamedTuple):
    """A training of a dense network without its seed.

    ``kernels`` and ``biases`` are the names that the recipe draws, one a layer; inputs are ``(samples, inputs)``, targets
    ``(samples, outputs)``; ``order`` is that of the samples.
    """

    recipe: Recipe
    kernels: tuple[str, ...]
    biases: tuple[str, ...]
    activations: tuple[str, ...]
    loss: str
    training: Training
    order: str
    inputs: Array
    targets: Array
    moments: tuple[Moment, ...]

    @property
    def batch_size(self) -> int:
        """The number of samples in an update."""
        return len(self.inputs) // self.training.updates(len(self.inputs))


def setup_of(example: NetworkExample) -> Setup:
    """The training of an example whose parameters are drawn.

    Raises:
        FixtureError: where it has no training or no unreproducible results, a parameter is not drawn, or a moment is outside of the
            training; the message names the file and the key.

    """
    if example.training is None or not example.unreproducible_results:
        raise refused(example, "seeds: no training with unreproducible results; write [training] and [[unreproducible_results]]")
    if reason := not_vectorized(example, example.training):
        raise refused(example, reason)
    inputs, targets = example.data.numbers("float64")
    layers = range(len(example.network.layers))
    kernels, biases = (tuple(drawn_name(example, f"network.layers[{i}].{part}") for i in layers) for part in ("kernel", "bias"))
    return Setup(
        recipe=recipe_of(example),
        kernels=kernels,
        biases=biases,
        activations=tuple(layer.activation for layer in example.network.layers),
        loss=example.network.loss,
        training=example.training,
        order=order_of(example, example.training),
        inputs=inputs,
        targets=targets,
        moments=tuple(moment(example, example.training, position) for position in range(len(example.unreproducible_results))),
    )


def not_vectorized(example: NetworkExample, training: Training) -> str:
    """Why a training is not run for all seeds at once, with its key; empty where it is."""
    network, in_list = example.network, isinstance(training.order, list)
    reasons = (
        (not training.constant_rate, "training.optimizer: seeds are trained by gradient descent at one learning rate"),
        (training.rule != "gradient", "training.rule: seeds are trained by gradient descent alone"),
        (training.epoch_counts == "updates", "training.epoch_counts: seeds are trained in passes over the samples"),
        (training.batch_size not in ("full", 1), f"training.batch_size: {BATCHES}"),
        (
            in_list,
            'training.order: seeds are trained in an order that is not a list; write [seeds] order = "permutation" or another',
        ),
        (network.loss not in LOSSES, f"network.loss: seeds are trained with {', '.join(LOSSES)}"),
        (training.criterion.tests != "loss", "training.stopping_criterion: seeds are stopped by their loss, or trained to the end"),
        (network.penalty is not None, "network.penalty: seeds are trained without one"),
        (network.output_reduction == "mean", "network.output_reduction: seeds are trained with losses summed over outputs"),
        (network.reduction == "mean", "network.reduction: seeds are trained with losses summed over samples"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def order_of(example: NetworkExample, training: Training) -> str:
    """The order of the samples: that of the runs of many seeds, or of the training."""
    given = example.seeds.order if example.seeds else None
    return given or str(training.order)


def refused(example: NetworkExample, reason: str) -> FixtureError:
    """The error about a fixture, in one line."""
    return FixtureError(f"{example.file}: {reason}")


def recipe_of(example: NetworkExample) -> Recipe:
    """The recipe of an example.

    Raises:
        FixtureError: where it has none.

    """
    if example.recipe is None:
        raise refused(example, "recipe: missing; seeds need the statements that draw the parameters")
    return example.recipe


def drawn_name(example: NetworkExample, key: str) -> str:
    """The name that the recipe draws for a parameter.

    Raises:
        FixtureError: where it is not drawn.

    """
    if key not in recipe_of(example).places:
        raise refused(example, f'{key}: printed numbers; every parameter is drawn for many seeds, zeros too: draw "B1 = zeros(4)"')
    return recipe_of(example).places[key]


def moment(example: NetworkExample, training: Training, position: int) -> Moment:
    """When a block is printed.

    Raises:
        FixtureError: where it says no epoch, one outside of the training, or a stop of a training that has none; or where it has
            numbers of which seeds have none.

    """
    block = example.unreproducible_results[position]
    quantities = {item.name: lookup(example.names, block, item.name) for item in block.items}
    key = f"unreproducible_results[{position}]"
    for name, quantity in quantities.items():
        if quantity.part not in PARTS or quantity.layer or quantity.entry or quantity.gradient or quantity.transposed:
            raise refused(example, f"{key}.text: '{name}' ({quantity}) gets no percentile; accepted: {', '.join(PARTS)}")
        if quantity.part == "output" and np.shape(item_values(block, name)) != example.data.shapes[1]:
            found, targets = np.shape(item_values(block, name)), example.data.shapes[1]
            raise refused(example, f"{key}.text: '{name}' has shape {found}; accepted: {targets}, that of the targets")
    after = {quantity.after_update for quantity in quantities.values() if quantity.part in ("output", "loss")}
    if len(after) > 1:
        raise refused(example, f"{key}.text: some numbers are of before an update and some of after it; write two blocks")
    if block.at_stop:
        if not training.stopping_criterion or True in after:
            raise refused(example, f"{key}.at_stop: needs a stopping criterion, and numbers of before the update")
        return AT_STOP
    before_first = training.first_epoch - 1
    number, least = printed_epoch(example, block, key) - before_first, 0 if True in after else 1
    if not least <= number <= training.max_epochs:
        accepted = f"accepted: from {before_first + least} to {before_first + training.max_epochs:,}"
        raise refused(example, f"{key}.epoch: not in the training; {accepted}")
    return Moment(number, True in after)


def item_values(block: UnreproducibleBlock, name: str) -> Any:
    """What a block prints under a name."""
    return next(item.values for item in block.items if item.name == name)


def printed_epoch(example: NetworkExample, block: UnreproducibleBlock, key: str) -> int:
    """The epoch of a block: printed in its text, or stated beside it.

    Raises:
        FixtureError: where there is none.

    """
    printed = [item.values for item in block.items if lookup(example.names, block, item.name).part == "epoch"]
    text = printed[0] if printed else block.epoch
    if text is None or not str(text).isdigit():
        raise refused(example, f"{key}.epoch: missing; give epoch = N, or at_stop = true")
    return int(str(text))


def label(block_moment: Moment, training: Training) -> str:
    """The moment in words."""
    return "at the stop" if block_moment == AT_STOP else f"epoch {block_moment.number + training.first_epoch - 1:,}"


def side_by_side(rows: Sequence[Array]) -> Array:
    """Arrays of the seeds, one beside the other in a last axis."""
    return np.stack(rows, axis=-1)

"""Which array of a network a quantity names, and which entry of it."""

from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Array, Evaluation, Intermediates, Parameters
from verification.certification.certified_value import ENCLOSURE_BITS
from verification.runs.intermediates import exact_intermediates
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.quantities import LOSS_TERMS, PARAMETERS, Quantity


class Snapshot(NamedTuple):
    """All that is known of a network at one epoch."""

    parameters: list[Parameters]
    evaluation: Evaluation


def array_of(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Any:
    """The array that a quantity names, of any shape, in the book's layout.

    Raises:
        FixtureError: where an engine does not give it.

    """
    return example.as_printed(quantity, np.asarray(by_rows(quantity, example, snapshot)))


def by_rows(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Any:
    """The same with a row for each sample, and with biases as lists."""
    evaluation, part = snapshot.evaluation, quantity.part
    if part == "pre-activation" or part in LOSS_TERMS or (part == "output" and quantity.gradient):
        return of_intermediates(quantity, example, intermediates_of(quantity, example, snapshot))
    if part in PARAMETERS:
        layers = evaluation.gradients if quantity.gradient else snapshot.parameters
        layer, name = example.network.layers[quantity.layer - 1], part.replace(" ", "_")
        return layer.in_fixture_layout(name, getattr(layers[quantity.layer - 1], layer.names[name]))
    if quantity.gradient:
        return evaluation.input_gradient
    inputs, targets = example.data.pair
    known = {"input": inputs, "target": targets, "loss": evaluation.loss, "output": evaluation.outputs[quantity.layer - 1]}
    return np.asarray(known[part])


def of_intermediates(quantity: Quantity, example: NetworkExample, known: Intermediates) -> Any:
    """The array of a pass that a quantity names."""
    if quantity.part == "penalty":
        return np.asarray(known.penalty)
    if quantity.part in LOSS_TERMS:
        with flint.ctx.workprec(ENCLOSURE_BITS):  # as in ``minus``
            return summed(quantity, example, known.losses)
    if quantity.part == "output":
        return known.output_gradients[quantity.layer - 1]
    return (known.pre_activation_gradients if quantity.gradient else known.pre_activations)[quantity.layer - 1]


def summed(quantity: Quantity, example: NetworkExample, losses: Any) -> Any:
    """The terms of the loss as they are, of every sample, or reduced to the loss without the penalty."""
    if quantity.part == "loss per output":
        return losses
    if quantity.part == "loss per sample":
        return losses.sum(axis=1)
    return np.asarray(losses.sum() / len(losses) if example.network.reduction == "mean" else losses.sum())


def intermediates_of(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Intermediates:
    """The intermediates of a snapshot; of certified parameters, which are recorded without them, by the reference in exact numbers.

    Raises:
        FixtureError: where an engine gives none.

    """
    if snapshot.evaluation.intermediates:
        return snapshot.evaluation.intermediates
    if snapshot.evaluation.outputs[0].dtype != object:  # the first layer need not have parameters
        raise FixtureError(f"{example.file}: printed: {quantity}: this engine gives no pre-activations and no gradients by them")
    return exact_intermediates(example, snapshot.parameters)


def minus(value: Any) -> Any:
    """The value with the other sign; also of a certified string."""
    if not isinstance(value, str):
        with flint.ctx.workprec(ENCLOSURE_BITS):  # else a ball is rounded to the precision that is set
            return -value
    return value[1:] if value.startswith("-") else f"-{value}"


def position(quantity: Quantity, shape: tuple[int, ...], example: NetworkExample) -> tuple[int, ...]:
    """A quantity's index in its array, in the book's layout.

    A matrix of one row may be printed as a plain list, and a list of one number as a scalar: missing leading indices are 0, and
    superfluous leading ones must be. Of a formula no entry of several is left out: a number that it is printed as is all of it.

    Raises:
        FixtureError: where the index lies outside the quantity.

    """
    printed_shape, spare = shape[::-1] if quantity.transposed else shape, len(quantity.entry) - len(shape)
    index = quantity.entry[spare:] if spare > 0 else (0,) * -spare + quantity.entry
    several = quantity.formula and any(size > 1 for size in printed_shape[: max(-spare, 0)])
    if several or any(quantity.entry[: max(spare, 0)]) or any(i >= size for i, size in zip(index, printed_shape, strict=True)):
        raise FixtureError(f"{example.file}: printed: {quantity} lies outside an array of the shape {printed_shape}")
    return index[::-1] if quantity.transposed else index


def number_at(quantity: Quantity, array: Any, example: NetworkExample) -> Any:
    """The number at a quantity's index in its array.

    Raises:
        FixtureError: where the index lies outside the quantity.

    """
    known: Array = np.asarray(array)
    value = known[position(quantity, known.shape, example)]
    return minus(value) if quantity.negated else value


def entry(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Any:
    """The number that a quantity of a pass is.

    Raises:
        FixtureError: where the index lies outside the quantity.

    """
    return number_at(quantity, array_of(quantity, example, snapshot), example)

"""From a quantity of a network to its number: which array it names, and which entry of it."""

from decimal import Decimal
from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Array, Evaluation, Intermediates, Parameters
from verification.case import Case
from verification.certification.certified_value import ENCLOSURE_BITS
from verification.exact import arithmetic
from verification.runs.intermediates import exact_intermediates
from verification.runs.networks import evaluate, run
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
    evaluation, part = snapshot.evaluation, quantity.part
    if part == "pre-activation" or part in LOSS_TERMS or (part == "output" and quantity.gradient):
        return of_intermediates(quantity, intermediates_of(quantity, example, snapshot))
    if part in PARAMETERS:
        layers, layer = (
            evaluation.gradients if quantity.gradient else snapshot.parameters,
            example.network.layers[quantity.layer - 1],
        )
        name = part.replace(" ", "_")
        return layer.in_fixture_layout(name, getattr(layers[quantity.layer - 1], layer.names[name]))
    if quantity.gradient:
        return evaluation.input_gradient
    inputs, targets = example.data.pair
    known = {"input": inputs, "target": targets, "loss": evaluation.loss, "output": evaluation.outputs[quantity.layer - 1]}
    return np.asarray(known[part])


def of_intermediates(quantity: Quantity, known: Intermediates) -> Any:
    """The array of a pass that a quantity names."""
    if quantity.part in LOSS_TERMS:
        with flint.ctx.workprec(ENCLOSURE_BITS):  # as in ``minus``
            return known.losses if quantity.part == "loss per output" else known.losses.sum(axis=1)
    if quantity.part == "output":
        return known.output_gradients[quantity.layer - 1]
    return (known.pre_activation_gradients if quantity.gradient else known.pre_activations)[quantity.layer - 1]


def intermediates_of(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Intermediates:
    """The intermediates of a snapshot; of certified parameters, which are recorded without them, by the reference in exact numbers.

    Raises:
        FixtureError: where an engine gives none.

    """
    if snapshot.evaluation.intermediates:
        return snapshot.evaluation.intermediates
    if snapshot.parameters[0].kernel.dtype != object:
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
    superfluous leading ones must be.

    Raises:
        FixtureError: where the index lies outside the quantity.

    """
    printed_shape, spare = shape[::-1] if quantity.transposed else shape, len(quantity.entry) - len(shape)
    index = quantity.entry[spare:] if spare > 0 else (0,) * -spare + quantity.entry
    if any(quantity.entry[: max(spare, 0)]) or any(i >= size for i, size in zip(index, printed_shape, strict=True)):
        raise FixtureError(f"{example.file}: printed: {quantity} lies outside an array of the shape {printed_shape}")
    return index[::-1] if quantity.transposed else index


def entry(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Any:
    """The number at a quantity's index.

    Raises:
        FixtureError: where the index lies outside the quantity.

    """
    array: Array = np.asarray(array_of(quantity, example, snapshot))
    value = array[position(quantity, array.shape, example)]
    return minus(value) if quantity.negated else value


def snapshot(case: Case[NetworkExample], epoch: int) -> Snapshot | None:
    """What the engine computed at an epoch; None where training ended earlier."""

    def compute() -> Snapshot | None:
        if case.example.training is None:
            parameters = None if epoch else arithmetic.initial(case.example, case.dtype)
        else:
            parameters = run(case).parameters.get(epoch)
        return Snapshot(parameters, evaluate(case, parameters)) if parameters else None

    return case.session.once(("snapshot", *case.key, epoch), compute)


def computed_value(quantity: Quantity, case: Case[NetworkExample], epoch: int) -> float | Decimal | None:
    """The number that the engine computed for a quantity at an epoch; None where training does not get there."""
    known = snapshot(case, epoch + quantity.after_update)
    if known is None:
        return None
    value = entry(quantity, case.example, known)
    return Decimal(str(value)) if isinstance(value, np.str_) else float(value)

"""From a quantity of a network to its number: which array it names, and which entry of it."""

from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from adapters import Array, Evaluation, Parameters
from verification.case import Case
from verification.exact import arithmetic
from verification.runs.networks import evaluate, run
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.quantities import Quantity


class Snapshot(NamedTuple):
    """All that is known of a network at one epoch."""

    parameters: list[Parameters]
    evaluation: Evaluation


def array_of(quantity: Quantity, example: NetworkExample, snapshot: Snapshot) -> Any:
    """The array that a quantity names, of any shape, in the book's layout."""
    evaluation = snapshot.evaluation
    layers = evaluation.gradients if quantity.gradient else snapshot.parameters
    match quantity.part, quantity.layer:
        case "input", _:
            return evaluation.input_gradient if quantity.gradient else np.array(example.data.pair[0])
        case "target", _:
            return np.array(example.data.pair[1])
        case "loss", _:
            return evaluation.loss
        case "output", layer:
            return evaluation.outputs[layer - 1]
        case "kernel", layer:
            return layers[layer - 1].kernel
        case _, layer:
            return layers[layer - 1].bias


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
    return array[position(quantity, array.shape, example)]


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

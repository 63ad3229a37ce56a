"""From a claim to the number that an engine computed for it."""

from decimal import Decimal
from typing import Any

import numpy as np

from adapters import Array, Evaluation, Parameters
from adapters.reference import layers
from fixtures.quantities import Quantity
from tests import runs
from tests.runs import Case, run


def part(quantity: Quantity, case: Case, parameters: list[Parameters], evaluation: Evaluation) -> Any:
    """The array that a quantity names, of any shape, in the book's layout."""
    layers = evaluation.gradients if quantity.gradient else parameters
    match quantity.part, quantity.layer:
        case "input", _:
            return evaluation.input_gradient if quantity.gradient else np.array(case.example.data.input)
        case "target", _:
            return np.array(case.example.data.target)
        case "loss", _:
            return evaluation.loss
        case "output", layer:
            return evaluation.outputs[layer - 1]
        case "kernel", layer:
            return layers[layer - 1].kernel
        case _, layer:
            return layers[layer - 1].bias


def state(case: Case, epoch: int) -> list[Parameters] | None:
    """The parameters after ``epoch`` updates; None where training had stopped before."""
    if case.example.training is None:
        return None if epoch else initial(case)
    return run(case).parameters.get(epoch)


def initial(case: Case) -> list[Parameters]:
    """The initial weights in the case's dtype."""
    return [Parameters(*layer) for layer in layers(case.example, case.dtype)]


def evaluated(case: Case, parameters: list[Parameters], epoch: int) -> Evaluation:
    """The evaluation at an epoch, from the cache where it was asked for before."""
    key = case.example.id, case.engine, case.dtype, epoch
    if key not in runs.EVALUATIONS:
        runs.EVALUATIONS[key] = case.evaluate(parameters)
    return runs.EVALUATIONS[key]


def computed(quantity: Quantity, case: Case, epoch: int) -> float | Decimal | None:
    """The number that a quantity with an index stands for at an epoch; None where training does not get there.

    A matrix of one row may be printed as a plain list, and one number as a scalar: missing leading indices are 0.

    Raises:
        IndexError: where the index lies outside the quantity.

    """
    parameters = state(case, epoch + quantity.after_update)
    if parameters is None:
        return None
    evaluation = evaluated(case, parameters, epoch + quantity.after_update)
    array: Array = np.asarray(part(quantity, case, parameters, evaluation))
    index = quantity.entry
    if len(index) > array.ndim:
        extra, index = index[: len(index) - array.ndim], index[len(index) - array.ndim :]
        if any(extra):
            raise IndexError(f"index {list(quantity.entry)} lies outside {quantity}, whose shape is {array.shape}")
    index = (0,) * (array.ndim - len(index)) + index
    if any(i >= size for i, size in zip(index, array.shape, strict=True)):
        raise IndexError(f"index {list(quantity.entry)} lies outside {quantity}, whose shape is {array.shape}")
    value = array[index]
    return Decimal(str(value)) if isinstance(value, np.str_) else float(value)

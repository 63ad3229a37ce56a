"""The optimizers of the reference: an example's options as the formulas take them."""

from functools import partial
from typing import Any

from reference.optimization.optimizers import OPTIMIZERS
from reference.optimization.optimizers import Optimizer as Formula
from worked_examples import numbers
from worked_examples.schema.trainings.optimizer import Optimizer


def build(method: Optimizer, number_type: str) -> Formula:
    """The formula with all its options, in a number type."""
    step, size = OPTIMIZERS[method.formula]
    arguments = {name: numbers(text, number_type)[()] for name, text in method.coefficients.items()} | method.words
    return Formula(partial(step, **arguments), size)


def initial_state(method: Optimizer, number_type: str) -> Any:
    """What every entry of the state is before the first step."""
    return numbers(method.option("initial_accumulator") or "0", number_type)[()]

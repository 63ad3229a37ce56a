"""The optimizers of the reference: an example's options as the formulas take them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from reference.optimization.optimizers import OPTIMIZERS
from reference.optimization.optimizers import Optimizer as Formula
from reference.optimization.weight_decay import DECAYS
from worked_examples import numbers
from worked_examples.schema.trainings.optimizer import Optimizer
from worked_examples.schema.trainings.regularization import WeightDecay


def build(method: Optimizer, number_type: str) -> Formula:
    """The formula with all its options, in a number type."""
    step, size = OPTIMIZERS[method.formula]
    arguments = {name: numbers(text, number_type)[()] for name, text in method.coefficients.items()} | method.words
    return Formula(partial(step, **arguments), size)


def initial_state(method: Optimizer, number_type: str) -> Any:
    """What every entry of the state is before the first step."""
    return numbers(method.option("initial_accumulator") or "0", number_type)[()]


def weight_decays(decay: WeightDecay | None, number_type: str) -> Mapping[str, Callable[..., Any]]:
    """The formula of a weight decay, in a number type, by the names of the parameters that decay."""
    if decay is None:
        return {}
    formula, coefficient = DECAYS[decay.form], numbers(decay.coefficient, number_type)[()]
    names = [name for kind in decay.of for name in (kind, f"recurrent_{kind}")]
    return dict.fromkeys(names, lambda w, g, learning_rate: formula(w, g, learning_rate, coefficient))

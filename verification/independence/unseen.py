"""Examples with other numbers, which nobody has seen: small changes by a seed, in few further digits.

Every number loses some percent of itself, so that it keeps its sign and stays between 0 and its old value; parameters, among which
are zeros, also get some thousandths.
"""

import zlib
from decimal import Decimal
from functools import singledispatch
from typing import Any

import numpy as np

from adapters import Parameters
from adapters.reference.engine import Engine
from worked_examples import CalculationExample, Example, ImageExample, NetworkExample
from worked_examples.schema.kinds.image_network import stand_in
from worked_examples.schema.layers.base import LayerBase

PERCENT, THOUSANDTH = Decimal("0.01"), Decimal("0.001")
DRAWS = 20  # of numbers for which every step has a value
OTHER_SEED = 7919  # added to the seed of random parameters


def random_of(example: Example) -> np.random.RandomState:
    """The random numbers of an example: others for every id, the same in every run."""
    return np.random.RandomState(zlib.crc32(example.id.encode()))


def changed(texts: Any, random: np.random.RandomState, *, of_all: bool) -> Any:
    """A nest of decimal strings with other numbers in it; where they are not all changed, whole ones stay: counts, or labels."""
    if isinstance(texts, list):
        return [changed(text, random, of_all=of_all) for text in texts]
    number, percent, thousandths = Decimal(texts), int(random.randint(1, 10)), int(random.randint(1, 10))
    if of_all:
        return str(number * (1 - percent * PERCENT) + thousandths * THOUSANDTH)
    return texts if number == number.to_integral_value() else str(number * (1 - percent * PERCENT))


@singledispatch
def unseen(example: Any) -> Any:
    """The example with other numbers, of the same id.

    Raises:
        TypeError: for a kind of which there is none.

    """
    raise TypeError(f"{example.id}: no unseen numbers for kind '{example.kind}'")


@unseen.register
def _(example: NetworkExample) -> NetworkExample:
    """Other parameters."""
    random = random_of(example)

    def other(layer: LayerBase) -> LayerBase:
        return layer.model_copy(update={name: changed(array, random, of_all=True) for name, array in layer.parameters.items()})

    layers = [other(layer) for layer in example.network.layers]
    return example.model_copy(update={"network": example.network.model_copy(update={"layers": layers})})


@unseen.register
def _(example: CalculationExample) -> CalculationExample:
    """Other inputs and numbers of formulas, but for whole ones, and for those that decide how long a range is.

    Numbers for which a step has no value, such as the logarithm of a negative one, are drawn again.
    """
    random = random_of(example)
    of_ranges = {name for node in example.nodes if node.function == "arange" for name in node.operands}
    for _ in range(DRAWS):
        others = {name: changed(texts, random, of_all=False) for name, texts in example.inputs.items() if name not in of_ranges}
        other = example.model_copy(update={"inputs": {**example.inputs, **others}})
        if has_values(other):
            break
    return other


def has_values(example: CalculationExample) -> bool:
    """Whether every step has a value, in float64."""
    with np.errstate(all="ignore"):
        values = Engine().calculate(example, "float64").values
    return not any(np.any(np.isnan(array.astype(float))) for array in values.values())


@unseen.register
def _(example: ImageExample) -> ImageExample:
    """Random parameters of another seed; pretrained ones are replaced by such."""
    recipe = example.recipe or stand_in(example.written, example.columns_of_stand_in)
    other = recipe and recipe.model_copy(update={"seed": recipe.seed + OTHER_SEED})
    return example.model_copy(update={"recipe": other, "pretrained": None})


def unseen_parameters(example: NetworkExample, parameters: list[Parameters]) -> list[Parameters]:
    """Parameters that are near these and that nobody has seen, in the same floating-point type; an optimizer's state stays."""
    random, layers = random_of(example), len(example.network.layers)
    return [*(Parameters(*(near(array, random) for array in layer)) for layer in parameters[:layers]), *parameters[layers:]]


def near(array: Any, random: np.random.RandomState) -> Any:
    """An array near another: other random factors and summands for every entry."""
    factors, summands = 1 - random.uniform(0.01, 0.1, array.shape), random.uniform(0.001, 0.01, array.shape)
    return (array * factors + summands).astype(array.dtype)

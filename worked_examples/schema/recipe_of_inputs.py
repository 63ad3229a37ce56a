"""The recipe of a network on a data set: what it draws depends on how many columns the data have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from pydantic import model_validator

from worked_examples.datasets.sets import PIXELS
from worked_examples.number_types import Array
from worked_examples.schema.recipe import Recipe

INPUTS = "inputs"


class RecipeOfInputs(Recipe):
    """A recipe whose statements may use ``inputs``, the number of the data's columns."""

    given: ClassVar[Mapping[str, float]] = MappingProxyType({INPUTS: float(PIXELS)})

    @model_validator(mode="after")
    def draws_by_name(self) -> "RecipeOfInputs":
        """Every parameter has a name."""
        if self.parameters:
            raise ValueError("parameters: accepted where the fixture has the data; write draw, and names in the layers")
        return self

    def for_inputs(self, count: int) -> dict[str, Array]:
        """Every name with its numbers, for data of so many columns."""
        return self.drawn(self.seed, {INPUTS: float(count)}).arrays

"""Initializers: the distributions of initial weights."""

from typing import Annotated, Literal

from pydantic import Field

from reference.initializers import STANDARD_DEVIATIONS
from worked_examples.schema.base import Model, Number, Word
from worked_examples.schema.page import ExampleBase


class InitializerFormula(Model):
    """A normal distribution whose standard deviation a formula gives, and the seed of a sample."""

    formula: Annotated[str, Word("an initial distribution", tuple(STANDARD_DEVIATIONS))]
    fan_in: Annotated[int, Field(ge=1)]
    fan_out: Annotated[int, Field(ge=1)]
    seed: int
    variance: Number = Field(description="the square of the standard deviation, by the printed formula")

    @property
    def shape(self) -> tuple[int, int]:
        """Shape of the sampled kernel, ``(fan_in, fan_out)``."""
        return self.fan_in, self.fan_out


class InitializerExample(ExampleBase):
    """Distributions of initial weights and a histogram of each."""

    kind: Literal["initializer"]
    distributions: Annotated[list[InitializerFormula], Field(min_length=1)]
    bins: Annotated[int, Field(ge=1, description="bars of the histogram")]

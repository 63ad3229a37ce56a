"""Initializers: the distributions of initial weights."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from reference.initializers import STANDARD_DEVIATIONS
from worked_examples.limits import BINS, SAMPLE
from worked_examples.schema.base import Model, Number, Seed, Size, Word
from worked_examples.schema.page import ExampleBase


class InitializerFormula(Model):
    """A normal distribution whose standard deviation a formula gives, and the seed of a sample."""

    formula: Annotated[str, Word("an initial distribution", tuple(STANDARD_DEVIATIONS))]
    fan_in: Size
    fan_out: Size
    seed: Seed
    variance: Number = Field(description="the square of the standard deviation, by the printed formula")

    @model_validator(mode="after")
    def small_enough(self) -> "InitializerFormula":
        """The sample is within the limits."""
        if self.fan_in * self.fan_out > SAMPLE:
            raise ValueError(f"fan_in: a sample of {self.fan_in * self.fan_out:,} numbers; accepted: at most {SAMPLE:,}")
        return self

    @property
    def shape(self) -> tuple[int, int]:
        """Shape of the sampled kernel, ``(fan_in, fan_out)``."""
        return self.fan_in, self.fan_out


class InitializerExample(ExampleBase):
    """Distributions of initial weights and a histogram of each."""

    judged: ClassVar[tuple[str, ...]] = ()
    kind: Literal["initializer"]
    distributions: Annotated[list[InitializerFormula], Field(min_length=1)]
    bins: Annotated[int, Field(strict=True, ge=1, le=BINS, description="bars of the histogram")]

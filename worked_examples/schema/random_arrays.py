"""Random arrays from a seed, for calculations: exact in every number type."""

from typing import Annotated, Any

import numpy as np
from pydantic import Field

from worked_examples.schema.base import Model, Word

Extent = int | Annotated[list[int], Field(min_length=2, max_length=2)]  # for both directions, or [rows, columns]
RANGES = {"signed": (-1023, 1024), "positive": (1, 1024), "from 0 to 1": (0, 1024), "bits": (0, 2)}


class RandomArray(Model):
    """A random array: whole numbers from -1023 to 1023 divided by a power of two, exact in every number type."""

    shape: Annotated[list[int], Field(min_length=1)]
    seed: int
    range: Annotated[str, Word("a range", tuple(RANGES))] = Field(
        "signed", description="positive: above 0; from 0 to 1: without 1; bits: 0 and 1, undivided"
    )
    divisor: int = Field(1024, ge=1, le=8192, description="a power of two; the greater, the smaller the numbers")

    @property
    def texts(self) -> Any:
        """The numbers as nested lists of decimal strings."""
        whole = np.random.RandomState(self.seed).randint(*RANGES[self.range], self.shape)
        numbers = whole if self.range == "bits" else whole / self.divisor
        return np.array([repr(number) for number in numbers.ravel().tolist()], dtype=object).reshape(self.shape).tolist()

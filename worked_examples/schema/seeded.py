"""Random data, from ``numpy.random.RandomState``, whose stream is frozen; and the activations that layers may have."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import model_validator

from reference.activations import ACTIVATIONS
from worked_examples.limits import entries_fault
from worked_examples.schema.base import Model, Seed, Size, Word

Array: TypeAlias = np.ndarray[Any, Any]
Activation = Annotated[str, Word("an activation", tuple(ACTIVATIONS))]
Units = Size


def weights_of(units: Sequence[int]) -> int:
    """The number of weights of dense layers of these sizes."""
    return sum(rows * columns for rows, columns in pairwise(units))


class RandomData(Model):
    """Inputs ``(samples, inputs)``, then targets ``(samples, outputs)``: standard normal, float64, computed on first use."""

    seed: Seed
    samples: Units
    inputs: Units
    outputs: Units

    @model_validator(mode="after")
    def small_enough(self) -> "RandomData":
        """Refuse arrays beyond the limits."""
        if fault := entries_fault(self.samples * (self.inputs + self.outputs)):
            raise ValueError(f"samples: {fault}")
        return self

    @cached_property
    def arrays(self) -> tuple[Array, Array]:
        """Inputs and targets."""
        random = np.random.RandomState(self.seed)
        shapes = (self.samples, self.inputs), (self.samples, self.outputs)
        return random.standard_normal(shapes[0]), random.standard_normal(shapes[1])

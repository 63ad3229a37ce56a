"""Random weights and data: from ``numpy.random.RandomState``, whose stream is frozen, in the order of the book's calls.

A listing that calls ``np.random.seed(seed)`` first gets the same numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from reference.activations import ACTIVATIONS
from reference.initializers import glorot_uniform
from worked_examples.limits import RANDOM_WEIGHTS, entries_fault
from worked_examples.schema.base import Model, Seed, Size, Word

Array: TypeAlias = np.ndarray[Any, Any]
Activation = Annotated[str, Word("an activation", tuple(ACTIVATIONS))]
Units = Size


KERNELS: Mapping[str, Callable[[np.random.RandomState, int, int], Array]] = {  # kernels (rows, columns), as in the listings
    "he": lambda random, rows, columns: np.asarray(random.standard_normal((rows, columns)) / np.sqrt(rows / 2)),
    "lecun": lambda random, rows, columns: np.asarray(random.standard_normal((rows, columns)) / np.sqrt(rows)),
    "glorot uniform": glorot_uniform,
    "normal, 0.01": lambda random, rows, columns: np.asarray(0.01 * random.standard_normal((rows, columns))),
}


def weights_of(units: Sequence[int]) -> int:
    """The number of weights of dense layers of these sizes."""
    return sum(rows * columns for rows, columns in pairwise(units))


class RandomLayers(Model):
    """Dense layers with random kernels, one after the other from one stream, and zero biases."""

    seed: Seed
    units: Annotated[list[Units], Field(min_length=2, description="inputs, then the units of each layer")]
    activations: list[Activation]
    kernels: list[Annotated[str, Word("a distribution", tuple(KERNELS))]]

    @model_validator(mode="after")
    def one_each(self) -> "RandomLayers":
        """Each layer has an activation and a distribution."""
        if not len(self.units) - 1 == len(self.activations) == len(self.kernels):
            raise ValueError(
                f"{len(self.units) - 1} layers, {len(self.activations)} activations, {len(self.kernels)} distributions"
            )
        if fault := entries_fault(weights_of(self.units), RANDOM_WEIGHTS):
            raise ValueError(f"units: {fault}")
        return self

    def arrays(self) -> list[tuple[Array, Array]]:
        """Kernel and bias of each layer, float64."""
        random = np.random.RandomState(self.seed)
        shapes = zip(self.kernels, self.units, self.units[1:], strict=False)
        return [(KERNELS[name](random, rows, columns), np.zeros(columns)) for name, rows, columns in shapes]


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

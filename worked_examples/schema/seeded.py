"""Random weights and data: from ``numpy.random.RandomState``, whose stream is frozen, in the order of the book's calls.

A listing that calls ``np.random.seed(seed)`` first gets the same numbers.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from reference.activations import ACTIVATIONS
from reference.initializers import glorot_uniform
from worked_examples.schema.base import Model, Word

Array: TypeAlias = np.ndarray[Any, Any]
Activation = Annotated[str, Word("an activation", tuple(ACTIVATIONS))]
Units = Annotated[int, Field(ge=1)]


KERNELS: Mapping[str, Callable[[np.random.RandomState, int, int], Array]] = {  # kernels (rows, columns), as in the listings
    "he": lambda random, rows, columns: np.asarray(random.standard_normal((rows, columns)) / np.sqrt(rows / 2)),
    "lecun": lambda random, rows, columns: np.asarray(random.standard_normal((rows, columns)) / np.sqrt(rows)),
    "glorot uniform": glorot_uniform,
    "normal, 0.01": lambda random, rows, columns: np.asarray(0.01 * random.standard_normal((rows, columns))),
}


class RandomLayers(Model):
    """Dense layers with random kernels, one after the other from one stream, and zero biases."""

    seed: int
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
        return self

    def arrays(self) -> list[tuple[Array, Array]]:
        """Kernel and bias of each layer, float64."""
        random = np.random.RandomState(self.seed)
        shapes = zip(self.kernels, self.units, self.units[1:], strict=False)
        return [(KERNELS[name](random, rows, columns), np.zeros(columns)) for name, rows, columns in shapes]

    def draw(self) -> list[tuple[list[list[str]], list[str], str]]:
        """Kernel and bias of each layer as decimal strings that give the same float64 numbers, and its activation."""
        pairs = zip(self.arrays(), self.activations, strict=True)
        return [([[repr(n) for n in row] for row in kernel.tolist()], ["0"] * bias.size, name) for (kernel, bias), name in pairs]


class RandomData(Model):
    """Inputs ``(samples, inputs)``, then targets ``(samples, outputs)``: standard normal, float64, computed on first use."""

    seed: int
    samples: Units
    inputs: Units
    outputs: Units

    @cached_property
    def arrays(self) -> tuple[Array, Array]:
        """Inputs and targets."""
        random = np.random.RandomState(self.seed)
        shapes = (self.samples, self.inputs), (self.samples, self.outputs)
        return random.standard_normal(shapes[0]), random.standard_normal(shapes[1])

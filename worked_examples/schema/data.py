"""The data of a dense network, and the sizes of its variants."""

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from worked_examples.limits import entries_fault
from worked_examples.number_types import Array, numbers
from worked_examples.schema.base import Matrix, Model, Seed, Size, rectangle
from worked_examples.schema.one_hot import labels_read
from worked_examples.schema.seeded import RandomData, weights_of


class Data(Model):
    """Inputs ``(samples, inputs)`` and targets ``(samples, outputs)``, given or random."""

    input: Matrix | None = Field(None, description="absent where [data.random] is given")
    target: Annotated[Matrix | None, BeforeValidator(labels_read, json_schema_input_type=Matrix | str | None)] = Field(
        None, description="absent where [data.random] is given; labels are written 'one hot of [0, 1, 1, 0]'"
    )
    random: RandomData | None = Field(None, description="in place of input and target")

    @model_validator(mode="after")
    def one_source(self) -> "Data":
        """Both arrays are given, or random."""
        if self.random is None and (missing := [name for name in ("input", "target") if getattr(self, name) is None]):
            raise ValueError(f"{missing[0]}: missing")
        if self.random and (self.input or self.target):
            raise ValueError("either input and target or random must be given")
        return self

    @property
    def pair(self) -> tuple[Any, Any]:
        """Inputs and targets: decimal strings as given, or float64 arrays where they are random."""
        return self.random.arrays if self.random else (self.input, self.target)

    def numbers(self, number_type: str) -> tuple[Array, Array]:
        """Inputs and targets in a number type."""
        return numbers(self.pair[0], number_type), numbers(self.pair[1], number_type)

    @property
    def shapes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The shapes of inputs and targets; random arrays are not computed for this."""
        if self.random:
            return (self.random.samples, self.random.inputs), (self.random.samples, self.random.outputs)
        return rectangle(self.input or []), rectangle(self.target or [])

    @property
    def samples(self) -> int:
        """The number of samples."""
        return self.shapes[0][0]

    def chosen(self, samples: Sequence[int]) -> "Data":
        """Some of the samples, in this order."""
        inputs, targets = (np.asarray(array)[list(samples)].tolist() for array in self.pair)
        return self.model_copy(update={"input": inputs, "target": targets, "random": None})


class ArrayData(Data):
    """Data that are in no fixture: float64 arrays ``(samples, inputs)`` and ``(samples, outputs)``."""

    @classmethod
    def of(cls, x: Array, t: Array) -> "ArrayData":
        """These inputs and targets, which are not validated."""
        arrays: dict[str, Any] = {"input": x, "target": t}
        return cls.model_construct(**arrays)

    @property
    def shapes(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The shapes of inputs and targets."""
        inputs, outputs = (np.shape(array) for array in self.pair)
        return (inputs[0], inputs[1]), (outputs[0], outputs[1])


class FurtherData(Model):
    """Inputs that are not trained with, and where there are any their targets."""

    input: Matrix
    target: Matrix | None = Field(None, description="absent where only outputs are printed")

    def with_targets(self, outputs: int) -> Data:
        """The same as data; targets that there are not are 0, and nothing is judged that depends on them."""
        return Data(input=self.input, target=self.target or [["0"] * outputs] * len(self.input))


class Variant(Model):
    """The same example at another size: random weights and data, whole hundredths from ``numpy.random.RandomState(seed)``."""

    units: Annotated[list[Size], Field(min_length=2, description="inputs, then the units of each layer")]
    samples: Size
    seed: Seed

    @model_validator(mode="after")
    def small_enough(self) -> "Variant":
        """Refuse arrays beyond the limits."""
        if fault := entries_fault(self.size):
            raise ValueError(f"units: {fault}")
        return self

    @property
    def size(self) -> int:
        """The number of its weights and data."""
        return weights_of(self.units) + self.samples * (self.units[0] + self.units[-1])

    @property
    def suffix(self) -> str:
        """What the variant's id has behind the example's: ``@``, the layer sizes, ``x``, the samples."""
        return f"@{'-'.join(map(str, self.units))}x{self.samples}"

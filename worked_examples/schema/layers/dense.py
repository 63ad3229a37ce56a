"""The dense layer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from reference.layer_types.dense import Dense
from reference.layer_types.layer_type import LayerType
from worked_examples.schema.base import Matrix, Vector, rectangle
from worked_examples.schema.layers.base import Bias, Given, LayerBase, Shape, only
from worked_examples.schema.recipe import ABSENT
from worked_examples.schema.seeded import Activation


class DenseLayer(LayerBase):
    """A dense layer: kernel ``(inputs, outputs)`` and bias ``(outputs,)`` before training, and its activation.

    A name stands for what ``[recipe]`` draws. Of sequences ``(times, features)`` it takes every time alike.
    """

    names: ClassVar[Mapping[str, str]] = MappingProxyType({"kernel": "kernel", "bias": "bias"})

    type: Literal["dense"] = "dense"
    kernel: Matrix
    bias: Bias = Field(
        description='one number for each unit; a single one, not in a list, is that of every unit at first; "none": there is none'
    )
    activation: Activation

    @field_validator("bias", mode="before", json_schema_input_type=Vector | str)
    @classmethod
    def one_for_all(cls, bias: Any, info: ValidationInfo) -> Any:
        """A single number as the bias of every unit."""
        is_single = isinstance(bias, str) and bias != ABSENT and "kernel" in info.data
        return [bias] * len(info.data["kernel"][0]) if is_single else bias

    @model_validator(mode="after")
    def one_bias_per_unit(self) -> "DenseLayer":
        """The bias has one entry for each column of the kernel."""
        units = rectangle(self.kernel)[1]
        if self.bias is not None and units != len(self.bias):
            raise ValueError(f"the kernel has {units} columns but the bias {len(self.bias)} entries")
        return self

    @property
    def units(self) -> int:
        """The number of units."""
        return len(self.kernel[0])

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The shape of the input with the units in place of the last axis."""
        source, shape = only(given)
        if shape[-1] != len(self.kernel):
            raise ValueError(f"kernel: {len(self.kernel)} rows, but {source} has {shape[-1]} units")
        return (*shape[:-1], self.units)

    def reference(self, number_type: str) -> LayerType:
        """The dense layer."""
        return Dense()

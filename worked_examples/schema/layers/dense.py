"""The dense layer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator

from reference.layer_types.dense import Dense
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer
from worked_examples.limits import SIZE
from worked_examples.number_types import Array
from worked_examples.schema.base import Matrix, Vector, Word, rectangle
from worked_examples.schema.layers.base import Bias, Given, LayerBase, Shape, only, sizes_fault, units_or, written_size_fault
from worked_examples.schema.recipe import ABSENT
from worked_examples.schema.seeded import Activation

IN_OUT, OUT_IN = "(in, out)", "(out, in)"


def oriented(kernel: Any, layout: str) -> Any:
    """A kernel with a row for each input."""
    if layout == IN_OUT:
        return kernel
    return kernel.T if isinstance(kernel, np.ndarray) else list(zip(*kernel, strict=False))


class DenseLayer(LayerBase):
    """A dense layer: kernel ``(inputs, outputs)`` and bias ``(outputs,)`` before training, and its activation.

    A name stands for what ``[recipe]`` draws. Of sequences ``(times, features)`` it takes every time alike.
    """

    names: ClassVar[Mapping[str, str]] = MappingProxyType({"kernel": "kernel", "bias": "bias"})

    type: Literal["dense"] = "dense"
    layout: Annotated[str, Word("a layout", (IN_OUT, OUT_IN))] = Field(
        IN_OUT, description="of the kernel, here and where it or its gradient is printed"
    )
    kernel: Matrix = Field([], description="absent where only units is known")
    bias: Bias = Field(
        [],
        description='one number for each unit; a single one, not in a list, is that of every unit at first; "none": there is none',
    )
    units: int = Field(0, strict=True, ge=0, le=SIZE, description="where the kernel is not known: their number")
    shared_bias: bool = Field(
        default=False, description="whether the one number of the bias stays that of every unit: its gradient is the sum of theirs"
    )
    activation: Activation

    @field_validator("bias", mode="before", json_schema_input_type=Vector | str)
    @classmethod
    def one_for_all(cls, bias: Any, info: ValidationInfo) -> Any:
        """A single number as the bias of every unit."""
        is_single = isinstance(bias, str) and bias != ABSENT and len(info.data.get("kernel", ()))
        return [bias] * len(oriented(info.data["kernel"], info.data.get("layout", IN_OUT))[0]) if is_single else bias

    @model_validator(mode="after")
    def one_bias_per_unit(self) -> "DenseLayer":
        """The bias has one entry for each column of the kernel, or where it is shared one for all."""
        if fault := sizes_fault(self, "units"):
            raise ValueError(fault)
        if len(self.kernel):
            rectangle(self.kernel)
            if fault := written_size_fault("units", self.units, "kernel", self.n_units):
                raise ValueError(fault)
        if self.shared_bias and (self.bias is None or len(set(self.bias)) > 1):
            found = "there is none" if self.bias is None else "the bias has different entries"
            raise ValueError(f'shared_bias: {found}; accepted: one number for all units, bias = "0.5"')
        n_biases = 0 if self.bias is None else len(self.bias)
        if n_biases not in (0, self.n_units, 1 if self.shared_bias else self.n_units):
            rows = "columns" if self.layout == IN_OUT else "rows"
            raise ValueError(f"the kernel has {self.n_units} {rows} but the bias {n_biases} entries")
        return self

    @property
    def n_units(self) -> int:
        """The number of units: that of the kernel, where it is known."""
        return len(oriented(self.kernel, self.layout)[0]) if len(self.kernel) else self.units

    @property
    def n_inputs_of_unit(self) -> int:
        """The number of inputs of each unit."""
        return len(oriented(self.kernel, self.layout))

    def arrays(self, number_type: str) -> Layer:
        """The parameters; a kernel ``(outputs, inputs)`` is transposed, and a shared bias has one entry."""
        layer = super().arrays(number_type)
        bias = layer.bias[:1] if self.shared_bias else layer.bias
        return layer._replace(kernel=self.in_fixture_layout("kernel", layer.kernel), bias=bias)

    def in_fixture_layout(self, name: str, array: Array) -> Array:
        """The kernel as it is written; transposing it back is the same."""
        return array.T if name == "kernel" and self.layout == OUT_IN else array

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The shape of the input with the units in place of the last axis."""
        source, shape = only(given)
        units_or(2, only(given), "kernel", "sequences (times, features)")
        if len(self.kernel) and shape[-1] != self.n_inputs_of_unit:
            rows = "rows" if self.layout == IN_OUT else "columns"
            raise ValueError(f"kernel: {self.n_inputs_of_unit} {rows}, but {source} has {shape[-1]} units")
        return (*shape[:-1], self.n_units)

    def parameter_shapes(self, given: Sequence[Given]) -> dict[str, Shape]:
        """A kernel for all inputs."""
        inputs = only(given).shape[-1]
        kernel = (inputs, self.n_units) if self.layout == IN_OUT else (self.n_units, inputs)
        return {"kernel": kernel} if self.bias is None else {"kernel": kernel, "bias": (1 if self.shared_bias else self.n_units,)}

    def reference(self, number_type: str) -> LayerType:
        """The dense layer."""
        return Dense()

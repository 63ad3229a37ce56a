"""Layers of sequences ``(times, features)``: embedding, recurrent, LSTM and GRU layers."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer
from reference.layer_types.sequences import Embedding, Gated, Recurrent
from worked_examples.number_types import Array, numbers
from worked_examples.schema.base import Matrix, Vector, Word, rectangle
from worked_examples.schema.layers.base import Given, Plain, Shape, axes, checked_length, only
from worked_examples.schema.layers.dense import IN_OUT, OUT_IN

RECURRENT: Mapping[str, str] = MappingProxyType({name: name for name in ("kernel", "recurrent_kernel", "bias")})
SEQUENCES = "sequences (times, features)"


class EmbeddingLayer(Plain):
    """The row of the kernel ``(entries, units)`` of every whole number of the data."""

    names: ClassVar[Mapping[str, str]] = MappingProxyType({"kernel": "kernel"})

    type: Literal["embedding"]
    kernel: Matrix

    @model_validator(mode="after")
    def rectangular(self) -> "EmbeddingLayer":
        """All rows are equally long."""
        rectangle(self.kernel)
        return self

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """A row for each number."""
        source, shape = only(given)
        if source != "the data":
            raise ValueError(f"inputs: an embedding takes whole numbers of the data, but {source} is a layer")
        return (*shape, len(self.kernel[0]))

    def reference(self, number_type: str) -> LayerType:
        """The embedding."""
        return Embedding()


class RecurrentBase(Plain):
    """What recurrent layers share: the gates side by side in both kernels and in the bias, and the state before the first step."""

    names: ClassVar[Mapping[str, str]] = RECURRENT
    order: ClassVar[tuple[str, ...]] = ("state",)
    """The gates in the order of the reference."""

    layout: Annotated[str, Word("a layout", (IN_OUT, OUT_IN))] = Field(
        IN_OUT, description="of both kernels, here and where they or their gradients are printed"
    )
    kernel: Matrix = Field(description="(features, gates * units), or the other way round by the layout")
    recurrent_kernel: Matrix = Field(description="(units, gates * units), or the other way round")
    bias: Vector = Field(description="(gates * units)")
    initial_state: Vector | None = Field(None, description="one number for each unit, for every sample; absent: zeros")
    returns_sequences: bool = Field(default=False, description="all states, or only the last one")

    @model_validator(mode="after")
    def shapes_fit(self) -> "RecurrentBase":
        """Both kernels and the bias are as wide as all gates together."""
        rows, columns = ("rows", "columns") if self.layout == IN_OUT else ("columns", "rows")
        (units, width), (_, found) = self.shape_of("recurrent_kernel"), self.shape_of("kernel")
        if width != units * len(self.order):
            raise ValueError(
                f"recurrent_kernel: {units} {rows} and {width} {columns}; accepted: {units * len(self.order)} {columns}"
            )
        if found != width:
            raise ValueError(f"kernel: {found} {columns}; accepted: {width}, those of the recurrent kernel")
        for name, of in {"bias": width, "recurrent_bias": width, "initial_state": units, "initial_cell": units}.items():
            if (vector := getattr(self, name, None)) is not None:
                checked_length(name, vector, of, "unit" if of == units else f"{columns[:-1]} of the kernels")
        return self

    def shape_of(self, name: str) -> tuple[int, int]:
        """The shape of a kernel, its inputs first."""
        first, second = rectangle(getattr(self, name))
        return (first, second) if self.layout == IN_OUT else (second, first)

    def arrays(self, number_type: str) -> Layer:
        """The parameters with the inputs of both kernels first."""
        layer = super().arrays(number_type)
        return Layer(*(RecurrentBase.in_fixture_layout(self, name, array) for name, array in layer._asdict().items()))

    def in_fixture_layout(self, name: str, array: Array) -> Array:
        """A kernel as it is written; transposing it back is the same."""
        return array.T if self.layout == OUT_IN and name in ("kernel", "recurrent_kernel") else array

    @property
    def units(self) -> int:
        """The number of units."""
        return self.shape_of("recurrent_kernel")[0]

    @property
    def features(self) -> int:
        """The number of inputs at every time."""
        return self.shape_of("kernel")[0]

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The units, at every time or at the last."""
        times, features = axes(only(given), 2, "kernel", SEQUENCES)
        if features != self.features:
            rows = "rows" if self.layout == IN_OUT else "columns"
            raise ValueError(f"kernel: {self.features} {rows}, but {only(given).source} has {features} features")
        return (times, self.units) if self.returns_sequences else (self.units,)

    def state(self, name: str, number_type: str) -> Array:
        """An initial state in a number type."""
        state = getattr(self, name, None)
        return numbers(["0"] * self.units if state is None else state, number_type)


class RecurrentLayer(RecurrentBase):
    """``h = tanh(x W + h U + b)``."""

    type: Literal["recurrent"]

    def reference(self, number_type: str) -> LayerType:
        """The recurrent layer."""
        return Recurrent(self.state("initial_state", number_type), self.returns_sequences)


def words(order: tuple[str, ...]) -> Any:
    """The type of a list of gates: each of them once."""
    return Annotated[list[Annotated[str, Word("a gate", order)]], Field(min_length=len(order), max_length=len(order))]


class GatedBase(RecurrentBase):
    """A layer with several gates."""

    @model_validator(mode="after")
    def each_gate_once(self) -> "GatedBase":
        """Every gate is named once."""
        if sorted(self.written_order) != sorted(self.order):
            raise ValueError(f"gates: {', '.join(self.written_order)}; accepted: each of {', '.join(self.order)} once")
        return self

    @property
    def written_order(self) -> list[str]:
        """The gates in the order of the fixture."""
        chosen: list[str] = getattr(self, "gates")  # noqa: B009 -- a field of the classes below
        return chosen

    def columns(self, *, of_fixture: bool) -> list[int]:
        """For every column of the reference its place in the fixture; or the other way round."""
        first, second = (self.written_order, list(self.order)) if not of_fixture else (list(self.order), self.written_order)
        return [first.index(gate) * self.units + unit for gate in second for unit in range(self.units)]

    def arrays(self, number_type: str) -> Layer:
        """The parameters with the gates in the reference's order."""
        columns = self.columns(of_fixture=False)
        return Layer(*(array[..., columns] if array.size else array for array in super().arrays(number_type)))

    def in_fixture_layout(self, name: str, array: Array) -> Array:
        """Its gates in the order of the fixture, and a kernel as it is written."""
        return super().in_fixture_layout(name, np.asarray(array)[..., self.columns(of_fixture=True)])


LSTM_GATES = ("input", "forget", "candidate", "output")
GRU_GATES = ("update", "reset", "candidate")


class LstmLayer(GatedBase):
    """An LSTM: ``c = f c + i g``, ``h = o tanh c``."""

    order: ClassVar[tuple[str, ...]] = LSTM_GATES

    type: Literal["lstm"]
    gates: words(LSTM_GATES) = Field(list(LSTM_GATES), description="in the order of the kernels' columns")  # type: ignore[valid-type]
    initial_cell: Vector | None = Field(None, description="the cell state before the first step; absent: zeros")

    def reference(self, number_type: str) -> LayerType:
        """The LSTM."""
        states = self.state("initial_state", number_type), self.state("initial_cell", number_type)
        return Gated("lstm", *states, self.returns_sequences)


class GruLayer(GatedBase):
    """A GRU: ``h = z h + (1 - z) n``, with the reset gate before or after the product with the recurrent kernel."""

    names: ClassVar[Mapping[str, str]] = MappingProxyType({**RECURRENT, "recurrent_bias": "recurrent_bias"})
    order: ClassVar[tuple[str, ...]] = GRU_GATES

    type: Literal["gru"]
    gates: words(GRU_GATES) = Field(list(GRU_GATES), description="in the order of the kernels' columns")  # type: ignore[valid-type]
    reset: Annotated[str, Word("a place of the reset gate", ("before", "after"))] = Field(
        description="before the product, n = tanh(x W + (r h) U + b), or after it, n = tanh(x W + b + r (h U + c))"
    )
    recurrent_bias: Vector | None = Field(None, description="c, where the reset gate is after the product")

    @model_validator(mode="after")
    def biases_fit(self) -> "GruLayer":
        """There are two biases where they are not the same as their sum."""
        if (self.reset == "after") != (self.recurrent_bias is not None):
            raise ValueError("recurrent_bias: must be given where reset is 'after', and only there")
        if len({"bias", "recurrent_bias"}.intersection(self.trained)) == 1 and self.reset == "after":
            raise ValueError("trainable: accepted: bias and recurrent_bias together, or neither")
        return self

    def reference(self, number_type: str) -> LayerType:
        """The GRU."""
        state = self.state("initial_state", number_type)
        return Gated("gru reset after" if self.reset == "after" else "gru", state, state * 0, self.returns_sequences)

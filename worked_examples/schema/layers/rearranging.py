"""Layers without parameters: an activation, shapes, sums and joins."""

from collections.abc import Sequence
from math import prod
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reference.layer_types.layer_type import LayerType
from reference.layer_types.rearranging import Add, Concatenate, Identity, Reshape
from worked_examples.limits import AXES
from worked_examples.schema.base import Size
from worked_examples.schema.layers.base import Activated, Given, LayerBase, Plain, Shape, only
from worked_examples.schema.seeded import Activation


class ActivationLayer(LayerBase):
    """An activation of its own."""

    type: Literal["activation"]
    activation: Activation

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """That of the input."""
        return only(given).shape

    def reference(self, number_type: str) -> LayerType:
        """What gives its input to the activation."""
        return Identity()


class FlattenLayer(Plain):
    """All numbers of a sample in a row: channel by channel, row by row."""

    type: Literal["flatten"]

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """One axis."""
        return (prod(only(given).shape),)

    def reference(self, number_type: str) -> LayerType:
        """A reshaping."""
        return Reshape((-1,))


class ReshapeLayer(Plain):
    """Every sample in another shape, its numbers in their order."""

    type: Literal["reshape"]
    shape: Annotated[list[Size], Field(min_length=1, max_length=AXES - 1, description="of a sample")]

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The shape that is written."""
        source, shape = only(given)
        if prod(shape) != prod(self.shape):
            raise ValueError(f"shape: {prod(self.shape)} numbers, but {source} has {prod(shape)}")
        return tuple(self.shape)

    def reference(self, number_type: str) -> LayerType:
        """The reshaping."""
        return Reshape(tuple(self.shape))


class AddLayer(Activated):
    """The sum of its inputs."""

    n_inputs: ClassVar[int | None] = None

    type: Literal["add"]

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The shape of each."""
        for source, shape in given[1:]:
            if shape != given[0].shape:
                raise ValueError(
                    f"inputs: {given[0].source} has the shape {list(given[0].shape)} but {source} {list(shape)}; write equal ones"
                )
        return given[0].shape

    def reference(self, number_type: str) -> LayerType:
        """The sum."""
        return Add()


class ConcatenateLayer(Activated):
    """Its inputs side by side."""

    n_inputs: ClassVar[int | None] = None

    type: Literal["concatenate"]
    axis: Size = Field(1, description="of the samples' arrays, counted from 1: units, channels, or times of sequences")

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The sum along the axis."""
        first, index = given[0].shape, self.axis - 1
        if index >= len(first):
            raise ValueError(f"axis: {self.axis}; accepted: 1 to {len(first)}")
        for source, shape in given[1:]:
            if (*shape[:index], *shape[index + 1 :]) != (*first[:index], *first[index + 1 :]) or len(shape) != len(first):
                raise ValueError(
                    f"inputs: {given[0].source} has the shape {list(first)} but {source} {list(shape)}; "
                    f"accepted: equal ones but for axis {self.axis}"
                )
        return (*first[:index], sum(shape[index] for _, shape in given), *first[index + 1 :])

    def reference(self, number_type: str) -> LayerType:
        """The join; the reference counts the axis of the samples too."""
        return Concatenate(self.axis)

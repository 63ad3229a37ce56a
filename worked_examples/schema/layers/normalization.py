"""Normalizations, and dropout with a given mask."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import Field, model_validator
from typing_extensions import Self

from reference.layer_types.layer_type import LayerType
from reference.layer_types.normalization import BatchNormalization, Dropout, LayerNormalization
from worked_examples.number_types import numbers
from worked_examples.schema.base import Number, Vector
from worked_examples.schema.layers.base import Activated, Given, Nested, Plain, Shape, checked_length, only, shape_of, units_or

SCALED: Mapping[str, str] = MappingProxyType({"scale": "kernel", "offset": "bias"})
UNKNOWN = ("scale", "offset", "epsilon")


class Normalization(Activated):
    """A scale and an offset for what is normalized; without both, and without epsilon, only sizes are known."""

    names: ClassVar[Mapping[str, str]] = SCALED
    axis: ClassVar[int] = 0
    """Of a sample: that of the entries that have a scale each."""

    @model_validator(mode="after")
    def all_or_nothing(self) -> Self:
        """The numbers are all known, or none of the parameters."""
        if len(self.unknown) not in (0, len(UNKNOWN)) and self.unknown != ["scale", "offset"]:
            raise ValueError(f"{self.unknown[0]}: missing")
        return self

    @property
    def unknown(self) -> list[str]:
        """Epsilon is a number too."""
        return [name for name in UNKNOWN if len(getattr(self, name)) == 0]

    def parameter_shapes(self, given: Sequence[Given]) -> dict[str, Shape]:
        """A scale and an offset for each unit or channel."""
        return dict.fromkeys(self.names, (only(given).shape[self.axis],))


class BatchNormalizationLayer(Normalization):
    """Batch normalization of units, or of the channels of images: by the batch's statistics, or by given ones."""

    type: Literal["batch normalization"]
    scale: Vector = Field([], description="gamma, one number for each unit or channel; absent where only sizes are known")
    offset: Vector = Field([], description="beta, one number for each unit or channel; absent where only sizes are known")
    epsilon: Number = Field("", description="added to the variance")
    running_mean: Vector | None = Field(None, description="with running_variance: in place of the statistics of the batch")
    running_variance: Vector | None = None

    @model_validator(mode="after")
    def both_statistics(self) -> "BatchNormalizationLayer":
        """Running statistics are two, and no variance is negative."""
        if (self.running_mean is None) != (self.running_variance is None):
            raise ValueError("running_mean: must be given with running_variance, and only with it")
        if any(float(variance) < 0 for variance in self.running_variance or []):
            raise ValueError("running_variance: a negative number; accepted: numbers from 0")
        return self

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """That of the input."""
        shape = units_or(3, only(given), "scale", "images (channels, rows, columns)")
        for key in ("scale", "offset", "running_mean", "running_variance"):
            if (vector := getattr(self, key)) is not None and len(vector):
                checked_length(key, vector, shape[0], "unit or channel")
        return shape

    def reference(self, number_type: str) -> LayerType:
        """The normalization."""
        running = None
        if self.running_mean is not None:
            running = numbers(self.running_mean, number_type), numbers(self.running_variance, number_type)
        return BatchNormalization(numbers(self.epsilon, number_type)[()], running)


class LayerNormalizationLayer(Normalization):
    """Every sample, or every time of a sequence, by the mean and the variance of its own units."""

    axis = -1

    type: Literal["layer normalization"]
    scale: Vector = Field([], description="gamma, one number for each unit; absent where only sizes are known")
    offset: Vector = Field([], description="beta, one number for each unit; absent where only sizes are known")
    epsilon: Number = Field("", description="added to the variance")

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """That of the input."""
        shape = units_or(2, only(given), "scale", "sequences (times, features)")
        for key in ("scale", "offset"):
            if len(vector := getattr(self, key)):
                checked_length(key, vector, shape[-1], "unit")
        return shape

    def reference(self, number_type: str) -> LayerType:
        """The normalization."""
        return LayerNormalization(numbers(self.epsilon, number_type)[()])


class DropoutLayer(Plain):
    """Dropout with a mask that is given; what is kept is divided by ``keep_prob``."""

    type: Literal["dropout"]
    mask: Nested = Field(description="1 and 0 in the shape of one sample, for all; or of all samples, of a full batch")
    keep_prob: Number = Field(description="the probability of being kept, by which the rest is divided; 1: it is not divided")

    @model_validator(mode="after")
    def of_bits(self) -> "DropoutLayer":
        """A mask is of 1 and 0, and something is kept."""
        if not set(numbers(self.mask).ravel().tolist()) <= {0.0, 1.0}:
            raise ValueError("mask: accepted: 1 and 0")
        if not 0 < float(self.keep_prob) <= 1:
            raise ValueError(f"keep_prob: {self.keep_prob}; accepted: above 0, at most 1")
        return self

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """That of the input."""
        source, shape = only(given)
        mask = shape_of(self.mask)
        if mask[-len(shape) :] != shape or len(mask) > len(shape) + 1:
            raise ValueError(f"mask: the shape {list(mask)}; accepted: {list(shape)}, that of a sample of {source}")
        return shape

    def samples(self, given: Sequence[Given]) -> int | None:
        """For how many samples there is a mask; None where it is one for all."""
        mask = shape_of(self.mask)
        return mask[0] if len(mask) > len(only(given).shape) else None

    def reference(self, number_type: str) -> LayerType:
        """Dropout."""
        return Dropout(numbers(self.mask, number_type), numbers(self.keep_prob, number_type)[()])

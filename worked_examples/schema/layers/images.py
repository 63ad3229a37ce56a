"""Layers of images ``(channels, rows, columns)``."""

from collections.abc import Mapping, Sequence
from math import prod
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator, model_validator

from reference.layer_types.images import AveragePooling, Convolution, MaxPooling
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer
from reference.layers.im2col import Window, window
from worked_examples.limits import SIZE
from worked_examples.number_types import Array
from worked_examples.schema.base import Extent, Size, Vector, Word
from worked_examples.schema.layers.base import (
    Activated,
    Bias,
    Given,
    Nested,
    Plain,
    Shape,
    axes,
    checked_length,
    nested_shape,
    only,
    shape_of,
    sizes_fault,
    written_size_fault,
)
from worked_examples.schema.recipe import ABSENT

Pair = tuple[int, int]
IMAGES = "images (channels, rows, columns)"
AXES_OF_KERNEL = 4
FILTERS_FIRST, FILTERS_LAST = "(out, in, rows, columns)", "(rows, columns, in, out)"


class Extents(NamedTuple):
    """Size, stride and padding of a window, each by rows and by columns; engines read these, not the reference's ``Window``."""

    size: Pair
    stride: Pair
    padding: Pair


def pair(extent: int | list[int]) -> Pair:
    """An extent by rows and by columns."""
    rows, columns = extent if isinstance(extent, list) else (extent, extent)
    return rows, columns


def positions(extents: Extents, given: Given, key: str) -> Pair:
    """How many windows there are, by rows and by columns.

    Raises:
        ValueError: for a size or a stride of 0, and where the padded image is smaller than the window.

    """
    if min(*extents.size, *extents.stride) < 1:
        raise ValueError(f"{key}: a size or a stride of 0; accepted: at least 1")
    rows, columns = (
        (extent + 2 * padding - size) // stride + 1 for extent, size, stride, padding in zip(given.shape[1:], *extents, strict=True)
    )
    if min(rows, columns) < 1:
        raise ValueError(f"{key}: windows of {list(extents.size)} are larger than the padded image of {given.source}")
    return rows, columns


def window_entries(extents: Extents, given: Given) -> int:
    """The number of entries of the padded image, and of all windows of it."""
    channels, *sides = given.shape
    padded = prod(side + 2 * padding for side, padding in zip(sides, extents.padding, strict=True))
    return channels * (padded + prod(positions(extents, given, "")) * prod(extents.size))


def filters_first(kernel: Any, layout: Any) -> Shape:
    """The shape of a kernel with the filters first, ``(filters, channels / groups, rows, columns)``; another one unchanged."""
    shape = shape_of(kernel)
    return (*shape[:1:-1], *shape[:2]) if layout == FILTERS_LAST and len(shape) == AXES_OF_KERNEL else shape


class ConvolutionLayer(Activated):
    """A convolution with filters ``(filters, channels / groups, rows, columns)``, which are not flipped."""

    names: ClassVar[Mapping[str, str]] = MappingProxyType({"kernel": "kernel", "bias": "bias"})

    type: Literal["convolution"]
    layout: Annotated[str, Word("a layout", (FILTERS_FIRST, FILTERS_LAST))] = Field(
        FILTERS_FIRST, description="of the kernel, here and where it or its gradient is printed"
    )
    kernel: Nested = Field([], description="absent where only filters and kernel_size are known")
    bias: Bias = Field([], description='one number for each filter; a single one is that of every filter; "none": there is none')
    filters: int = Field(0, strict=True, ge=0, le=SIZE, description="where the kernel is not known: their number")
    kernel_size: Extent = Field(0, description="where the kernel is not known: [rows, columns] of every filter")
    stride: Extent = 1
    padding: Extent = 0
    groups: Size = Field(1, description="of channels and filters")

    @field_validator("bias", mode="before", json_schema_input_type=Vector | str)
    @classmethod
    def one_for_all(cls, bias: Any, info: ValidationInfo) -> Any:
        """A single number as the bias of every filter."""
        is_single = isinstance(bias, str) and bias != ABSENT and len(info.data.get("kernel", ()))
        return [bias] * filters_first(info.data["kernel"], info.data.get("layout"))[0] if is_single else bias

    @model_validator(mode="after")
    def filters_fit(self) -> "ConvolutionLayer":
        """Four axes, a bias for each filter, and equally many filters in each group."""
        if fault := sizes_fault(self, "filters"):
            raise ValueError(fault)
        if len(self.kernel):
            nested_shape(self.kernel, AXES_OF_KERNEL, "kernel", self.layout)
            self.check_written_sizes()
        if self.bias is not None and len(self.bias):
            checked_length("bias", self.bias, self.n_filters, "filter")
        if self.n_filters % self.groups:
            raise ValueError(f"groups: {self.groups}, which does not divide the {self.n_filters} filters")
        return self

    def check_written_sizes(self) -> None:
        """Refuse other sizes than those of the kernel."""
        found = {"filters": (self.filters, self.n_filters), "kernel_size": (self.kernel_size, list(self.size_of_filter))}
        for key, (written, of_kernel) in found.items():
            if fault := written_size_fault(key, written, "kernel", of_kernel):
                raise ValueError(fault)

    @property
    def n_filters(self) -> int:
        """The number of filters: that of the kernel, where it is known."""
        return filters_first(self.kernel, self.layout)[0] if len(self.kernel) else self.filters

    @property
    def size_of_filter(self) -> Pair:
        """The rows and columns of every filter: those of the kernel, where it is known."""
        return pair(list(filters_first(self.kernel, self.layout)[2:]) if len(self.kernel) else self.kernel_size)

    def by_filters(self, kernel: Array) -> Array:
        """The kernel as the reference has it."""
        return kernel.transpose(3, 2, 0, 1) if self.layout == FILTERS_LAST and kernel.size else kernel

    def arrays(self, number_type: str) -> Layer:
        """The parameters, with the filters first."""
        layer = super().arrays(number_type)
        return layer._replace(kernel=self.by_filters(layer.kernel))

    def in_fixture_layout(self, name: str, array: Array) -> Array:
        """The kernel as it is written."""
        return array.transpose(2, 3, 1, 0) if name == "kernel" and self.layout == FILTERS_LAST else array

    @property
    def extents(self) -> Extents:
        """Those of the filters."""
        return Extents(self.size_of_filter, pair(self.stride), pair(self.padding))

    @property
    def slide(self) -> Window:
        """The window of the filters."""
        return window(*self.extents)

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """A map for each filter."""
        has_kernel = len(self.kernel) > 0
        key = "kernel" if has_kernel else "kernel_size"
        channels = axes(only(given), 3, key, IMAGES)[0]
        if not has_kernel and channels % self.groups:
            raise ValueError(f"groups: {self.groups}, which does not divide the {channels} channels of {only(given).source}")
        if has_kernel and channels != (seen := filters_first(self.kernel, self.layout)[1]) * self.groups:
            of = f"{seen} channels" + (f" in {self.groups} groups" if self.groups > 1 else "")
            raise ValueError(f"kernel: filters of {of}, but {only(given).source} has {channels}")
        return (self.n_filters, *positions(self.extents, only(given), key))

    def parameter_shapes(self, given: Sequence[Given]) -> dict[str, Shape]:
        """Every filter sees the channels of its group."""
        seen = only(given).shape[0] // self.groups
        size = self.extents.size
        kernel = (*size, seen, self.n_filters) if self.layout == FILTERS_LAST else (self.n_filters, seen, *size)
        return {"kernel": kernel} if self.bias is None else {"kernel": kernel, "bias": (self.n_filters,)}

    def work(self, given: Sequence[Given], n_outputs: int) -> int:
        """Every window for every filter."""
        return window_entries(self.extents, only(given)) * self.n_filters

    def reference(self, number_type: str) -> LayerType:
        """The convolution."""
        return Convolution(self.slide, self.groups)


class Pooling(Plain):
    """One number for every window of every channel."""

    size: Extent
    stride: Extent | None = Field(None, description="absent: the size, so that windows do not overlap")
    padding: Extent = 0

    @property
    def extents(self) -> Extents:
        """Those of the window."""
        return Extents(pair(self.size), pair(self.size if self.stride is None else self.stride), pair(self.padding))

    @property
    def slide(self) -> Window:
        """The window."""
        return window(*self.extents)

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """As many channels; the padding is at most half a window, so that each has an entry of the image."""
        channels = axes(only(given), 3, "size", IMAGES)[0]
        if any(2 * padding > size for padding, size in zip(self.extents.padding, self.extents.size, strict=True)):
            raise ValueError(f"padding: {self.padding!r}; accepted: at most half the size")
        return (channels, *positions(self.extents, only(given), "size"))

    def work(self, given: Sequence[Given], n_outputs: int) -> int:
        """Every window."""
        return window_entries(self.extents, only(given))


class MaxPoolingLayer(Pooling):
    """The greatest entry of every window."""

    type: Literal["max pooling"]

    def reference(self, number_type: str) -> LayerType:
        """The pooling layer."""
        return MaxPooling(self.slide)


class AveragePoolingLayer(Pooling):
    """The mean of every window."""

    type: Literal["average pooling"]
    counts_padding: bool = Field(default=False, description="whether the mean is over the zeros of the padding too")

    def reference(self, number_type: str) -> LayerType:
        """The pooling layer."""
        return AveragePooling(self.slide, self.counts_padding)

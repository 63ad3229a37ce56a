"""Architectures: layers in a graph, and what is printed or published about their sizes.

A printed name is ``LAYER.shape``, or ``LAYER_weights``, ``_biases``, ``_parameters`` (both), ``_connections``, ``_macs``, for
all layers ``total_...``; in thousands, millions or thousands of millions with ``_K``, ``_M``, ``_G`` behind it; or ``depth``: the
layers with weights on the longest path from input to output.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag, model_validator

from reference.activations import ACTIVATIONS, STEPS
from worked_examples.limits import LAYERS, SIZE
from worked_examples.schema.base import Extent, Model, Name, Size, Word
from worked_examples.schema.page import ExampleBase

KINDS_OF_LAYER = ("convolution", "max pooling", "average pooling", "batch normalization", "dense", "add", "concatenate")
CONTINUOUS = tuple(name for name in ACTIVATIONS if name not in (*STEPS, "softmax"))  # entry by entry, trainable
NAME = re.compile(
    r"depth|(?P<shape>\w+)\.shape|(?P<layer>\w+?)_(?P<what>weights|biases|parameters|connections|macs)(?:_(?P<unit>[KMG]))?"
)
UNITS = {"K": 3, "M": 6, "G": 9}
BEFORE = "before"


class ArchitectureTarget(NamedTuple):
    """What a printed name means: a quantity of a layer, in units of 10 to the power ``exponent``."""

    layer: str
    what: str
    exponent: int


class ArchitectureLayer(Model):
    """One layer; without ``inputs`` its input is the output of the layer before it."""

    name: Name
    type: Annotated[str, Word("a layer", KINDS_OF_LAYER)]
    inputs: list[str] = Field([], description="names of layers, 'input', or 'before': the input of the repeated layers")
    units: int = Field(0, strict=True, ge=0, le=SIZE, description="filters of a convolution, units of a dense layer")
    size: Extent = 1
    stride: Extent = 1
    padding: Extent = 0
    groups: Size = Field(1, description="of a convolution: the number of groups of channels and filters")
    bias: bool = True
    activation: Annotated[str, Word("an activation", CONTINUOUS)] = "identity"


class Repeated(Model):
    """Layers that are repeated; the number of the repetition is added to their names."""

    repeat: Annotated[int, Field(strict=True, ge=1, le=LAYERS)]
    layers: Annotated[list[ArchitectureLayer], Field(min_length=1)]


def one_or_repeated(table: Any) -> str:
    """Which of the two a table is meant to be; neither name is a key, and so neither is shown in a message."""
    repeated = "repeat" in table if isinstance(table, dict) else isinstance(table, Repeated)
    return "repeated layers" if repeated else "one layer"


LayerOrRepeated = Annotated[
    Annotated[ArchitectureLayer, Tag("one layer")] | Annotated[Repeated, Tag("repeated layers")], Discriminator(one_or_repeated)
]


def written_out(layers: list[LayerOrRepeated]) -> Iterator[ArchitectureLayer]:
    """Every layer once for each repetition, with its inputs."""
    previous = "input"
    for table in layers:
        group, repetitions = ([table], 1) if isinstance(table, ArchitectureLayer) else (table.layers, table.repeat)
        for number in range(1, repetitions + 1):
            suffix = "" if isinstance(table, ArchitectureLayer) else f"_{number}"
            names = {BEFORE: previous} | {layer.name: layer.name + suffix for layer in group}
            for layer in group:
                inputs = [names.get(name, name) for name in layer.inputs] or [previous]
                previous = names[layer.name]
                yield layer.model_copy(update={"name": previous, "inputs": inputs})


class ArchitectureExample(ExampleBase):
    """Layers whose sizes every engine counts; no output is computed."""

    arithmetics: ClassVar[tuple[str, ...]] = ("exact",)  # sizes are whole numbers
    kind: Literal["architecture"]
    input: Annotated[list[Size], Field(min_length=3, max_length=3, description="channels, rows, columns")]
    layers: Annotated[list[LayerOrRepeated], Field(min_length=1)]

    @cached_property
    def units(self) -> Sequence[ArchitectureLayer]:
        """All layers in order, repetitions written out, and ``inputs`` always given."""
        return tuple(written_out(self.layers))

    @cached_property
    def unit_names(self) -> frozenset[str]:
        """The names of all layers, repetitions written out."""
        return frozenset(layer.name for layer in self.units)

    @model_validator(mode="after")
    def in_order(self) -> "ArchitectureExample":
        """The inputs of every layer come before it, no name is used twice, and every printed name means something."""
        count = sum(1 if isinstance(table, ArchitectureLayer) else table.repeat * len(table.layers) for table in self.layers)
        if count > LAYERS:
            raise ValueError(f"layers: {count:,} layers, repetitions written out; accepted: at most {LAYERS:,}")
        known = {"input"}
        for layer in self.units:
            if unknown := [name for name in layer.inputs if name not in known]:
                raise ValueError(f"layers.{layer.name}.inputs: '{unknown[0]}' is neither 'input' nor an earlier layer")
            if layer.name in known:
                raise ValueError(f"layers.{layer.name}: two layers of this name")
            known.add(layer.name)
        for position, block in enumerate(self.printed):
            for item in block.items:
                self.part(position, item.name)
        return self

    def part(self, position: int, name: str) -> ArchitectureTarget:
        """What ``name`` means in ``printed[position]``."""
        match, layers = NAME.fullmatch(name), self.unit_names
        layer = (match["shape"] or match["layer"] or "total") if match else ""
        if not match or (layer != "total" and layer not in layers):
            raise ValueError(
                f"printed[{position}].text: '{name}' is neither depth nor LAYER.shape nor LAYER_parameters or its like"
            )
        what = "depth" if name == "depth" else "shape" if match["shape"] else match["what"]
        return ArchitectureTarget(layer, what, UNITS.get(match["unit"] or "", 0))

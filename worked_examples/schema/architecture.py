"""Examples that are architectures: layers in a graph, and what is printed or published about their sizes.

A printed name is ``LAYER.shape``, or ``LAYER_weights``, ``_biases``, ``_parameters`` (both), ``_connections``, ``_macs``, for
all layers ``total_...``; in thousands, millions or thousands of millions with ``_K``, ``_M``, ``_G`` behind; or ``depth``: the
layers with weights on the longest way from input to output.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from reference.activations import ACTIVATIONS
from worked_examples.schema.base import Model, Word
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.random_arrays import Extent

KINDS_OF_LAYER = ("convolution", "max pooling", "average pooling", "batch normalization", "dense", "add", "concatenate")
CONTINUOUS = tuple(name for name in ACTIVATIONS if name not in ("step", "softmax"))  # entry by entry, trainable
NAME = re.compile(
    r"depth|(?P<shape>\w+)\.shape|(?P<layer>\w+?)_(?P<what>weights|biases|parameters|connections|macs)(?:_(?P<unit>[KMG]))?"
)
UNITS = {"K": 3, "M": 6, "G": 9}
BEFORE = "before"


class ArchitectureTarget(NamedTuple):
    """What a printed name stands for: a quantity of a layer, in units of 10 to the power ``exponent``."""

    layer: str
    what: str
    exponent: int


class ArchitectureLayer(Model):
    """One layer; without ``inputs`` it takes what the layer before it gives."""

    name: str
    type: Annotated[str, Word("a layer", KINDS_OF_LAYER)]
    inputs: list[str] = Field([], description="names of layers, 'input', or 'before': what went into the repeated layers")
    units: int = Field(0, ge=0, description="filters of a convolution, units of a dense layer")
    size: Extent = 1
    stride: Extent = 1
    padding: Extent = 0
    groups: int = Field(1, ge=1, description="of a convolution: channels and filters fall into so many groups")
    bias: bool = True
    activation: Annotated[str, Word("an activation", CONTINUOUS)] = "identity"


class Repeated(Model):
    """Layers that follow each other so many times; their names get the number of the repetition."""

    repeat: int = Field(ge=1)
    layers: Annotated[list[ArchitectureLayer], Field(min_length=1)]


def written_out(layers: list[ArchitectureLayer | Repeated]) -> Iterator[ArchitectureLayer]:
    """Every layer once for each repetition, and with what it takes."""
    last = "input"
    for table in layers:
        group, times = ([table], 1) if isinstance(table, ArchitectureLayer) else (table.layers, table.repeat)
        for number in range(1, times + 1):
            suffix, own = "" if isinstance(table, ArchitectureLayer) else f"_{number}", {unit.name for unit in group}
            names = {BEFORE: last} | {name: f"{name}{suffix}" for name in own}
            for unit in group:
                of = [names.get(name, name) for name in unit.inputs] or [last]
                last = names[unit.name]
                yield unit.model_copy(update={"name": last, "inputs": of})


class ArchitectureExample(ExampleBase):
    """Layers, counted on every engine: nothing is computed, no weight is made."""

    kind: Literal["architecture"]
    input: Annotated[list[int], Field(min_length=3, max_length=3, description="channels, rows, columns")]
    layers: Annotated[list[ArchitectureLayer | Repeated], Field(min_length=1)]

    @property
    def units(self) -> list[ArchitectureLayer]:
        """All layers in order, repetitions written out, and ``inputs`` always given."""
        return list(written_out(self.layers))

    @model_validator(mode="after")
    def in_order(self) -> "ArchitectureExample":
        """Every layer takes what is known before it, under a name of its own; every printed name stands for something."""
        known = ["input"]
        for unit in self.units:
            if unknown := [name for name in unit.inputs if name not in known]:
                raise ValueError(f"layers.{unit.name}.inputs: '{unknown[0]}' is neither 'input' nor an earlier layer")
            if unit.name in known:
                raise ValueError(f"layers.{unit.name}: two layers of this name")
            known.append(unit.name)
        for position, block in enumerate(self.printed):
            for item in block.items:
                self.part(position, item.name)
        return self

    def part(self, position: int, name: str) -> ArchitectureTarget:
        """What ``name`` stands for in ``printed[position]``."""
        match, layers = NAME.fullmatch(name), {unit.name for unit in self.units}
        layer = (match["shape"] or match["layer"] or "total") if match else ""
        if not match or layer not in {*layers, "total"}:
            raise ValueError(
                f"printed[{position}].text: '{name}' is neither depth nor LAYER.shape nor LAYER_parameters or its like"
            )
        what = "depth" if name == "depth" else "shape" if match["shape"] else match["what"]
        return ArchitectureTarget(layer, what, UNITS.get(match["unit"] or "", 0))

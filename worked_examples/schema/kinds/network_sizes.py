"""Networks without data, of which only sizes are known and printed; and the sizes that any network prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from reference.sizes import Count
from worked_examples.errors import nearest
from worked_examples.printed.items import PrintedItem
from worked_examples.printed.quantities import Quantity
from worked_examples.printed.sizes import NAME, words_of_name
from worked_examples.schema.kinds.network_table import with_numbers
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.network import Layers
from worked_examples.schema.layers.sizes import counts_of, inputs_of
from worked_examples.schema.log import LogBlock
from worked_examples.schema.page import ExampleBase, PrintedBlock, lookup

if TYPE_CHECKING:
    from worked_examples.schema.kinds.network import NetworkExample

COMPUTED = ("recipe", "training", "quantities", "further_data", "log", "variants", "unreproducible_results", "seeds", "notes")


class SizedNetworkExample(ExampleBase):
    """A network without data: every engine counts its layers' sizes, and nothing is computed."""

    arithmetics: ClassVar[tuple[str, ...]] = ("exact",)  # sizes are whole numbers
    kind: Literal["network"]
    network: Layers
    names: dict[str, str] = Field({}, description="the book's symbols and the sizes that they mean")

    @model_validator(mode="before")
    @classmethod
    def without_data(cls, table: Any) -> Any:
        """No key is written whose values are computed from data."""
        if asked := [key for key in COMPUTED if isinstance(table, dict) and key in table]:
            raise ValueError(f"{asked[0]}: of a network with data, but there is no [data] and no loss; write these, or remove it")
        return with_numbers(table) if isinstance(table, dict) else table

    @model_validator(mode="after")
    def counted(self) -> SizedNetworkExample:
        """Every layer fits its inputs, and every printed number is a size."""
        try:
            self.counts  # noqa: B018 -- computed once
        except ValueError as error:
            raise ValueError(f"network.{error}") from None
        for position, block in enumerate(self.printed):
            for item in block.items:
                if not (named := self.quantity(position, item.name)).is_size:
                    raise ValueError(f"{self.key_of(position)}.text: '{item.name}' means '{named}', for which there is no [data]")
        if fault := next(faults_of_sizes(self), ""):
            raise ValueError(fault)
        return self

    @property
    def inputs(self) -> int:
        """How many columns data would have."""
        return inputs_of(self.network.layers)

    @cached_property
    def counts(self) -> Sequence[Count]:
        """What every layer counts, by the reference's formulas."""
        return tuple(counts_of(self.network.layers, self.inputs))

    def quantity(self, position: int, name: str) -> Quantity:
        """The size that ``name`` means in a block."""
        try:
            return lookup_with_sizes(self.network.layers, self.names, self.blocks[position], name)
        except ValueError as error:
            raise ValueError(f"{self.key_of(position)}.text: {error}") from None


def lookup_with_sizes(
    layers: Sequence[AnyLayer], names: Mapping[str, str], block: PrintedBlock, name: str, formulas: Collection[str] = ()
) -> Quantity:
    """The quantity that a printed name means; the name of a size means itself where nothing else has it.

    Raises:
        ValueError: where nothing has the name.

    """
    known = [layer.name for layer in layers]
    if name in block.names or name in names or name in formulas:
        return lookup(dict(names), block, name, formulas)
    if words := words_of_name(name, known):
        return lookup({**names, name: words}, block, name, formulas)
    if match := NAME.fullmatch(name):
        raise ValueError(
            f"'{name}' has no entry in [names], and '{match['layer']}' is no layer; {nearest(match['layer'], filter(None, known))}"
        )
    return lookup(dict(names), block, name, formulas)


def faults_of_sizes(example: NetworkExample | SizedNetworkExample) -> Iterator[str]:
    """What is wrong with printed sizes, each with its key."""
    for position, block in enumerate(example.blocks):
        for item in block.items:
            named = example.quantity(position, item.name)
            if named.is_size and (fault := fault_of_size(example, block, item, named)):
                yield f"{example.key_of(position)}.{fault}"


def fault_of_size(example: NetworkExample | SizedNetworkExample, block: PrintedBlock, item: PrintedItem, named: Quantity) -> str:
    """What is wrong with one printed size, from the key on; empty where nothing is."""
    if named.layer > len(example.network.layers):
        return f"text: '{item.name}' means a layer that the network does not have"
    if isinstance(block, LogBlock):
        return f"text: '{item.name}' means '{named}', the same in every row; write it in [[printed]]"
    if block.arithmetic != "exact":
        return f"arithmetic: '{block.arithmetic}', but '{item.name}' means '{named}', a whole number; accepted here: exact"
    axes = len(example.counts[named.layer - 1].shape) if named.part == "shape" else 0
    return fault_of_form(item, named, axes)


def fault_of_form(item: PrintedItem, named: Quantity, axes: int) -> str:
    """What is wrong with the brackets of a printed size: a shape has some, and so many ``axes``; empty where nothing is."""
    scalar = isinstance(item.values, str)
    if named.part == "shape" and not named.entry:
        if scalar or not 1 <= len(item.values) <= axes or not all(isinstance(value, str) for value in item.values):
            return f"text: '{item.name}' has {axes} axes; accepted: a list of so many whole numbers or fewer"
    elif not scalar:
        return f"text: '{item.name}' is one number; accepted: that number without brackets"
    elif named.part == "shape" and named.entry[0] >= axes:
        return f"text: '{item.name}' means '{named}', but there are {axes} axes"
    return ""

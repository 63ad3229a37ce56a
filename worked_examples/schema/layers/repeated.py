"""Layers that are repeated: ``{ repeat = 3, layers = [...] }`` among the layers of a network."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, GetCoreSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function
from typing_extensions import Self

from worked_examples.limits import LAYERS
from worked_examples.schema.base import Model
from worked_examples.schema.layers.any_layer import AnyLayer

BEFORE = "before"


class Repeated(Model):
    """Layers, and how often; the number of the repetition is added to their names, ``conv_2``."""

    repeat: Annotated[int, Field(strict=True, ge=1, le=LAYERS)]
    layers: Annotated[list[AnyLayer], Field(min_length=1, description="'before' among inputs is the input of the repetition")]

    @model_validator(mode="after")
    def goes_on(self) -> Self:
        """What is before a repetition has a name."""
        if self.repeat > 1 and self.asks_before and self.layers[-1].name is None:
            raise ValueError(f"layers[{len(self.layers) - 1}].name: missing; it is '{BEFORE}' in the next repetition")
        return self

    @property
    def asks_before(self) -> bool:
        """Whether a layer has the input of the repetition among its inputs."""
        return any(BEFORE in (layer.inputs or []) for layer in self.layers)


def one_or_repeated(table: Any) -> str:
    """Which of the two a table is meant to be; no key has a blank, so that no message shows this."""
    repeated = "repeat" in table if isinstance(table, dict) else isinstance(table, Repeated)
    return "repeated layers" if repeated else "one layer"


LayerOrRepeated: TypeAlias = Annotated[
    Annotated[AnyLayer, Tag("one layer")] | Annotated[Repeated, Tag("repeated layers")], Discriminator(one_or_repeated)
]


class WrittenOut:
    """The type of a list of layers in which repetitions may be written; read, it has every layer once for each repetition."""

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        tables: Any = Annotated[list[LayerOrRepeated], Field(min_length=1)]
        return no_info_after_validator_function(written_out, handler.generate_schema(tables))


def written_out(tables: Sequence[AnyLayer | Repeated]) -> list[AnyLayer]:
    """Every layer once for each repetition.

    Raises:
        ValueError: where these are too many.

    """
    count = sum(table.repeat * len(table.layers) if isinstance(table, Repeated) else 1 for table in tables)
    if count > LAYERS:
        raise ValueError(f"{count:,} layers, repetitions written out; accepted: at most {LAYERS:,}")
    layers = list[AnyLayer]()
    for index, table in enumerate(tables):
        if not isinstance(table, Repeated):
            layers.append(table)
            continue
        previous = layers[-1].name if layers else "input"
        if previous is None and table.asks_before:
            raise ValueError(f"layers[{index - 1}] has no name; write one: it is '{BEFORE}' of the repeated layers behind it")
        layers += repetitions(table, previous or "")
    return layers


def repetitions(table: Repeated, previous: str) -> Iterator[AnyLayer]:
    """The layers of all repetitions; ``previous`` is the name of the layer before them."""
    for number in range(1, table.repeat + 1):
        names = {BEFORE: previous} | {layer.name: f"{layer.name}_{number}" for layer in table.layers if layer.name}
        for layer in table.layers:
            inputs = layer.inputs and [names.get(name, name) for name in layer.inputs]
            yield layer.model_copy(update={"name": layer.name and names[layer.name], "inputs": inputs})
        last = table.layers[-1].name
        previous = names[last] if last else ""


def names_written_out(tables: Sequence[Any]) -> Iterator[Any]:
    """The name of every layer, once for each repetition, of tables that are not validated yet; None for a layer without one."""
    for table in tables:
        layers, repeat = (table.get("layers"), table.get("repeat")) if isinstance(table, dict) else (None, None)
        if not isinstance(layers, list) or not isinstance(repeat, int):
            yield table.get("name") if isinstance(table, dict) else None
            continue
        for number in range(1, min(repeat, LAYERS) + 1):
            names = (layer.get("name") if isinstance(layer, dict) else None for layer in layers)
            yield from (name and f"{name}_{number}" for name in names)

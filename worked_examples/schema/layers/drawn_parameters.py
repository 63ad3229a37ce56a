"""What a network's recipe draws: names in the place of arrays, and the parameters of all layers that only have sizes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from worked_examples.schema.data import Data
from worked_examples.schema.kinds.network_table import rewritten
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.graph import given_to
from worked_examples.schema.recipe import EACH, Recipe, filled

LAYERS: TypeAdapter[list[AnyLayer]] = TypeAdapter(list[AnyLayer])
ARRAYS = ("kernel", "bias", "recurrent_kernel", "recurrent_bias", "scale", "offset", "initial_state", "initial_cell", "mask")
OF_LAYERS = tuple(("network", "layers", EACH, name) for name in ARRAYS)
DRAWN = (*OF_LAYERS, ("data", "input"), ("data", "target"))
SHAPE = re.compile(r"\bshape\b")


def with_drawn(table: Any) -> Any:
    """The table of a network with numbers in the place of names and of what ``recipe.parameters`` draws.

    Raises:
        ValueError: where a name is not drawn, or a layer does not fit; the message begins with its key.

    """
    return filled(with_parameters(table), DRAWN)


def with_parameters(table: Any) -> Any:
    """The table with a name for every parameter that only has a size; its statement follows those of ``recipe.draw``.

    Raises:
        ValueError: where ``recipe.parameters`` draws nothing, or what layers share; the message begins with the key.

    """
    written = table.get("recipe") if isinstance(table, dict) else None
    expression = written.get("parameters") if isinstance(written, Mapping) else None
    if not isinstance(written, Mapping) or not isinstance(expression, str) or not expression:
        return table
    try:
        recipe, known = Recipe.model_validate(written), rewritten(filled(table, DRAWN))
        layers, inputs = known["network"]["layers"], Data.model_validate(known["data"]).shapes[0][1]
        if repeated := [index for index, layer in enumerate(layers) if isinstance(layer, dict) and "repeat" in layer]:
            raise ValueError(f"network.layers[{repeated[0]}].repeat: accepted with recipe.parameters: every layer on its own")
        shapes = list(unknown_shapes(LAYERS.validate_python(layers), inputs))
    except (ValidationError, KeyError, TypeError):  # its own key says more
        return table
    if not SHAPE.search(expression):
        raise ValueError(f"recipe.parameters: '{expression}' does not use 'shape', that of each parameter")
    draws = {f"layer_{index + 1}_{name}": SHAPE.sub(str(shape), expression) for index, name, shape in shapes}
    if not draws:
        raise ValueError("recipe.parameters: every layer has its numbers; remove it")
    if taken := [name for name in draws if name in recipe.arrays]:
        raise ValueError(f"recipe.draw: '{taken[0]}' is what recipe.parameters draws; write another name")
    named = [dict(layer) for layer in table["network"]["layers"]]
    for index, name, _ in shapes:
        named[index][name] = f"layer_{index + 1}_{name}"
    draw = "\n".join([recipe.draw, *(f"{name} = {text}" for name, text in draws.items())])
    return {**table, "recipe": {**written, "draw": draw, "parameters": ""}, "network": {**table["network"], "layers": named}}


def unknown_shapes(layers: list[AnyLayer], inputs: int) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """The number (from 0) of a layer, the name and the shape of every parameter whose numbers are not known.

    Raises:
        ValueError: where a layer does not fit its inputs; the message begins with its key.

    """
    try:
        given = list(given_to(layers, inputs))
    except ValueError as error:
        raise ValueError(f"network.{error}") from None
    for index, (layer, (of, _)) in enumerate(zip(layers, given, strict=True)):
        unknown = layer.unknown
        yield from ((index, name, shape) for name, shape in layer.parameter_shapes(of).items() if name in unknown)

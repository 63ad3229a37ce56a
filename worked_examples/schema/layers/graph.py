"""The graph of a network's layers: where the inputs of each come from, and the shapes of all outputs."""

from collections.abc import Iterator, Sequence
from math import prod

from worked_examples.errors import nearest
from worked_examples.limits import MULTIPLICATIONS
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.base import Given, LayerBase, Shape

DATA = "input"


def sources(layers: Sequence[AnyLayer]) -> tuple[tuple[int, ...], ...]:
    """The numbers of every layer's inputs: 0 for the data, ``n`` for the ``n``-th layer, counted from 1.

    Raises:
        ValueError: where a layer does not have the inputs that it takes, or nobody has its output; the message begins with its key.

    """
    names, found = {DATA: 0}, list[tuple[int, ...]]()
    for index, layer in enumerate(layers):
        try:
            found.append(sources_of(layer, index, names))
        except ValueError as error:
            raise ValueError(f"layers[{index}].{error}") from None
        if layer.name is not None:
            names[layer.name] = index + 1
    used = {number for numbers in found for number in numbers}
    if unused := [index for index in range(len(layers) - 1) if index + 1 not in used]:
        raise ValueError(f"layers[{unused[0]}]: no later layer has it among its inputs; remove it, or name it there")
    return tuple(found)


def sources_of(layer: LayerBase, index: int, names: dict[str, int]) -> tuple[int, ...]:
    """The numbers of one layer's inputs.

    Raises:
        ValueError: for an unknown name, a name that another layer has, and another number of inputs than the layer takes.

    """
    if layer.name in names:
        raise ValueError(f"name: '{layer.name}' is that of {'the data' if layer.name == DATA else 'an earlier layer'}")
    for name in layer.inputs or []:
        if name not in names:
            raise ValueError(f"inputs: '{name}' is no earlier layer; {nearest(name, names)}")
    numbers = (index,) if layer.inputs is None else tuple(names[name] for name in layer.inputs)
    wanted = layer.n_inputs
    if len(numbers) != wanted if wanted else len(numbers) < 2:
        raise ValueError(f"inputs: {len(numbers)}; accepted: {wanted or 'at least 2'}")
    return numbers


def given_to(layers: Sequence[AnyLayer], inputs: int) -> Iterator[tuple[list[Given], Shape]]:
    """What every layer is given, and the shape of its output, for data of so many columns.

    Raises:
        ValueError: where a layer does not fit its inputs; the message begins with its key.

    """
    known = [Given("the data", (inputs,))]
    for index, (layer, numbers) in enumerate(zip(layers, sources(layers), strict=True)):
        given = [known[number] for number in numbers]
        try:
            shape = layer.output_shape(given)
            if layer.activation == "softmax" and len(shape) > 2:
                raise ValueError("activation: 'softmax' is of units; accepted for images: any other")  # noqa: TRY301 -- one key
        except ValueError as error:
            raise ValueError(f"layers[{index}].{error}") from None
        yield given, shape
        known.append(Given(f"layers[{index}]", shape))


def work_fault(layers: Sequence[AnyLayer], inputs: int, samples: int) -> str:
    """What is wrong with the size of a pass over the data, and what is accepted; empty where nothing is."""
    for index, (layer, (given, shape)) in enumerate(zip(layers, given_to(layers, inputs), strict=True)):
        if (count := samples * layer.work(given, prod(shape))) > MULTIPLICATIONS:
            return f"layers[{index}]: {count:,} numbers in one pass; accepted: at most {MULTIPLICATIONS:,}"
    return ""

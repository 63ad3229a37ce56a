"""The network of a data set as it is written: names in place of arrays, whose shapes depend on how many columns the data have."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np
from pydantic import ValidationError

from worked_examples.datasets.sets import CLASSES, PIXELS
from worked_examples.limits import entries_fault
from worked_examples.number_types import Array
from worked_examples.schema.data import Data
from worked_examples.schema.layers.drawn_parameters import ARRAYS, LAYERS, OF_LAYERS, unknown_shapes
from worked_examples.schema.layers.graph import work_fault
from worked_examples.schema.layers.network import Network
from worked_examples.schema.layers.normalization import BatchNormalizationLayer
from worked_examples.schema.layers.samples import data_faults
from worked_examples.schema.recipe import ABSENT, numbers_in
from worked_examples.schema.recipe_of_inputs import RecipeOfInputs
from worked_examples.schema.trainings.training import Training


def filled(written: Any, known: Mapping[str, Array], places: dict[str, str]) -> Any:
    """The table of a network with float64 arrays in the place of names; ``places`` gets which name was where.

    Raises:
        ValueError: where a name is not known; the message begins with its key.

    """
    arrays = {name: np.asarray(array, dtype=float) for name, array in known.items()}
    return numbers_in({"network": written}, OF_LAYERS, arrays, places)["network"]


def sized(written: Any) -> Any:
    """The table of a network without names and numbers of parameters: of its parameters only sizes are known."""
    if not isinstance(written, dict) or not isinstance(layers := written.get("layers"), list):
        return written
    return {**written, "layers": [without_numbers(layer) if isinstance(layer, dict) else layer for layer in layers]}


def without_numbers(layer: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a layer without names and numbers of parameters; that there is none stays."""
    return {key: value for key, value in layer.items() if key not in ARRAYS or not isinstance(value, str) or value == ABSENT}


def stand_in(written: Any, inputs: int) -> RecipeOfInputs | None:
    """A recipe of the same names, for parameters that are in a file; None where the layers are none, as their own keys say.

    Kernels are normal, divided by the root of their inputs, scales 1, all others 0.

    Raises:
        ValueError: where a layer does not fit its inputs, or there are too many numbers; the message begins with the key.

    """
    try:
        shapes = list(unknown_shapes(LAYERS.validate_python(sized(written)["layers"]), inputs))
    except (ValidationError, KeyError, TypeError):
        return None
    if fault := entries_fault(sum(prod(shape) for *_, shape in shapes)):
        raise ValueError(f"network.layers: {fault}")
    names = [(str(written["layers"][index].get(key, "")), key, shape) for index, key, shape in shapes]
    draws = {name: f"{name} = {random(key, shape)}" for name, key, shape in names if name.isidentifier()}
    return RecipeOfInputs(generator="numpy.random.seed", seed=1, draw="\n".join(draws.values()))


def random(key: str, shape: tuple[int, ...]) -> str:
    """The draw of a parameter; a kernel has its inputs first, or where it has four axes its filters."""
    if key.endswith("kernel"):
        return f"standard_normal({shape}) / sqrt({shape[0] if len(shape) == 2 else prod(shape[1:])})"
    return f"{'ones' if key == 'scale' else 'zeros'}({shape[0]})"


def network_for(written: Any, recipe: RecipeOfInputs | None, inputs: int) -> Network:
    """The network for data of so many columns; without a recipe with others in the place of parameters that are in a file.

    Raises:
        ValueError: where it does not fit; the message begins with a key.

    """
    drawing = recipe or stand_in(written, inputs)
    network = Network.model_validate(filled(written, drawing.for_inputs(inputs) if drawing else {}, {}))
    try:
        network.shapes(inputs)
    except ValueError as error:
        raise ValueError(f"network.{error}") from None
    return network


def of_file(written: Any, arrays: Mapping[str, Array], inputs: int) -> Network:
    """The network with the arrays of a file.

    Raises:
        ValueError: where the file has no array of a name, or one of another shape; the message begins with its key.

    """
    places: dict[str, str] = {}
    table, like = filled(written, arrays, places), stand_in(written, inputs)
    for key, name in places.items():
        shape, wanted = np.shape(arrays[name]), np.shape(like.arrays[name] if like else 0)
        if shape != wanted:
            raise ValueError(f"{key}: '{name}' has the shape {list(shape)}; accepted for these inputs: {list(wanted)}")
    return Network.model_validate(table)


def faults_of_network(network: Network, data: Data, training: Training | None) -> Iterator[str]:
    """What of a network does not suit the page's images, from its key on."""
    if network.loss == "hinge":
        yield "loss: 'hinge' takes targets 1 and -1, but those of classes are 1 and 0"
    try:
        units, last = network.shapes(PIXELS)[-1][0], len(network.layers) - 1
    except ValueError as error:
        yield str(error)
        return
    if units != CLASSES:
        yield f"layers[{last}]: {units} outputs; accepted at the end: {CLASSES}, the classes of the images"
    if fault := work_fault(network.layers, PIXELS, 1):
        yield fault
    yield from data_faults(network.layers, data, training)
    if fault := network.fault_of_penalty(training):
        yield fault


def with_batch_statistics(network: Network) -> list[int]:
    """The numbers of the layers by which an output depends on the other images of its batch."""
    layers = enumerate(network.layers)
    return [index for index, layer in layers if isinstance(layer, BatchNormalizationLayer) and layer.running_mean is None]

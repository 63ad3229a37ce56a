"""The variants of an example: the same network at other sizes, with random weights and data."""

from collections.abc import Iterator

import numpy as np

from worked_examples.schema.data import Data, Variant
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.network import Network


def random_matrix(random: np.random.RandomState, rows: int, columns: int) -> list[list[str]]:
    """A matrix of decimal strings from -0.99 to 0.99, exact in every number type that is."""
    return [[str(entry / 100) for entry in row] for row in random.randint(-99, 100, (rows, columns)).tolist()]


def random_network(example: NetworkExample, units: list[int], random: np.random.RandomState) -> Network:
    """Random layers of so many units with the example's activations, and its loss."""
    activations = [layer.activation for layer in example.network.layers]
    layers = [
        DenseLayer(kernel=random_matrix(random, rows, columns), bias=random_matrix(random, 1, columns)[0], activation=activation)
        for rows, columns, activation in zip(units, units[1:], activations, strict=False)
    ]
    return Network(**{**dict(example.network), "layers": layers})


def vary(example: NetworkExample, variant: Variant) -> NetworkExample:
    """The example at another size; it has no printed numbers, no training and no errata."""
    random = np.random.RandomState(variant.seed)
    network = random_network(example, variant.units, random)
    inputs = random_matrix(random, variant.samples, variant.units[0])
    targets = random_matrix(random, variant.samples, variant.units[-1])
    changed = {
        "id": example.id + variant.suffix,
        "network": network,
        "data": Data(input=inputs, target=targets),
        "provenance": "random",
        "recipe": None,
        "training": None,
        "notes": None,
    }
    lists = ("variants", "printed", "log", "statements", "unreproducible_results", "errata")
    emptied = {**{name: list[str]() for name in lists}, **{name: dict[str, str]() for name in ("quantities", "further_data")}}
    return example.model_copy(update={**changed, **emptied})


def variants(example: NetworkExample) -> Iterator[NetworkExample]:
    """Every variant of an example, in order."""
    return (vary(example, variant) for variant in example.variants)

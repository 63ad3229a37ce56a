"""The sizes of a network in Keras: its layers on a symbolic input, built only to be counted."""

from collections.abc import Iterator
from math import prod
from typing import Any

import keras

from adapters.keras.network import in_dtype
from adapters.keras.units import Unit, unit_of
from reference.sizes import Count
from worked_examples import NetworkExample, SizedNetworkExample

MULTIPLYING = ("kernel", "recurrent_kernel")
OFFSETS = ("bias", "beta")
SMALL = "float16"  # counted, never computed with: 144 million weights


def count(example: NetworkExample | SizedNetworkExample) -> list[Count]:
    """Every layer's count: its kernels' entries, each used at every position of the layer's output, or time of a sequence."""
    before = keras.config.floatx()
    in_dtype(SMALL)
    try:
        with keras.StatelessScope():
            return list(counts(example))
    finally:
        keras.config.set_floatx(before)


def counts(example: NetworkExample | SizedNetworkExample) -> Iterator[Count]:
    """The count of each layer, in order."""
    outputs = [keras.Input((example.inputs,))]
    for layer, sources in zip(example.network.layers, example.network.sources, strict=True):
        unit, inputs = unit_of(layer), [outputs[source] for source in sources]
        if isinstance(unit.core, keras.layers.Dense | keras.layers.Conv2D):
            unit.core.kernel_initializer = keras.initializers.Zeros()
        outputs.append(unit(inputs)[1])
        yield counted(unit, inputs, outputs[-1])


def counted(unit: Unit, inputs: list[Any], output: Any) -> Count:
    """One layer's count, of the variables that it trains and the shapes that it has."""
    shape, variables = tuple(output.shape[1:]), unit.core.trainable_variables if unit.core else []
    sizes = [(variable.name, prod(variable.shape)) for variable in variables]
    biases = sum(size for name, size in sizes if name in OFFSETS)
    macs = sum(size for name, size in sizes if name in MULTIPLYING) * positions(unit.core, inputs, shape)
    if isinstance(unit.core, keras.layers.Attention):
        (_, queries, width), (_, keys, _), (_, _, values) = (tensor.shape for tensor in inputs)
        macs = queries * keys * (width + values)
    return Count(shape, sum(size for _, size in sizes) - biases, biases, macs)


def positions(core: Any, inputs: list[Any], shape: tuple[int, ...]) -> int:
    """How often a layer of Keras uses each entry of its kernels."""
    if isinstance(core, keras.layers.RNN):
        return int(inputs[0].shape[1])
    return prod(shape[1:] if isinstance(core, keras.layers.Conv2D) else shape[:-1])

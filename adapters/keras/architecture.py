"""Architectures in Keras: a functional model, built only to be counted."""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import keras
from keras import layers

from reference.architecture import Count
from reference.layers.im2col import pair
from worked_examples.schema.architecture import ArchitectureExample, ArchitectureLayer


def padded(unit: ArchitectureLayer, x: Any) -> Any:
    """Zeros around the maps."""
    return layers.ZeroPadding2D(pair(unit.padding))(x) if unit.padding else x


def pooled(kind: Callable[..., Any]) -> Callable[[ArchitectureLayer], Any]:
    """A pooling layer of a unit's window."""
    return lambda unit: kind(pair(unit.size), strides=pair(unit.stride))


SMALL: Mapping[str, Any] = {"kernel_initializer": "zeros", "dtype": "float16"}  # counted, never computed with: 138 million weights
LAYERS: Mapping[str, Callable[[ArchitectureLayer], Any]] = {
    "convolution": lambda unit: layers.Conv2D(
        unit.units, pair(unit.size), strides=pair(unit.stride), groups=unit.groups, use_bias=unit.bias, **SMALL
    ),
    "max pooling": pooled(layers.MaxPooling2D),
    "average pooling": pooled(layers.AveragePooling2D),
    "batch normalization": lambda _: layers.BatchNormalization(),
    "dense": lambda unit: layers.Dense(unit.units, use_bias=unit.bias, **SMALL),
    "add": lambda _: layers.Add(),
    "concatenate": lambda _: layers.Concatenate(),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count: its kernel's entries, each used at every position of the layer's output."""
    channels, *extent = example.input
    with keras.StatelessScope():
        outputs, made = {"input": keras.Input((*extent, channels))}, dict[str, Any]()
        for unit in example.units:
            of = [padded(unit, outputs[name]) for name in unit.inputs]
            if unit.type == "dense":
                of = [layers.Flatten()(x) for x in of]
            made[unit.name] = LAYERS[unit.type](unit)
            sums = made[unit.name](of if unit.type in ("add", "concatenate") else of[0])
            outputs[unit.name] = layers.Activation(unit.activation.replace("identity", "linear"))(sums)
        model = keras.Model(outputs["input"], outputs[example.units[-1].name])
        found = {name: counted(layer, outputs[name].shape) for name, layer in made.items()}
        assert model.count_params() == sum(counted_all(layer) for layer in made.values()), "a layer is not part of the model"
    return found


def counted_all(layer: Any) -> int:
    """All entries of a layer's variables, those that are not trained included."""
    return sum(prod(variable.shape) for variable in layer.weights)


def counted(layer: Any, shape: tuple[int, ...]) -> Count:
    """One layer's count; ``shape`` is that of its output, channels last."""
    _, *extent, channels = shape
    sizes = {variable.name: prod(variable.shape) for variable in layer.trainable_variables}
    biases = sizes.get("bias", 0) + sizes.get("beta", 0)
    return Count((channels, *extent), sum(sizes.values()) - biases, biases, sizes.get("kernel", 0) * prod(extent))

"""Architectures in Keras: a functional model, built only to be counted."""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import keras
from keras import layers

from adapters.keras.units import ACTIVATIONS
from reference.architecture import Count
from reference.layers.im2col import pair
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureLayer

SMALL: Mapping[str, Any] = {"kernel_initializer": "zeros", "dtype": "float16"}  # counted, never computed with: 138 million weights


def padded(layer: ArchitectureLayer, x: Any) -> Any:
    """Zeros around the maps."""
    return layers.ZeroPadding2D(pair(layer.padding))(x) if layer.padding else x


def pooling(kind: Callable[..., Any]) -> Callable[[ArchitectureLayer], Any]:
    """A pooling layer with the window of an architecture's layer."""
    return lambda layer: kind(pair(layer.size), strides=pair(layer.stride))


LAYERS: Mapping[str, Callable[[ArchitectureLayer], Any]] = {
    "convolution": lambda layer: layers.Conv2D(
        layer.units, pair(layer.size), strides=pair(layer.stride), groups=layer.groups, use_bias=layer.bias, **SMALL
    ),
    "max pooling": pooling(layers.MaxPooling2D),
    "average pooling": pooling(layers.AveragePooling2D),
    "batch normalization": lambda _: layers.BatchNormalization(),
    "dense": lambda layer: layers.Dense(layer.units, use_bias=layer.bias, **SMALL),
    "add": lambda _: layers.Add(),
    "concatenate": lambda _: layers.Concatenate(),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count: its kernel's entries, each used at every position of the layer's output."""
    channels, *extent = example.input
    with keras.StatelessScope():
        outputs, model_layers = {"input": keras.Input((*extent, channels))}, dict[str, Any]()
        for layer in example.units:
            inputs = [padded(layer, outputs[name]) for name in layer.inputs]
            model_layers[layer.name] = LAYERS[layer.type](layer)
            outputs[layer.name] = connected(layer, model_layers[layer.name], inputs)
        model = keras.Model(outputs["input"], outputs[example.units[-1].name])
        counts = {name: counted(model_layer, outputs[name].shape) for name, model_layer in model_layers.items()}
        assert model.count_params() == sum(map(n_entries, model_layers.values())), "a layer is not part of the model"
    return counts


def connected(layer: ArchitectureLayer, model_layer: Any, inputs: list[Any]) -> Any:
    """The output of a layer and its activation."""
    if layer.type == "dense":
        inputs = [layers.Flatten()(x) for x in inputs]
    pre_activation = model_layer(inputs if layer.type in ("add", "concatenate") else inputs[0])
    return layers.Activation(ACTIVATIONS.get(layer.activation, layer.activation))(pre_activation)


def n_entries(layer: Any) -> int:
    """All entries of a layer's variables, those that are not trained included."""
    return sum(prod(variable.shape) for variable in layer.weights)


def counted(layer: Any, shape: tuple[int, ...]) -> Count:
    """One layer's count; ``shape`` is that of its output, channels last."""
    _, *extent, channels = shape
    sizes = {variable.name: prod(variable.shape) for variable in layer.trainable_variables}
    biases = sizes.get("bias", 0) + sizes.get("beta", 0)
    return Count((channels, *extent), sum(sizes.values()) - biases, biases, sizes.get("kernel", 0) * prod(extent))

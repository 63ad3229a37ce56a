"""One layer of Keras or of PyTorch on given arrays, for measurements of what differs."""

import adapters.keras  # noqa: F401 -- the backend is chosen, and checked, there

# isort: split

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np
import torch
from torch import Tensor, nn

from adapters import Array


class Measured(NamedTuple):
    """One concept: the book's array, the frameworks' with defaults, and with the settings of equality."""

    book: Array
    keras: Array
    torch: Array
    keras_equal: Array | None
    torch_equal: Array | None


def drawn(*shape: int) -> Array:
    """Numbers from -1 to 1, exact in every number type, the same ones for a shape."""
    return np.random.RandomState(79).randint(-1023, 1024, shape) / 1024


def tensor(array: Array) -> Tensor:
    """An array for PyTorch."""
    return torch.from_numpy(np.ascontiguousarray(array))


def last(x: Array) -> Array:
    """Channels last."""
    return x.transpose(0, 2, 3, 1)


def in_keras(layer: Any, x: Array, *weights: Array, **how: Any) -> Array:
    """The output of a Keras layer with these weights (as many as are given, the first ones)."""
    layer.build(x.shape)
    layer.set_weights([*weights, *layer.get_weights()[len(weights) :]])
    return keras.ops.convert_to_numpy(layer(x, **how))


def images(layer: Any, x: Array, *weights: Array) -> Array:
    """The output of a Keras layer that has channels last, channels first; filters are turned into its layout."""
    turned = [weight.transpose(2, 3, 1, 0) if weight.ndim == 4 else weight for weight in weights]
    return in_keras(layer, last(x), *turned).transpose(0, 3, 1, 2)


def in_torch(layer: nn.Module, x: Array, *weights: Array) -> Array:
    """The output of a PyTorch layer with these weights; of a recurrent one all states."""
    with torch.no_grad():
        for parameter, weight in zip(layer.double().parameters(), weights, strict=False):
            parameter.copy_(tensor(weight))
        found = layer(tensor(x))
    return np.asarray((found[0] if isinstance(found, tuple) else found).numpy())


def f64(kind: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """A Keras layer in float64."""
    return kind(*arguments, **options, dtype="float64")


def apart(one: Array, other: Array) -> float:
    """The greatest absolute difference."""
    return float(np.max(np.abs(one - other)))

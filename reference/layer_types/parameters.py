"""The parameters of one layer, whatever its type: named arrays, empty where the layer has none of that name."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reference.comparisons import Array

NONE: Array = np.zeros(0)
NONE.setflags(write=False)
Trained = tuple[bool, ...]
"""Of every array of a layer, whether it is trained."""


class Layer(NamedTuple):
    """One layer's parameters, or the gradients with respect to them.

    A dense layer has kernel ``(inputs, outputs)`` and bias ``(outputs,)``; the scale and the offset of a normalization are its
    kernel and its bias. The types of layers are in ``reference.layer_types``.
    """

    kernel: Array = NONE
    bias: Array = NONE
    recurrent_kernel: Array = NONE
    recurrent_bias: Array = NONE


def present(layers: Sequence[Layer]) -> list[Trained]:
    """All arrays that the layers have, as trained."""
    return [tuple(array.size > 0 for array in layer) for layer in layers]

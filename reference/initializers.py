"""Distributions of initial weights, by the number of inputs and outputs of a layer (numpy-dnn, 3110_1)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.comparisons import Array


def he(fan_in: Any, fan_out: Any) -> Any:
    """``stddev = sqrt(2 / fan_in)``, for ReLU layers (He initialization)."""
    return np.sqrt(2 / fan_in)


def lecun(fan_in: Any, fan_out: Any) -> Any:
    """``stddev = sqrt(1 / fan_in)``, for sigmoid and softmax layers (LeCun initialization)."""
    return np.sqrt(1 / fan_in)


def xavier(fan_in: Any, fan_out: Any) -> Any:
    """``stddev = sqrt(2 / (fan_in + fan_out))`` (Xavier initialization)."""
    return np.sqrt(2 / (fan_in + fan_out))


STANDARD_DEVIATIONS: Mapping[str, Callable[[Any, Any], Any]] = {"he": he, "lecun": lecun, "xavier": xavier}


def draw(random: np.random.RandomState, deviation: Any, shape: tuple[int, ...]) -> Array:
    """Normal numbers ``deviation * N(0, 1)`` of the given shape from ``random``, whose stream NumPy keeps frozen."""
    return np.asarray(deviation * random.standard_normal(shape))

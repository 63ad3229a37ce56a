"""Dense layers, and layers that look up, drop, rearrange, add or join numbers."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import dot

Options: TypeAlias = Mapping[str, Any]
Weights: TypeAlias = Mapping[str, Array]


OUT_IN = "(out, in)"


def inputs_first(p: Options, kernel: Array) -> Array:
    """The kernel with a row for each input."""
    return kernel.T if p["layout"] == OUT_IN else kernel


def dense(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """Every row times the kernel, which may be transposed, and the bias, where there is one."""
    y = dot(x, inputs_first(p, weights["kernel"]))
    return y + weights["bias"] if "bias" in weights else y


def embedding(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """The row of the kernel for every number, each a word."""
    rows = branches(lambda: [int(mpmath.nint(number)) for number in x.ravel()])
    return array([weights["kernel"][row] for row in rows]).reshape(*x.shape, -1)


def dropout(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """What the mask keeps, divided by the probability of being kept."""
    return array(x * p["mask"] / p["keep_prob"])


def rearranged(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """Every sample's numbers in their order, in another shape."""
    return x.reshape(len(x), *p["shape"])


def added(branches: Branches, p: Options, weights: Weights, *inputs: Array) -> Array:
    """The sum of the inputs, entry by entry."""
    return array(sum(inputs[1:], inputs[0]))


def joined(branches: Branches, p: Options, weights: Weights, *inputs: Array) -> Array:
    """The inputs side by side, along an axis that counts the one of the samples as 0."""
    return np.concatenate(inputs, axis=p["axis"])


def as_it_is(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """The input, for an activation of its own."""
    return x


def shift(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """The input and a parameter of its shape."""
    return x + weights["shift"]

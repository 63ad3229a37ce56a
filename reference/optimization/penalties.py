"""L1 and L2 penalties of a loss, each beside its gradient: ``l1 sum |w| + l2 sum w^2`` over some parameters of every layer.

A layer is a named tuple of arrays (``reference.layer_types.parameters.Layer``). The derivative of ``|w|`` at 0 is 0 by convention.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.comparisons import Array, positive


class Penalty(NamedTuple):
    """The coefficients of both sums, and the names of the parameters ``of`` which they are."""

    l1: Any
    l2: Any
    of: tuple[str, ...]


def sign(w: Array) -> Array:
    """Entry by entry 1, 0 or -1."""
    one = w * 0 + 1
    return np.asarray(positive(w) * one - positive(-w) * one)


def penalized(penalty: Penalty, layers: Iterable[Any]) -> Iterator[Array]:
    """The parameters that are penalized."""
    return (getattr(layer, name) for layer in layers for name in penalty.of)


def value(penalty: Penalty, layers: Iterable[Any]) -> Any:
    """``l1 sum |w| + l2 sum w^2``, a scalar."""
    weights = list(penalized(penalty, layers))
    terms = [penalty.l1 * sum(np.sum(w * sign(w)) for w in weights)] if penalty.l1 else []
    return sum([*terms, penalty.l2 * sum(np.sum(w * w) for w in weights)] if penalty.l2 else terms)


def of_array(penalty: Penalty, w: Array) -> Array:
    """``l1 sign(w) + 2 l2 w``."""
    terms = [penalty.l1 * sign(w)] if penalty.l1 else []
    return np.asarray(sum([*terms, 2 * penalty.l2 * w] if penalty.l2 else terms))


def added(penalty: Penalty | None, layers: Sequence[Any], gradients: list[Any]) -> list[Any]:
    """The gradients of the loss with those of the penalty added, layer by layer."""
    if penalty is None:
        return gradients
    return [
        gradient._replace(**{name: getattr(gradient, name) + of_array(penalty, getattr(layer, name)) for name in penalty.of})
        for layer, gradient in zip(layers, gradients, strict=True)
    ]

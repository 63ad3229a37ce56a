"""Scaled dot-product attention (Attention Is All You Need, 2017, equation 1)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.activations import softmax_backward
from reference.comparisons import Array
from reference.layer_types.layer_type import BackwardResult
from reference.layer_types.parameters import Layer


class Attention(NamedTuple):
    """``softmax(Q K^T / sqrt(d)) V`` of queries, keys and values ``(samples, times, d)``.

    ``causal``: no time sees a later one, as if its score were minus infinity. So it is where a ``mask`` of booleans, which has the
    shape of the scores, of one sample or of all, is false.
    """

    causal: bool = False
    mask: Array | None = None

    def forward(self, parameters: Layer, *inputs: Array) -> Array:
        """``(samples, times of the queries, features of the values)``."""
        query, key, value = inputs
        return self.weights(query, key) @ value

    def weights(self, query: Array, key: Array) -> Array:
        """The softmax of the scores, ``(samples, times of the queries, times of the keys)``; 0 where nothing is seen."""
        scores = query @ key.swapaxes(1, 2) / root_of_width(query)
        seen = self.seen(scores)
        others = seen[..., np.newaxis, :] & ~np.eye(scores.shape[-1], dtype=bool)
        with np.errstate(over="ignore"):
            terms = np.exp(scores[..., np.newaxis, :] - scores[..., np.newaxis])
        return seen * scores**0 / terms.sum(axis=-1, where=others, initial=1)

    def seen(self, scores: Array) -> Array:
        """Which key each query sees."""
        rows, columns = scores.shape[-2:]
        seen = np.tri(rows, columns, dtype=bool) | (not self.causal)
        return np.broadcast_to(seen if self.mask is None else seen & self.mask, scores.shape)

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """``V' = A^T Y'``, and through the softmax ``Q' = S' K / sqrt(d)``, ``K' = S'^T Q / sqrt(d)``."""
        query, key, value = inputs
        weights = self.weights(query, key)
        by_scores = softmax_backward(weights, weights, dy @ value.swapaxes(1, 2)) / root_of_width(query)
        return (by_scores @ key, by_scores.swapaxes(1, 2) @ query, weights.swapaxes(1, 2) @ dy), Layer()


def root_of_width(query: Array) -> Any:
    """``sqrt(d)`` in the number type of the queries."""
    return np.sqrt(query[:1, :1, :1] * 0 + query.shape[-1])

"""Scaled dot-product attention (arXiv:1706.03762, equation 1), one query after the other."""

from collections.abc import Iterator

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import Options, Weights
from verification.random_examples.truth.numbers import Array, array, sign
from verification.random_examples.truth.operations import softmax


def attention(branches: Branches, p: Options, weights: Weights, queries: Array, keys: Array, values: Array) -> Array:
    """Every query's mean of the values that it sees, each by its share."""
    samples = enumerate(zip(queries, keys, values, strict=True))
    return array(
        [[attended(q, k, v, list(seen(p, sample, time, len(k)))) for time, q in enumerate(qs)] for sample, (qs, k, v) in samples]
    )


def seen(p: Options, sample: int, time: int, keys: int) -> Iterator[int]:
    """The keys that the query of a time sees: where it is causal none of later times, and those that the mask has."""
    mask = p.get("mask")
    of_sample = mask[sample] if mask is not None and mask.ndim > 2 else mask
    for key in range(keys):
        if (key <= time or not p["causal"]) and (of_sample is None or sign(of_sample[time, key])):
            yield key


def attended(query: Array, keys: Array, values: Array, places: list[int]) -> list[object]:
    """The mean of the values at some places, by the softmax of the scaled products with the keys there."""
    scores = array([mpmath.fdot(query, keys[place]) / mpmath.sqrt(len(query)) for place in places])
    shares = softmax(scores)
    return [mpmath.fdot(shares, column[places]) for column in values.T]

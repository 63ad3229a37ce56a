"""Scaled dot-product attention (arXiv:1706.03762, equation 1), one query after the other."""

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import Options, Weights
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import softmax


def attention(branches: Branches, p: Options, weights: Weights, queries: Array, keys: Array, values: Array) -> Array:
    """Every query's mean of the values that it sees, each by its share."""
    samples = zip(queries, keys, values, strict=True)
    return array([[attended(q, k[: seen(p, time, k)], v) for time, q in enumerate(qs)] for qs, k, v in samples])


def seen(p: Options, time: int, keys: Array) -> int:
    """How many keys the query of a time sees: with a causal mask none of later times."""
    return time + 1 if p["causal"] else len(keys)


def attended(query: Array, keys: Array, values: Array) -> list[object]:
    """The mean of as many values as there are keys, by the softmax of the scaled products."""
    scores = array([mpmath.fdot(query, key) / mpmath.sqrt(len(query)) for key in keys])
    shares = softmax(scores)
    return [mpmath.fdot(shares, column[: len(keys)]) for column in values.T]

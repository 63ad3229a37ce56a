"""Normalization over a batch (arXiv:1502.03167, algorithm 1) or within a row (arXiv:1607.06450, equation 3)."""

import mpmath

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import Options, Weights
from verification.random_examples.truth.layers import LAYERS
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import total


def of_batch(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """Every unit or channel by the statistics of the batch, or by those that are given."""
    epsilon = array(p["epsilon"])
    if "running_mean" in p:
        statistics = p["running_mean"], p["running_variance"]
        return LAYERS["batch normalization at inference"](
            branches, {}, x, weights["scale"], weights["offset"], *statistics, epsilon
        )
    return LAYERS["batch normalization"](branches, {}, x, weights["scale"], weights["offset"], epsilon)


def of_rows(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
    """Every row of the last axis by its own mean and biased variance."""
    rows = []
    for row in x.reshape(-1, x.shape[-1]):
        deviations = row - total(row) / len(row)
        variance = total(deviations**2) / len(row)
        rows.append(weights["scale"] * deviations / mpmath.sqrt(variance + p["epsilon"]) + weights["offset"])
    return array(rows).reshape(x.shape)

"""Dropout: both conventions have the same expectation, and gradients are exact in rationals."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from reference.finite_differences import numerical_gradient
from reference.layers import dropout
from worked_examples import numbers

KEEP_PROB = Fraction(3, 4)


def expectation(layer: Any) -> Any:
    """The mean of a layer's output over all masks of three units, by their probabilities."""
    masks = [np.array(mask, dtype=object) for mask in product((0, 1), repeat=3)]
    return sum(layer(mask) * KEEP_PROB ** mask.sum() * (1 - KEEP_PROB) ** (3 - mask.sum()) for mask in masks)


def test_inference_is_the_expectation_of_training() -> None:
    """Inverted dropout has the expectation x, the original one x times the probability, as each uses at inference."""
    x = numbers(["1", "-2", "0.5"], "rational")
    assert expectation(lambda mask: dropout.inverted(x, mask, KEEP_PROB)).tolist() == x.tolist()
    assert expectation(lambda mask: dropout.original(x, mask)).tolist() == dropout.original_inference(x, KEEP_PROB).tolist()


def test_the_gradients_are_exact_in_rationals() -> None:
    """Only units that are kept have one, scaled as the output is."""
    x, mask, dy = (numbers(texts, "rational") for texts in (["1", "-2", "0.5"], ["1", "0", "1"], ["3", "5", "7"]))
    dx, dmask = dropout.inverted_backward(x, mask, KEEP_PROB, dy)
    assert dx.tolist() == [4, 0, Fraction(28, 3)]
    assert np.array_equal(numerical_gradient(lambda mask: (dropout.inverted(x, mask, KEEP_PROB) * dy).sum(), mask, 1), dmask)

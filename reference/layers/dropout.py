"""Dropout with a given mask (dl-python, VI.4; Improving neural networks by preventing co-adaptation, 2012).

A mask holds 1 for a unit that is kept and 0 for one that is dropped; ``keep_prob`` is the probability of 1. Two conventions give
the same expectation: Keras and PyTorch scale in training (*inverted* dropout), the first paper scales at inference.
"""

from typing import Any

from reference.comparisons import Array


def inverted(x: Array, mask: Array, keep_prob: Any) -> Array:
    """``x mask / keep_prob`` in training; at inference ``x`` itself."""
    return x * mask / keep_prob


def inverted_backward(x: Array, mask: Array, keep_prob: Any, dy: Array) -> tuple[Array, Array]:
    """The gradients with respect to ``x`` and to the mask."""
    return dy * mask / keep_prob, dy * x / keep_prob


def original(x: Array, mask: Array) -> Array:
    """``x mask`` in training, unscaled."""
    return x * mask


def original_inference(x: Array, keep_prob: Any) -> Array:
    """``x keep_prob`` at inference: the expectation of ``original``."""
    return x * keep_prob

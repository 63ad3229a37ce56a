"""Dropout with a given mask (dl-python, VI.4; Improving neural networks by preventing co-adaptation, 2012).

A mask holds 1 for a unit that stays and 0 for one that is dropped; ``kept`` is the probability of staying. Two conventions give the
same expectation: Keras and PyTorch scale in training (*inverted* dropout), the first paper scales at inference.
"""

from typing import Any

from reference.comparisons import Array


def inverted(x: Array, mask: Array, kept: Any) -> Array:
    """``x mask / kept`` in training; at inference ``x`` itself."""
    return x * mask / kept


def inverted_backward(x: Array, mask: Array, kept: Any, dy: Array) -> tuple[Array, Array]:
    """The gradients with respect to ``x`` and to the mask."""
    return dy * mask / kept, dy * x / kept


def original(x: Array, mask: Array) -> Array:
    """``x mask`` in training, unscaled."""
    return x * mask


def original_inference(x: Array, kept: Any) -> Array:
    """``x kept`` at inference: what ``original`` gives in the mean."""
    return x * kept

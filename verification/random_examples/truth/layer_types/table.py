"""The layer types of the oracle by their names in fixtures."""

from collections.abc import Mapping

from verification.random_examples.truth.layer_types.attention import attention
from verification.random_examples.truth.layer_types.images import average_pooling, convolution, max_pooling
from verification.random_examples.truth.layer_types.normalization import of_batch, of_rows
from verification.random_examples.truth.layer_types.plain import (
    added,
    as_it_is,
    dense,
    dropout,
    embedding,
    joined,
    rearranged,
    shift,
)
from verification.random_examples.truth.layer_types.sequences import LayerFunction, gru, lstm, recurrent, sequence

SHIFT = "shift"  # of the oracle alone
LAYER_TYPES: Mapping[str, LayerFunction] = {
    "activation": as_it_is,
    "add": added,
    "attention": attention,
    "average pooling": average_pooling,
    "batch normalization": of_batch,
    "concatenate": joined,
    "convolution": convolution,
    "dense": dense,
    "dropout": dropout,
    "embedding": embedding,
    "flatten": rearranged,
    "gru": sequence(gru),
    "layer normalization": of_rows,
    "lstm": sequence(lstm),
    "max pooling": max_pooling,
    "recurrent": sequence(recurrent),
    "reshape": rearranged,
    SHIFT: shift,
}
"""Pre-activations of ``(branches, options, weights, *inputs)``."""

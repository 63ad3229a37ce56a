"""How each type of layer is used, by its name in fixtures."""

from collections.abc import Callable, Mapping
from typing import Any

from verification.random_examples.generator.layered import images, joins, sequences, shapes, units
from verification.random_examples.generator.layered.building import LayerBuilder

LAYERS: Mapping[str, Callable[[LayerBuilder], Any]] = {
    "activation": units.activation,
    "add": joins.add,
    "attention": sequences.attention,
    "average pooling": images.average_pooling,
    "batch normalization": units.batch_normalization,
    "concatenate": joins.concatenate,
    "convolution": images.convolution,
    "dense": units.dense,
    "dropout": units.dropout,
    "embedding": units.embedding,
    "flatten": shapes.flatten,
    "gru": sequences.gru,
    "layer normalization": units.layer_normalization,
    "lstm": sequences.lstm,
    "max pooling": images.max_pooling,
    "recurrent": sequences.recurrent,
    "reshape": shapes.reshape,
}
COLUMNS: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("convolution", "max pooling", "average pooling"), (4, 6, 8, 9, 12, 16)),
    **dict.fromkeys(("recurrent", "lstm", "gru", "attention"), (2, 3, 4, 6)),
}
"""How many columns the data may have: enough for images or sequences."""
FEW_COLUMNS = (1, 2, 3, 4)

"""The formulas of the reference that the book's side of a convention may name, by family."""

from collections.abc import Mapping

from reference.activations import ACTIVATIONS
from reference.convention_formulas import FORMULAS
from reference.initializers import STANDARD_DEVIATIONS
from reference.optimization.optimizers import OPTIMIZERS
from reference.optimization.weight_decay import DECAYS

LAYERS = (  # the keys of adapters/reference/layers.py, which this package must not import
    *("dense", "flatten", "convolution", "max pooling", "average pooling", "average pooling, padding counted"),
    *("batch normalization", "batch normalization, unbiased", "layer normalization", "dropout", "dropout, inverted"),
    *("lstm", "gru", "gru reset after"),
)
BOOK_FORMULAS: Mapping[str, tuple[str, ...]] = {
    "optimizer": tuple(OPTIMIZERS),
    "function": tuple(FORMULAS),
    "layer": LAYERS,
    "initializer": (*STANDARD_DEVIATIONS, *(f"{name} uniform" for name in STANDARD_DEVIATIONS), "normal", "zeros"),
    "training": ("passes",),
}
PRECEDING: Mapping[str, tuple[str, ...]] = {  # what may come before a formula: a decay before an optimizer's step, ...
    "optimizer": tuple(DECAYS),
    "function": tuple(ACTIVATIONS),
}

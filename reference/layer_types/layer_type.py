"""What a type of layer is: options, a forward and a backward pass; parameters are apart, in the module ``parameters``."""

from collections.abc import Callable, Sequence
from typing import Protocol

from reference.comparisons import Array
from reference.layer_types.parameters import Layer

BackwardResult = tuple[Sequence[Array], Layer]


class LayerType(Protocol):
    """A type of layer with its options."""

    @property
    def forward(self) -> Callable[..., Array]:
        """``forward(parameters, *inputs)``: the pre-activations of one or more inputs, each ``(samples, ...)``."""

    def backward(self, parameters: Layer, inputs: Sequence[Array], y: Array, dy: Array) -> BackwardResult:
        """The gradients by each of the inputs and by the parameters; ``dy`` is the one by the pre-activations ``y``.

        A parameter that the layer does not have has an empty gradient.
        """

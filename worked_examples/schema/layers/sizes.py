"""The sizes of the layers of a network: what each counts by the reference's formulas."""

from collections.abc import Iterator, Sequence
from math import prod

from reference.sizes import Count, counted
from worked_examples.limits import LARGEST_WHOLE, WEIGHTS
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.graph import given_to
from worked_examples.schema.layers.rearranging import ReshapeLayer

BIASES = ("bias", "recurrent_bias", "offset")


def counts_of(layers: Sequence[AnyLayer], inputs: int) -> Iterator[Count]:
    """Every layer's count for data of so many columns.

    Raises:
        ValueError: where a layer does not fit its inputs, or is too large; the message begins with its key.

    """
    weights = 0
    for index, (layer, (given, shape)) in enumerate(zip(layers, given_to(layers, inputs), strict=True)):
        shapes = layer.parameter_shapes(given)
        biases = sum(prod(of) for name, of in shapes.items() if name in BIASES)
        n_weights = sum(prod(of) for of in shapes.values()) - biases
        weights += n_weights
        if prod(shape) > LARGEST_WHOLE:
            raise ValueError(f"layers[{index}]: an output of {prod(shape):,} numbers; accepted: at most {LARGEST_WHOLE:,}")
        if weights > WEIGHTS:
            raise ValueError(f"layers[{index}]: {weights:,} weights up to this layer; accepted: at most {WEIGHTS:,}")
        yield counted(layer.type, [one.shape for one in given], shape, n_weights, biases)


def inputs_of(layers: Sequence[AnyLayer]) -> int:
    """How many columns the data have, as the first layer says.

    Raises:
        ValueError: where it does not; the message begins with its key.

    """
    first = layers[0]
    if isinstance(first, ReshapeLayer):
        return prod(first.shape)
    if isinstance(first, DenseLayer) and len(first.kernel):
        return first.n_inputs_of_unit
    raise ValueError(
        "layers[0]: how many inputs there are is not known without [data]; write first: { type = 'reshape', shape = [...] }"
    )

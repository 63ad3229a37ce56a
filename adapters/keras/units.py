"""The layers of a network in Keras: the classes of ``keras.layers``, each with its variables in the reference's terms.

Images go from layer to layer in the reference's layout ``(N, C, H, W)``; the layers themselves work in Keras's own,
``(N, H, W, C)`` with filters ``(H, W, C, FN)``. Keras has the gates of an LSTM and of a GRU in the reference's order.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from keras import layers, ops

from adapters.protocol import Array, Parameters
from worked_examples.number_types import numbers
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.attention import AttentionLayer
from worked_examples.schema.layers.images import AveragePoolingLayer, ConvolutionLayer, Extents, Pooling
from worked_examples.schema.layers.normalization import BatchNormalizationLayer, DropoutLayer, LayerNormalizationLayer
from worked_examples.schema.layers.sequences import GruLayer, RecurrentBase

FILTERS = (2, 3, 1, 0)


def step(x: Any, *, below: int, at_zero: bool = False) -> Any:
    """A step from ``below`` to 1, at 0 too or not, by the perceptron's rule: its derivative is taken to be 1."""
    above = x >= 0 if at_zero else x > 0
    return ops.cast(ops.where(above, 1, below), x.dtype) + (x - ops.stop_gradient(x))


ACTIVATIONS = {  # where Keras's name is another, or it has none
    "identity": "linear",
    "step": partial(step, below=0),
    "step at zero": partial(step, below=0, at_zero=True),
    "bipolar step": partial(step, below=-1),
    "bipolar step at zero": partial(step, below=-1, at_zero=True),
}


class Slot(NamedTuple):
    """A variable of Keras, and what it is in the reference: a field, or two that Keras stacks, with the axes in ``axes`` order."""

    variable: Any
    fields: tuple[str, ...]
    axes: tuple[int, ...] | None = None

    def of(self, parameters: Parameters) -> Array:
        """The values of the variable."""
        array = (
            np.stack([getattr(parameters, name) for name in self.fields])
            if self.fields[1:]
            else getattr(parameters, self.fields[0])
        )
        return np.transpose(array, self.axes) if self.axes else array

    def fields_of(self, values: Any) -> dict[str, Array]:
        """The inverse of ``of``, for values or gradients of the variable."""
        array = np.asarray(ops.convert_to_tensor(values))
        array = np.transpose(array, np.argsort(self.axes)) if self.axes else array
        return dict(zip(self.fields, array, strict=True)) if self.fields[1:] else {self.fields[0]: array}


class Unit(NamedTuple):
    """One layer: ``call`` maps its inputs to its pre-activations; ``slots`` are its variables once it was called.

    ``core`` is the layer of Keras that has them, where there is one.
    """

    call: Callable[..., Any]
    activation: Any
    slots: Callable[[], list[Slot]] = list
    core: Any = None

    def __call__(self, inputs: Sequence[Any]) -> tuple[Any, Any]:
        """Pre-activations and outputs; an input that is passed on has as a pre-activation a gradient of its own."""
        pre_activations = self.call(*inputs)
        if any(pre_activations is each for each in inputs):
            pre_activations = ops.copy(pre_activations)
        return pre_activations, self.activation(pre_activations) if self.activation else pre_activations


def activation_of(name: str) -> Any:
    """The layer of an activation; none where it would change nothing."""
    return None if name == "identity" else layers.Activation(ACTIVATIONS.get(name, name))


def with_core(core: Any, fields: Mapping[str, tuple[str, ...]], name: str, call: Any = None, holder: Any = None) -> Unit:
    """A layer of Keras with its variables: the name of each attribute, and the fields that it holds."""

    def slots() -> list[Slot]:
        found = ((getattr(holder or core, attribute), names) for attribute, names in fields.items())
        return [Slot(variable, names, FILTERS if variable.ndim == len(FILTERS) else None) for variable, names in found]

    return Unit(call or core, activation_of(name), slots, core)


@tf.custom_gradient  # type: ignore[untyped-decorator]  # TensorFlow does not have types
def through_updated(x: Any, kernel: Any, rate: Any) -> Any:
    """``x W``, whose gradient by ``x`` is taken from ``W`` after a step of gradient descent along its own gradient."""

    def back(dy: Any) -> tuple[Any, Any, None]:
        by_kernel = tf.matmul(x, dy, transpose_a=True)
        return tf.matmul(dy, kernel - rate * by_kernel, transpose_b=True), by_kernel, None

    return tf.matmul(x, kernel), back


class OurDense(layers.Dense):  # type: ignore[misc]  # Keras does not have types
    """``Dense`` with one bias for all units, or with gradients that go back through kernels updated at a learning rate."""

    def __init__(self, units: int, *, shared: bool, rate: float | None, **options: Any) -> None:
        super().__init__(units, **options)
        self.shared, self.rate = shared, rate

    def call(self, x: Any, training: bool | None = None) -> Any:  # noqa: FBT001, RUF100 -- Keras's
        """``x W + b``."""
        if self.rate is None:
            return super().call(x, training=training)
        y = through_updated(x, ops.convert_to_tensor(self.kernel), ops.cast(np.float64(self.rate), x.dtype))
        return y if self.bias is None else y + self.bias

    def add_weight(self, shape: Any = None, *args: Any, name: str | None = None, **options: Any) -> Any:
        """The wanted weight; of the bias one entry."""
        return super().add_weight((1,) if name == "bias" and self.shared else shape, *args, name=name, **options)


def dense(units: int, activation: str, *, use_bias: bool = True, shared: bool = False, rate: float | None = None) -> Unit:
    """``Dense``, and its activation; one of ours where units share their bias, or weights are updated at a ``rate`` first."""
    fields = {"kernel": ("kernel",), "bias": ("bias",)} if use_bias else {"kernel": ("kernel",)}
    ours = shared or rate is not None
    core = OurDense(units, shared=shared, rate=rate, use_bias=use_bias) if ours else layers.Dense(units, use_bias=use_bias)
    return with_core(core, fields, activation)


def last(x: Any) -> Any:
    """Channels last."""
    return layers.Permute((2, 3, 1))(x)


def first(x: Any) -> Any:
    """Channels first."""
    return layers.Permute((3, 1, 2))(x)


def padded(x: Any, extents: Extents, fill: float = 0.0) -> Any:
    """Channels last, with the padding around."""
    rows, columns = extents.padding
    around = ((0, 0), (rows, rows), (columns, columns), (0, 0))
    return ops.pad(last(x), around, constant_values=fill) if rows or columns else last(x)


def convolution(layer: ConvolutionLayer) -> Unit:
    """``Conv2D`` on the padded image."""
    extents, has_bias = layer.extents, layer.bias is not None
    core = layers.Conv2D(layer.n_filters, extents.size, strides=extents.stride, groups=layer.groups, use_bias=has_bias)
    fields = {"kernel": ("kernel",), "bias": ("bias",)} if has_bias else {"kernel": ("kernel",)}
    return with_core(core, fields, layer.activation, lambda x: first(core(padded(x, extents))))


def pooling(layer: Pooling) -> Unit:
    """``MaxPooling2D`` or ``AveragePooling2D``; a mean without the zeros of the padding is multiplied by what they took."""
    extents = layer.extents
    if not isinstance(layer, AveragePoolingLayer):
        core = layers.MaxPooling2D(extents.size, strides=extents.stride)
        return Unit(lambda x: first(core(padded(x, extents, -np.inf))), None)
    mean = layers.AveragePooling2D(extents.size, strides=extents.stride)

    def call(x: Any) -> Any:
        y = first(mean(padded(x, extents)))
        counts = first(mean(padded(ops.ones_like(x[:1, :1]), extents)))
        return y if layer.counts_padding or not any(extents.padding) else y / counts

    return Unit(call, None)


class Normalization(layers.BatchNormalization):  # type: ignore[misc]  # Keras does not have types
    """``BatchNormalization`` that is always in training, or never: a model that trains would decide it for all of its layers."""

    def __init__(self, *, by_batch: bool, **options: Any) -> None:
        super().__init__(**options)
        self.by_batch = by_batch

    def call(self, x: Any, training: bool | None = None, mask: Any = None) -> Any:  # noqa: ARG002, FBT001, RUF100 -- Keras's
        """By the statistics of the batch, or by the running ones."""
        return super().call(x, training=self.by_batch)


def batch_normalization(layer: BatchNormalizationLayer) -> Unit:
    """``BatchNormalization`` of the second axis; a momentum of 1 keeps its running statistics."""
    epsilon = float(layer.epsilon or 1)  # not known where only sizes are
    core = Normalization(by_batch=layer.running_mean is None, axis=1, epsilon=epsilon, momentum=1.0)

    def call(x: Any) -> Any:
        if not core.built and layer.running_mean is not None:
            core.build(x.shape)
            core.moving_mean.assign(numbers(layer.running_mean))
            core.moving_variance.assign(numbers(layer.running_variance))
        return core(x)

    return with_core(core, {"gamma": ("kernel",), "beta": ("bias",)}, layer.activation, call)


def layer_normalization(layer: LayerNormalizationLayer) -> Unit:
    """``LayerNormalization`` of the last axis."""
    core = layers.LayerNormalization(epsilon=float(layer.epsilon or 1))
    return with_core(core, {"gamma": ("kernel",), "beta": ("bias",)}, layer.activation)


def dropout(layer: DropoutLayer) -> Unit:
    """The mask that is given; ``Dropout`` makes its own."""
    mask, keep_prob = numbers(layer.mask), numbers(layer.keep_prob)
    return Unit(lambda x: x * ops.cast(mask, x.dtype) / ops.cast(keep_prob, x.dtype), None)


def recurrent(layer: RecurrentBase) -> Unit:
    """``SimpleRNN``, ``LSTM`` or ``GRU``, unrolled."""
    options: dict[str, Any] = {"return_sequences": layer.returns_sequences, "unroll": True}
    fields: dict[str, tuple[str, ...]] = {name: (name,) for name in ("kernel", "recurrent_kernel", "bias")}
    if isinstance(layer, GruLayer):
        core = layers.GRU(layer.units, reset_after=layer.reset == "after", **options)
        fields |= {"bias": ("bias", "recurrent_bias")} if layer.reset == "after" else {}
    else:
        core = (layers.LSTM if kind_of(layer) == "lstm" else layers.SimpleRNN)(layer.units, **options)
    names = ["initial_state", "initial_cell"] if kind_of(layer) == "lstm" else ["initial_state"]
    states = [layer.state(name, "float64") for name in names]

    def call(x: Any) -> Any:
        zeros = ops.zeros_like(x[:, 0, :1])
        return core(x, initial_state=[zeros + ops.cast(state, x.dtype) for state in states])

    return with_core(core, fields, "identity", call, core.cell)


def kind_of(layer: Any) -> str:
    """The type of a layer."""
    return str(layer.type)


def attention(layer: AttentionLayer) -> Unit:
    """``Attention``, which has no factor of its own: the queries are divided by the root of their width.

    It takes masks of times only; where each query has a mask of its own, ``Softmax`` takes it, between two products.
    """
    core, softmax = layers.Attention(), layers.Softmax()

    def call(query: Any, key: Any, value: Any) -> Any:
        scaled = query / ops.cast(np.sqrt(np.float64(query.shape[-1])), query.dtype)
        if layer.mask is None:
            return core([scaled, value, key], use_causal_mask=layer.causal)
        seen = layer.seen if layer.seen.ndim > 2 else layer.seen[None]
        return softmax(scaled @ ops.swapaxes(key, 1, 2), mask=ops.convert_to_tensor(seen)) @ value

    return Unit(call, None, core=core)


def embedding(layer: Any) -> Unit:
    """``Embedding``."""
    core = layers.Embedding(len(layer.kernel), len(layer.kernel[0]))
    return with_core(core, {"embeddings": ("kernel",)}, "identity")


def dense_of(layer: Any, rate: float | None = None) -> Unit:
    """A dense layer of an example; see ``dense``."""
    return dense(layer.n_units, layer.activation, use_bias=layer.bias is not None, shared=layer.shared_bias, rate=rate)


UNITS: Mapping[str, Callable[[Any], Unit]] = {
    "dense": dense_of,
    "convolution": convolution,
    "max pooling": pooling,
    "average pooling": pooling,
    "batch normalization": batch_normalization,
    "layer normalization": layer_normalization,
    "dropout": dropout,
    "activation": lambda layer: Unit(lambda x: x, activation_of(layer.activation)),
    "flatten": lambda _: Unit(layers.Flatten(), None),
    "reshape": lambda layer: Unit(layers.Reshape(tuple(layer.shape)), None),
    "add": lambda layer: Unit(lambda *inputs: layers.Add()(inputs), activation_of(layer.activation)),
    "concatenate": lambda layer: Unit(lambda *inputs: layers.Concatenate(axis=layer.axis)(inputs), activation_of(layer.activation)),
    "embedding": embedding,
    "recurrent": recurrent,
    "lstm": recurrent,
    "gru": recurrent,
    "attention": attention,
}


def unit_of(layer: AnyLayer) -> Unit:
    """The unit of a layer of an example."""
    return UNITS[layer.type](layer)

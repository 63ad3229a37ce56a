"""The layers of calculations in Keras: the classes of ``keras.layers``, their variables replaced by the calculation's arrays.

Images go in and come out in the reference's layout ``(N, C, H, W)``; the layers themselves work in Keras's own,
``(N, H, W, C)`` with filters ``(FH, FW, C, FN)``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keras import layers, ops

from adapters.calculation import UnsupportedError
from reference.layers.im2col import pair, same_padding

Settings = Mapping[str, Any]


def applied(layer: layers.Layer, x: Any, weights: Sequence[Any] = (), running: Sequence[Any] = (), **options: Any) -> Any:
    """The output of a layer whose trainable and other variables have these values."""
    if not layer.built:
        layer.build(x.shape)
    return layer.stateless_call(list(weights), list(running or layer.non_trainable_variables), x, **options)[0]


def last(x: Any) -> Any:
    """Channels last."""
    return ops.transpose(x, (0, 2, 3, 1))


def first(x: Any) -> Any:
    """Channels first."""
    return ops.transpose(x, (0, 3, 1, 2))


def padding(p: Settings, x: Any, size: Sequence[int]) -> str:
    """Keras's word for the padding; layers that pad themselves have only two."""
    extents, strides = pair(p.get("padding", 0)), pair(p.get("stride", 1))
    if extents == (0, 0):
        return "valid"
    same = [same_padding(*sizes) for sizes in zip(x.shape[2:], size, strides, strict=True)]
    if same == [(extent, extent) for extent in extents]:
        return "same"
    raise UnsupportedError(f"'same' pads {same} here, not {list(extents)} on either side")


def padded(p: Settings, x: Any) -> Any:
    """``ZeroPadding2D``, channels last."""
    return layers.ZeroPadding2D(pair(p.get("padding", 0)), dtype=x.dtype.name)(last(x))


def convolution(p: Settings, x: Any, filters: Any, bias: Any) -> Any:
    """``Conv2D`` behind a ``ZeroPadding2D``."""
    layer = layers.Conv2D(filters.shape[0], tuple(filters.shape[2:]), strides=p.get("stride", 1), dtype=x.dtype.name)
    return first(applied(layer, padded(p, x), [ops.transpose(filters, (2, 3, 1, 0)), bias]))


def pooling(kind: Callable[..., Any], p: Settings, x: Any) -> Any:
    """A pooling layer that pads itself."""
    size = pair(p["size"])
    layer = kind(size, strides=p.get("stride", 1), padding=padding(p, x, size), dtype=x.dtype.name)
    return first(layer(last(x)))


def average_counted(p: Settings, x: Any) -> Any:
    """``AveragePooling2D`` behind a ``ZeroPadding2D``, so that the padding is part of the image."""
    return first(layers.AveragePooling2D(pair(p["size"]), strides=p.get("stride", 1), dtype=x.dtype.name)(padded(p, x)))


def windows(p: Settings, x: Any) -> Any:
    """The entries of every window, ``(N, C, OH, OW, FH FW)``, by ``ops.image.extract_patches``."""
    size, channels = pair(p["size"]), x.shape[1]
    patches = ops.image.extract_patches(
        last(x), size, strides=pair(p.get("stride", 1)), padding="valid", data_format="channels_last"
    )
    return ops.transpose(ops.reshape(patches, (*patches.shape[:3], size[0] * size[1], channels)), (0, 4, 1, 2, 3))


def stochastic(p: Settings, x: Any, draws: Any) -> Any:
    """Keras does not have stochastic pooling: each draw is looked up in the cumulative sums of its window."""
    entries = windows(p, x)
    cumulative = ops.cumsum(entries, axis=-1)
    chosen = ops.argmax(ops.cast(cumulative > draws[..., None] * cumulative[..., -1:], "int32"), axis=-1)
    return ops.take_along_axis(entries, chosen[..., None], axis=-1)[..., 0]


def expected(p: Settings, x: Any) -> Any:
    """Stochastic pooling at inference."""
    entries = windows(p, x)
    return ops.sum(ops.square(entries), axis=-1) / ops.sum(entries, axis=-1)


def batch_normalization(_: Settings, x: Any, gamma: Any, beta: Any, *rest: Any) -> Any:
    """``BatchNormalization`` of the second axis; without running statistics, by those of the batch."""
    *running, epsilon = rest
    layer = layers.BatchNormalization(axis=1, epsilon=float(epsilon), dtype=x.dtype.name)
    return applied(layer, x, [gamma, beta], [ops.stop_gradient(array) for array in running], training=not running)


def sequence(kind: Callable[..., Any], x: Any, weights: Sequence[Any], **options: Any) -> Any:
    """All states of a recurrent layer."""
    layer = kind(weights[1].shape[0], return_sequences=True, dtype=x.dtype.name, **options)
    return applied(layer, x, weights)


def lstm(_: Settings, x: Any, kernel: Any, recurrent: Any, *biases: Any) -> Any:
    """``LSTM``, which has one bias: the sum of the two."""
    return sequence(layers.LSTM, x, [kernel, recurrent, sum(biases)])


def gru(_: Settings, x: Any, kernel: Any, recurrent: Any, bias: Any, recurrent_bias: Any) -> Any:
    """``GRU`` with ``reset_after=False``, which has one bias: the sum of the two."""
    return sequence(layers.GRU, x, [kernel, recurrent, bias + recurrent_bias], reset_after=False)


def gru_reset_after(_: Settings, x: Any, kernel: Any, recurrent: Any, bias: Any, recurrent_bias: Any) -> Any:
    """``GRU`` by default; its two biases are one array."""
    return sequence(layers.GRU, x, [kernel, recurrent, ops.stack((bias, recurrent_bias))])


def dense(x: Any, kernel: Any, bias: Any) -> Any:
    """``Dense`` with a sigmoid."""
    return applied(layers.Dense(kernel.shape[1], activation="sigmoid", dtype=x.dtype.name), x, [kernel, bias])


def crop(p: Settings, x: Any) -> Any:
    """``Cropping2D``."""
    rows, columns = p["index"]
    sides = (rows.start, x.shape[2] - rows.stop), (columns.start, x.shape[3] - columns.stop)
    return first(layers.Cropping2D(sides, dtype=x.dtype.name)(last(x)))


LAYERS: Mapping[str, Callable[..., Any]] = {
    "convolution": convolution,
    "max pooling": lambda p, x: pooling(layers.MaxPooling2D, p, x),
    "average pooling": lambda p, x: pooling(layers.AveragePooling2D, p, x),
    "average pooling, padding counted": average_counted,
    "stochastic pooling": stochastic,
    "expected pooling": expected,
    "batch normalization": batch_normalization,
    "batch normalization at inference": batch_normalization,
    "dropout": lambda _, x, mask, keep_prob: x * mask / ops.stop_gradient(keep_prob),  # Dropout makes its own mask
    "recurrent": lambda _, x, *weights: sequence(layers.SimpleRNN, x, weights),
    "lstm": lstm,
    "gru": gru,
    "gru reset after": gru_reset_after,
    "hidden units": lambda _, v, kernel, bias: dense(v, kernel, bias),
    "visible units": lambda _, h, kernel, bias: dense(h, ops.transpose(kernel), bias),
    "flip": lambda p, x: ops.flip(x, axis=p["axis"]),
    "crop": crop,
    "concatenate": lambda p, *arrays: layers.Concatenate(axis=p["axis"], dtype=arrays[0].dtype.name)(arrays),
    "rows": lambda _, x: layers.Reshape((-1,), dtype=x.dtype.name)(x),
    "sum of products": lambda _, *arrays: sum(ops.sum(a * b) for a, b in zip(arrays[::2], arrays[1::2], strict=True)),
}

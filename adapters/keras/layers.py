"""The layers of calculations in Keras: ``keras.layers``' own classes, their variables replaced by the calculation's arrays.

Images go in and come out in the reference's layout ``(N, C, H, W)``; the layers themselves work in Keras's own,
``(N, H, W, C)`` with filters ``(FH, FW, C, FN)``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keras import layers, ops

from adapters.calculation import UnsupportedError
from reference.layers.im2col import pair, same_padding

Parameters = Mapping[str, Any]


def applied(layer: layers.Layer, x: Any, weights: Sequence[Any] = (), running: Sequence[Any] = (), **how: Any) -> Any:
    """The output of a layer whose trainable and other variables have these values."""
    if not layer.built:
        layer.build(x.shape)
    return layer.stateless_call(list(weights), list(running or layer.non_trainable_variables), x, **how)[0]


def last(x: Any) -> Any:
    """Channels last."""
    return ops.transpose(x, (0, 2, 3, 1))


def first(x: Any) -> Any:
    """Channels first."""
    return ops.transpose(x, (0, 3, 1, 2))


def padding(p: Parameters, x: Any, size: Sequence[int]) -> str:
    """Keras's word for the padding; of layers that pad themselves it has only two."""
    wide, strides = pair(p.get("padding", 0)), pair(p.get("stride", 1))
    if wide == (0, 0):
        return "valid"
    same = [same_padding(*it) for it in zip(x.shape[2:], size, strides, strict=True)]
    if same == [(extent, extent) for extent in wide]:
        return "same"
    raise UnsupportedError(f"'same' pads {same} here, not {list(wide)} on either side")


def padded(p: Parameters, x: Any) -> Any:
    """``ZeroPadding2D``, channels last."""
    return layers.ZeroPadding2D(pair(p.get("padding", 0)), dtype=x.dtype.name)(last(x))


def convolution(p: Parameters, x: Any, filters: Any, bias: Any) -> Any:
    """``Conv2D`` behind a ``ZeroPadding2D``."""
    layer = layers.Conv2D(filters.shape[0], tuple(filters.shape[2:]), strides=p.get("stride", 1), dtype=x.dtype.name)
    return first(applied(layer, padded(p, x), [ops.transpose(filters, (2, 3, 1, 0)), bias]))


def pooled(kind: Callable[..., Any], p: Parameters, x: Any) -> Any:
    """A pooling layer that pads itself."""
    size = pair(p["size"])
    layer = kind(size, strides=p.get("stride", 1), padding=padding(p, x, size), dtype=x.dtype.name)
    return first(layer(last(x)))


def average_counted(p: Parameters, x: Any) -> Any:
    """``AveragePooling2D`` behind a ``ZeroPadding2D``, so that the padding is part of the image."""
    return first(layers.AveragePooling2D(pair(p["size"]), strides=p.get("stride", 1), dtype=x.dtype.name)(padded(p, x)))


def windows(p: Parameters, x: Any) -> Any:
    """What every window sees in a row of its own, ``(N, C, OH, OW, FH FW)``, from ``ops.image.extract_patches``."""
    size, channels = pair(p["size"]), x.shape[1]
    seen = ops.image.extract_patches(last(x), size, strides=pair(p["stride"]), padding="valid", data_format="channels_last")
    return ops.transpose(ops.reshape(seen, (*seen.shape[:3], size[0] * size[1], channels)), (0, 4, 1, 2, 3))


def stochastic(p: Parameters, x: Any, draws: Any) -> Any:
    """Keras has no stochastic pooling: each draw is looked up in the running sums of its window."""
    seen = windows(p, x)
    running = ops.cumsum(seen, axis=-1)
    chosen = ops.argmax(ops.cast(running > draws[..., None] * running[..., -1:], "int32"), axis=-1)
    return ops.take_along_axis(seen, chosen[..., None], axis=-1)[..., 0]


def expected(p: Parameters, x: Any) -> Any:
    """Stochastic pooling at inference."""
    seen = windows(p, x)
    return ops.sum(ops.square(seen), axis=-1) / ops.sum(seen, axis=-1)


def normalised(_: Parameters, x: Any, gamma: Any, beta: Any, *rest: Any) -> Any:
    """``BatchNormalization`` of the second axis; without running statistics, by those of the batch."""
    *running, epsilon = rest
    layer = layers.BatchNormalization(axis=1, epsilon=float(epsilon), dtype=x.dtype.name)
    return applied(layer, x, [gamma, beta], [ops.stop_gradient(array) for array in running], training=not running)


def sequence(kind: Callable[..., Any], x: Any, weights: Sequence[Any], **how: Any) -> Any:
    """All states of a recurrent layer."""
    layer = kind(weights[1].shape[0], return_sequences=True, dtype=x.dtype.name, **how)
    return applied(layer, x, weights)


def gru(_: Parameters, x: Any, kernel: Any, recurrent: Any, bias: Any, other: Any) -> Any:
    """``GRU`` with ``reset_after=False``, which has one bias: the sum of the two."""
    return sequence(layers.GRU, x, [kernel, recurrent, bias + other], reset_after=False)


def gru_reset_after(_: Parameters, x: Any, kernel: Any, recurrent: Any, bias: Any, other: Any) -> Any:
    """``GRU`` as it is by default; its two biases stand in one array."""
    return sequence(layers.GRU, x, [kernel, recurrent, ops.stack((bias, other))])


def dense(x: Any, kernel: Any, bias: Any) -> Any:
    """``Dense`` with a sigmoid."""
    return applied(layers.Dense(kernel.shape[1], activation="sigmoid", dtype=x.dtype.name), x, [kernel, bias])


def crop(p: Parameters, x: Any) -> Any:
    """``Cropping2D``."""
    rows, columns = p["index"]
    sides = (rows.start, x.shape[2] - rows.stop), (columns.start, x.shape[3] - columns.stop)
    return first(layers.Cropping2D(sides, dtype=x.dtype.name)(last(x)))


LAYERS: Mapping[str, Callable[..., Any]] = {
    "convolution": convolution,
    "max pooling": lambda p, x: pooled(layers.MaxPooling2D, p, x),
    "average pooling": lambda p, x: pooled(layers.AveragePooling2D, p, x),
    "average pooling, padding counted": average_counted,
    "stochastic pooling": stochastic,
    "expected pooling": expected,
    "batch normalization": normalised,
    "batch normalization at inference": normalised,
    "dropout": lambda _, x, mask, kept: x * mask / ops.stop_gradient(kept),  # Dropout draws its own mask: see tests/test_layers.py
    "recurrent": lambda _, x, *weights: sequence(layers.SimpleRNN, x, weights),
    "lstm": lambda _, x, *weights: sequence(layers.LSTM, x, weights),
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

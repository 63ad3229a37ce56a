"""The named functions of calculations in ``keras.ops``, and calculations by them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf
from keras import ops

from adapters.calculation import Arrays, Calculation, walk
from adapters.keras.layers import LAYERS
from worked_examples import CalculationExample, numbers

Table = Mapping[str, Callable[..., Any]]


def without_parameters(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function without parameters."""
    return lambda _, *arrays: function(*arrays)


def as_numbers(condition: Any, like: Any) -> Any:
    """A condition as 1 and 0 in the dtype of ``like``."""
    return ops.cast(condition, like.dtype)


def power(_: Any, x: Any, n: Any) -> Any:
    """``ops.power``; the gradient of ``0^0``, which TensorFlow gives as nan, is 0 by the base: it is that of the constant 1."""
    return ops.power(ops.where(ops.logical_and(ops.equal(x, 0), ops.equal(n, 0)), ops.ones_like(x), x), n)


def argmax(p: Mapping[str, Any], x: Any) -> Any:
    """``ops.argmax`` in the dtype of ``x``; Keras takes -0 for less than 0, so that it is turned into 0 first."""
    return ops.cast(ops.argmax(x + 0, axis=p.get("axis")), x.dtype)


def greatest(p: Mapping[str, Any], x: Any) -> Any:
    """The first of the greatest entries; ``ops.max`` would share its gradient among all of them."""
    rows, axis = (ops.reshape(x, (-1,)), 0) if p.get("axis") is None else (x, p["axis"])
    y = ops.take_along_axis(rows, ops.expand_dims(ops.argmax(rows + 0, axis=axis), axis), axis=axis)
    if p.get("axis") is None:
        return ops.reshape(y, (1,) * x.ndim if p.get("keepdims") else ())
    return y if p.get("keepdims") else ops.squeeze(y, axis)


def along(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of all entries, or along an axis."""
    return lambda p, x: function(x, axis=p.get("axis"), keepdims=p.get("keepdims", False))


def linspace(p: Mapping[str, Any], start: Any, stop: Any) -> Any:
    """``ops.linspace`` has no gradient by its ends in every type; these are its numbers."""
    return start + (stop - start) * (ops.arange(p["num"], dtype=start.dtype) / max(p["num"] - 1, 1))


FUNCTIONS: Table = {
    **{
        name: without_parameters(getattr(ops, name))
        for name in (
            *("subtract", "multiply", "divide", "negative", "exp", "log", "sqrt", "abs", "sin", "cos", "sigmoid", "tanh", "relu"),
            *("transpose", "softmax"),
        )
    },
    "add": lambda _, a, b: a + b,  # ops.add takes a column of as many entries as a matrix has columns for a bias, and adds a row
    "power": power,
    "identity": lambda _, x: ops.copy(x),
    "dot": lambda _, a, b: ops.matmul(a, b),
    "maximum": lambda _, a, b: ops.where(a >= b, a, b),  # ops.maximum shares the gradient between equal operands
    "minimum": lambda _, a, b: ops.where(b >= a, a, b),
    "max": greatest,
    "min": lambda p, x: -greatest(p, -x),
    "sum": along(ops.sum),
    "mean": along(ops.mean),
    "where": lambda _, condition, a, b: ops.where(condition != 0, a, b),
    "step": lambda _, x: as_numbers(ops.greater(x, 0), x),
    "step at zero": lambda _, x: as_numbers(ops.greater_equal(x, 0), x),
    "greater": lambda _, a, b: as_numbers(ops.greater(a, b), a),
    "equal": lambda _, a, b: as_numbers(ops.equal(a, b), a),
    "greater or equal": lambda _, a, b: as_numbers(ops.greater_equal(a, b), a),
    "half squared error": lambda _, y, t: ops.sum(ops.square(y - t)) / 2,
    "cross entropy": lambda _, y, t, delta: ops.sum(-t * ops.log(y + delta)),
    "naive softmax": lambda _, x: ops.exp(x) / ops.sum(ops.exp(x)),
    "reshape": lambda p, x: ops.reshape(x, p["shape"]),
    "flatten": lambda _, x: ops.reshape(x, (-1,)),
    "stack": lambda p, *arrays: ops.stack(arrays, axis=p.get("axis", 0)),
    "index": lambda p, x: x[p["index"]],
    "arange": lambda _, start, stop, step: start + step * ops.arange(ops.ceil((stop - start) / step), dtype=start.dtype),
    "linspace": linspace,
    "split": lambda p, x: ops.split(x, p["sections"], axis=p.get("axis", 0))[p["part"]],
    **LAYERS,
    "pick": lambda _, x, t: ops.take_along_axis(x, ops.cast(t, "int64")[:, None], axis=1)[:, 0],
    "argmax": argmax,
}


def gradient_at(f: Callable[[Any], Any], x: Any) -> Any:
    """The gradient of a function at a point by ``tf.GradientTape``; nothing is differentiated through it."""
    point = tf.stop_gradient(x)
    with tf.GradientTape() as tape:
        tape.watch(point)
        value = f(point)
    gradient = tape.gradient(value, point, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return tf.stop_gradient(tf.convert_to_tensor(gradient))


ARRAYS = Arrays(FUNCTIONS, gradient_at, np.asarray, tf.constant)


def constants(example: CalculationExample, dtype: str) -> dict[str, tf.Tensor]:
    """The inputs of a calculation."""
    return {name: tf.constant(numbers(array, dtype)) for name, array in example.inputs.items()}


def watched(tape: tf.GradientTape, value: Any) -> Any:
    """The value, which the tape computes gradients of."""
    tape.watch(value)
    return value


def calculate(example: CalculationExample, dtype: str) -> Calculation:
    """The values of all steps and, where the example differentiates, the gradients by ``tf.GradientTape``."""
    inputs, final = constants(example, dtype), example.final
    with tf.GradientTape() as tape:
        tape.watch(list(inputs.values()))
        values, unsupported = walk(example, inputs, ARRAYS, partial(watched, tape))
    arrays = {name: np.asarray(value) for name, value in values.items()}
    if not final or final in unsupported:
        return Calculation(arrays, {}, unsupported)
    gradients = tape.gradient(
        values[final], values, values.get(example.upstream), unconnected_gradients=tf.UnconnectedGradients.ZERO
    )
    return Calculation(arrays, {name: np.asarray(tf.convert_to_tensor(array)) for name, array in gradients.items()}, unsupported)

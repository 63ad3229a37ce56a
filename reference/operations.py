"""Named functions on arrays, each beside its backward rule.

``value(parameters, *arrays)`` gives an array. ``backward(parameters, arrays, y, dy)`` maps the upstream gradient ``dy`` to the
gradient with respect to each operand, in its shape (None for a setting); it is None where the function has no derivative.
``parameters`` are whole numbers or slices by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.activations import ACTIVATIONS
from reference.comparisons import Array, argmax, maximum, reaches
from reference.losses import cross_entropy, cross_entropy_gradient, half_squared_error, half_squared_error_gradient

Parameters = Mapping[str, Any]


class Function(NamedTuple):
    """A function and its backward rule."""

    value: Callable[..., Any]
    backward: Callable[[Parameters, Sequence[Array], Array, Array], tuple[Array | None, ...]] | None = None


def summed_to(dy: Array, like: Array) -> Array:
    """The gradient of an operand that was broadcast: summed over the axes that broadcasting added or stretched."""
    dy = np.asarray(dy)
    while dy.ndim > np.ndim(like):
        dy = np.asarray(dy.sum(axis=0))
    for axis, size in enumerate(np.shape(like)):
        if size == 1 != dy.shape[axis]:
            dy = dy.sum(axis=axis, keepdims=True)
    return dy


def elementwise(value: Callable[..., Any], *derivatives: Callable[..., Any]) -> Function:
    """A function entry by entry: ``derivatives[i](y, *arrays)`` is its partial derivative by operand ``i``."""

    def backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
        return tuple(summed_to(dy * of(y, *arrays), array) for of, array in zip(derivatives, arrays, strict=True))

    return Function(lambda _, *arrays: value(*arrays), backward)


def activation(name: str) -> Function:
    """An activation as a function of one array; softmax over the last axis."""
    value, backward = ACTIVATIONS[name]
    return Function(lambda _, x: value(x), lambda _, arrays, y, dy: (backward(arrays[0], y, dy),))


def power(x: Array, exponent: Array) -> Any:
    """``x^n`` for a whole number ``n``, of shape ``()``."""
    return x ** int(float(np.asarray(exponent)[()]))


def dot_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
    """For ``Y = A B``: ``dA = dY B^T``, ``dB = A^T dY``; a vector is a row on the left and a column on the right."""
    a, b = arrays
    left_matrix = a[np.newaxis, :] if a.ndim == 1 else a
    right_matrix = b[:, np.newaxis] if b.ndim == 1 else b
    upstream = np.asarray(dy).reshape(left_matrix.shape[0], right_matrix.shape[1])
    return (upstream @ right_matrix.T).reshape(a.shape), (left_matrix.T @ upstream).reshape(b.shape)


def half_squared_error_backward(_: Parameters, arrays: Sequence[Array], e: Array, de: Array) -> tuple[Array, ...]:
    """``dE/dy = y - t``, ``dE/dt = t - y``."""
    y, t = arrays
    return de * half_squared_error_gradient(y, t), de * half_squared_error_gradient(t, y)


def cross_entropy_backward(_: Parameters, arrays: Sequence[Array], e: Array, de: Array) -> tuple[Array, ...]:
    """``dE/dy = -t / (y + delta)``, ``dE/dt = -ln(y + delta)``, ``dE/ddelta`` the sum of the first."""
    y, t, delta = arrays
    gradient = cross_entropy_gradient(y + delta, t)
    return de * gradient, de * -np.log(y + delta), de * np.asarray(np.sum(gradient))


def arange(start: Array, stop: Array, step: Array) -> Any:
    """``start, start + step, ...`` below ``stop``, each as ``start + i step``."""
    count = int(np.ceil(float(np.asarray((stop - start) / step)[()])))
    return np.array([start[()] + step[()] * i for i in range(count)])


def assign(parameters: Parameters, x: Array, entries: Array) -> Array:
    """A copy of ``x`` with ``x[index]`` replaced by ``entries``."""
    copy = x.copy()
    copy[parameters["index"]] = entries
    return copy


def labels(t: Array) -> tuple[list[int], list[int]]:
    """Row numbers and label numbers, to index one entry of each row."""
    return list(range(len(t))), [int(float(label)) for label in t]


def pick_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
    """The upstream gradient at the picked entries, 0 at all others; the labels have none (zeros)."""
    x, t = arrays
    dx = x * 0
    dx[labels(t)] = dy
    return dx, t * 0


FUNCTIONS: Mapping[str, Function] = {
    "add": elementwise(np.add, lambda y, a, b: 1, lambda y, a, b: 1),
    "subtract": elementwise(np.subtract, lambda y, a, b: 1, lambda y, a, b: -1),
    "multiply": elementwise(np.multiply, lambda y, a, b: b, lambda y, a, b: a),
    "divide": elementwise(np.divide, lambda y, a, b: 1 / b, lambda y, a, b: -y / b),
    "power": elementwise(power, lambda y, x, n: n * power(x, n - 1), lambda y, x, n: 0 * y),
    "negative": elementwise(np.negative, lambda y, x: -1),
    "exp": elementwise(np.exp, lambda y, x: y),
    "log": elementwise(np.log, lambda y, x: 1 / x),
    "sin": elementwise(np.sin, lambda y, x: np.cos(x)),
    "cos": elementwise(np.cos, lambda y, x: -np.sin(x)),
    **{name: activation(name) for name in ("identity", "step", "sigmoid", "tanh", "relu", "softmax")},
    "step at zero": Function(lambda _, x: reaches(x, x * 0) * (x * 0 + 1)),
    "dot": Function(lambda _, a, b: a @ b, dot_backward),
    "sum": Function(lambda _, x: np.sum(x), lambda _, arrays, y, dy: (dy + arrays[0] * 0,)),
    "half squared error": Function(lambda _, y, t: half_squared_error(y, t), half_squared_error_backward),
    "cross entropy": Function(lambda _, y, t, delta: cross_entropy(y + delta, t), cross_entropy_backward),  # delta against ln 0
    "naive softmax": Function(lambda _, x: np.exp(x) / np.sum(np.exp(x))),
    "transpose": Function(lambda _, x: x.T, lambda _, arrays, y, dy: (dy.T,)),
    "reshape": Function(lambda p, x: x.reshape(p["shape"]), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "flatten": Function(lambda _, x: x.ravel(), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "stack": Function(lambda p, *arrays: np.stack(arrays, axis=p.get("axis", 0))),
    "index": Function(lambda p, x: x[p["index"]]),
    "assign": Function(assign),
    "arange": Function(lambda _, *arrays: arange(*arrays)),
    "maximum": Function(lambda _, a, b: np.where(reaches(a, b), a, b)),
    "minimum": Function(lambda _, a, b: np.where(reaches(a, b), b, a)),
    "greater or equal": Function(lambda _, a, b: reaches(a, b) * (a * 0 + 1)),
    "max": Function(lambda _, x: maximum(x)),
    "pick": Function(lambda _, x, t: x[labels(t)], pick_backward),
    "argmax": Function(lambda p, x: argmax(x, p.get("axis"))),
}

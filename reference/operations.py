"""Named functions on arrays, each beside the rule that carries a gradient back through it.

``value(parameters, *arrays)`` gives an array; ``backward(parameters, arrays, y, dy)`` the gradient with respect to each operand, in
its shape (None for a setting), or is None where the function has no derivative. ``parameters`` are whole numbers or slices by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.activations import ACTIVATIONS
from reference.comparisons import Array, argmax, reaches

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


def elementwise(value: Callable[..., Any], *slopes: Callable[..., Any]) -> Function:
    """A function entry by entry: ``slopes[i](y, *arrays)`` is its partial derivative by operand ``i``."""

    def backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
        return tuple(summed_to(dy * slope(y, *arrays), array) for slope, array in zip(slopes, arrays, strict=True))

    return Function(lambda _, *arrays: value(*arrays), backward)


def activation(name: str) -> Function:
    """An activation as a function of one array; softmax over the last axis."""
    found = ACTIVATIONS[name]
    return Function(lambda _, x: found.value(x), lambda _, arrays, y, dy: (found.backward(arrays[0], y, dy),))


def power(x: Array, exponent: Array) -> Any:
    """``x^n`` for a whole number ``n``, a scalar."""
    return x ** int(float(np.asarray(exponent)[()]))


def dot_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
    """For ``Y = A B``: ``dA = dY B^T``, ``dB = A^T dY``; a vector stands for a row on the left and a column on the right."""
    a, b = arrays
    left, right = (a[np.newaxis, :] if a.ndim == 1 else a), (b[:, np.newaxis] if b.ndim == 1 else b)
    middle = np.asarray(dy).reshape(left.shape[0], right.shape[1])
    return (middle @ right.T).reshape(a.shape), (left.T @ middle).reshape(b.shape)


def cross_entropy(y: Array, t: Array, delta: Array) -> Any:
    """``-sum t ln(y + delta)`` over all entries; some listings add a small ``delta`` so that ln 0 does not occur."""
    return np.sum(-t * np.log(y + delta))


def cross_entropy_backward(_: Parameters, arrays: Sequence[Array], e: Array, de: Array) -> tuple[Array, ...]:
    """``dE/dy = -t / (y + delta)``, ``dE/dt = -ln(y + delta)``, ``dE/ddelta`` the sum of the first."""
    y, t, delta = arrays
    slope = -t / (y + delta)
    return de * slope, de * -np.log(y + delta), de * np.asarray(np.sum(slope))


def arange(start: Array, stop: Array, step: Array) -> Any:
    """``start, start + step, ...`` below ``stop``, each as ``start + i step``."""
    count = int(np.ceil(float(np.asarray((stop - start) / step)[()])))
    return np.array([start[()] + step[()] * i for i in range(count)])


def assigned(parameters: Parameters, x: Array, part: Array) -> Array:
    """A copy of ``x`` whose part ``x[index]`` is replaced."""
    changed = x.copy()
    changed[parameters["index"]] = part
    return changed


def labels(t: Array) -> tuple[list[int], list[int]]:
    """Row numbers and label numbers, to index one entry of each row."""
    return list(range(len(t))), [int(float(label)) for label in t]


def pick_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> tuple[Array, ...]:
    """The gradient goes to the entries that were picked, and 0 to all others."""
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
    "half squared error": Function(
        lambda _, y, t: np.sum((y - t) ** 2) / 2,
        lambda _, arrays, e, de: (de * (arrays[0] - arrays[1]), de * (arrays[1] - arrays[0])),
    ),
    "cross entropy": Function(lambda _, *arrays: cross_entropy(*arrays), cross_entropy_backward),
    "naive softmax": Function(lambda _, x: np.exp(x) / np.sum(np.exp(x))),
    "transpose": Function(lambda _, x: x.T, lambda _, arrays, y, dy: (dy.T,)),
    "reshape": Function(lambda p, x: x.reshape(p["shape"]), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "flatten": Function(lambda _, x: x.ravel(), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
    "stack": Function(lambda p, *arrays: np.stack(arrays, axis=p.get("axis", 0))),
    "index": Function(lambda p, x: x[p["index"]]),
    "assign": Function(assigned),
    "arange": Function(lambda _, *arrays: arange(*arrays)),
    "maximum": Function(lambda _, a, b: np.where(reaches(a, b), a, b)),
    "minimum": Function(lambda _, a, b: np.where(reaches(a, b), b, a)),
    "greater or equal": Function(lambda _, a, b: reaches(a, b) * (a * 0 + 1)),
    "max": Function(lambda _, x: x.ravel()[argmax(x)]),
    "pick": Function(lambda _, x, t: x[labels(t)], pick_backward),
    "argmax": Function(lambda p, x: argmax(x, p.get("axis"))),
}

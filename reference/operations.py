"""Named functions on arrays, each beside its backward rule: entry by entry, sums and products, losses.

The rest are in ``reference.selections`` and ``reference.rearrangements``; ``reference.functions`` describes the entries.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from reference.activations import ACTIVATIONS, relu, softmax
from reference.comparisons import Array, positive
from reference.functions import Function, Gradients, Parameters, elementwise, summed_to, zeros_like
from reference.losses import cross_entropy, cross_entropy_gradient, half_squared_error, half_squared_error_gradient
from reference.rearrangements import REARRANGEMENTS
from reference.selections import SELECTIONS, as_numbers

MOST_BITS = 1_000_000  # of a fraction's power


def activation(name: str) -> Function:
    """An activation as a function of one array; softmax over the last axis."""
    value, backward = ACTIVATIONS[name]
    return Function(lambda _, x: value(x), lambda _, arrays, y, dy: (backward(arrays[0], y, dy),))


def raised(x: Any, n: Any) -> Any:
    """``x^n`` of scalars; a fraction's power must be rational.

    Raises:
        TypeError: where it is not, as NumPy's ``exp`` does for fractions.
        OverflowError: for a fraction's power of more than ``MOST_BITS`` bits.

    """
    if isinstance(x, Fraction) and max(x.numerator.bit_length(), x.denominator.bit_length()) * abs(n) > MOST_BITS:
        raise OverflowError(f"a power of more than {MOST_BITS:,} bits")
    if not (x > 0 or x < 0 or x == 0) and (whole := count_of(n)):
        return multiplied(x, whole)
    power = x**n
    if isinstance(x, Fraction) and not isinstance(power, Fraction):
        raise TypeError(f"{x} to the power of {n} is not rational")
    return power


def count_of(n: Any) -> int:
    """A whole exponent from 1; 0 for any other."""
    number = float(n)
    return int(number) if 1 <= number < MOST_BITS and n == int(number) else 0


def multiplied(x: Any, n: int) -> Any:
    """``x^n`` by multiplications alone: a ball around 0 has powers, but the library that makes them by logarithms gives nan."""
    if n == 1:
        return x
    half = multiplied(x, n // 2)
    return half * half * x if n % 2 else half * half


def power(x: Array, n: Array) -> Any:
    """``x^n``, entry by entry; nan for a fractional power of a negative number."""
    x, n = np.asarray(x), np.asarray(n)
    return np.frompyfunc(raised, 2, 1)(x, n) if x.dtype == object else np.power(x, n)


def has_logarithms(x: Array, n: Array) -> bool:
    """Whether ``x^n`` has a derivative by ``n`` everywhere that is a number of the same type.

    For a negative ``x`` only whole exponents have a power, and ``0^n`` jumps at ``n = 0``; logarithms of fractions are none.
    """
    is_rational = x.dtype == object and any(isinstance(entry, Fraction) for entry in x.flat)
    return not (is_rational or np.any(x < 0) or np.any((x == 0) & (n <= 0)))


def power_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """``dx = n x^(n-1) dy``, 0 for ``n = 0``; ``dn = x^n log(x) dy``, 0 for ``x = 0``, none where ``has_logarithms`` says so."""
    x, n = arrays
    by_base = n * power(x, np.where(n == 0, n * 0 + 1, n - 1))
    by_exponent = y * np.log(np.where(x == 0, x * 0 + 1, x)) if has_logarithms(x, n) else None
    return summed_to(dy * by_base, x), None if by_exponent is None else summed_to(dy * by_exponent, n)


def dot_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """For ``Y = A B``: ``dA = dY B^T``, ``dB = A^T dY``; a vector is a row on the left and a column on the right."""
    a, b = arrays
    left_matrix = a[np.newaxis, :] if a.ndim == 1 else a
    right_matrix = b[:, np.newaxis] if b.ndim == 1 else b
    upstream = np.asarray(dy)
    upstream = np.expand_dims(upstream, -1) if b.ndim == 1 else upstream
    upstream = np.expand_dims(upstream, -2) if a.ndim == 1 else upstream
    da = summed_to(upstream @ np.swapaxes(right_matrix, -1, -2), left_matrix)
    db = summed_to(np.swapaxes(left_matrix, -1, -2) @ upstream, right_matrix)
    return da.reshape(a.shape), db.reshape(b.shape)


def signs(x: Array) -> Array:
    """The derivative of the absolute value: 1, -1, and 0 at 0."""
    return as_numbers(positive(x), x) - as_numbers(positive(np.asarray(-x)), x)


def total(p: Parameters, x: Array) -> Any:
    """The sum of all entries, or along an axis."""
    return np.sum(x, axis=p.get("axis"), keepdims=p.get("keepdims", False))


def mean(p: Parameters, x: Array) -> Any:
    """The mean of all entries, or along an axis."""
    y = total(p, x)
    return y / (x.size // np.size(y))


def total_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient, repeated for every entry of its sum."""
    x, axis = arrays[0], p.get("axis")
    kept = np.asarray(dy) if axis is None or p.get("keepdims") else np.expand_dims(dy, axis)
    return (np.broadcast_to(kept, x.shape),)


def mean_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """As for the sum, divided by the number of entries of a mean."""
    return total_backward(p, arrays, y, np.asarray(dy / (arrays[0].size // np.size(y))))


def half_squared_error_backward(_: Parameters, arrays: Sequence[Array], e: Array, de: Array) -> Gradients:
    """``dE/dy = y - t``, ``dE/dt = t - y``."""
    y, t = arrays
    return summed_to(de * half_squared_error_gradient(y, t), y), summed_to(de * half_squared_error_gradient(t, y), t)


def cross_entropy_backward(_: Parameters, arrays: Sequence[Array], e: Array, de: Array) -> Gradients:
    """``dE/dy = dE/ddelta = -t / (y + delta)``, ``dE/dt = -ln(y + delta)``."""
    y, t, delta = arrays
    by_sum, by_target = np.broadcast_arrays(de * cross_entropy_gradient(y + delta, t), de * -np.log(y + delta))
    return summed_to(by_sum, y), summed_to(by_target, t), summed_to(by_sum, delta)


def masked_softmax(x: Array) -> Array:
    """The softmax over the last axis, where an entry of minus infinity is masked: its share is 0, and no other's changes.

    nan in a row that is masked throughout, or has an entry of plus infinity, as ``inf - inf`` gives.
    """
    masked = np.asarray(x == -np.inf, dtype=bool)
    if not masked.any() and not np.any(x == np.inf):
        return softmax(x)
    finite = np.where(masked | np.asarray(x == np.inf, dtype=bool), zeros_like(x), x)
    others = ~np.eye(x.shape[-1], dtype=bool) & ~masked[..., np.newaxis, :]
    undefined = masked.all(axis=-1, keepdims=True) | np.any(x == np.inf, axis=-1, keepdims=True)
    with np.errstate(over="ignore", invalid="ignore"):
        shares = finite**0 / np.exp(finite[..., np.newaxis, :] - finite[..., np.newaxis]).sum(axis=-1, where=others, initial=1)
        return np.where(undefined, zeros_like(x) * np.inf, np.where(masked, zeros_like(x), shares))


def masked_relu(x: Array) -> Array:
    """``x if x > 0 else 0``, also 0 for minus infinity."""
    masked = np.asarray(x == -np.inf, dtype=bool)
    return relu(np.where(masked, zeros_like(x), x) if masked.any() else x)


def naive_softmax(x: Array) -> Array:
    """``e^x / sum e^x`` over all entries, as a program writes it that does not guard against an overflow."""
    return np.asarray(np.exp(x) / np.sum(np.exp(x)))


def naive_softmax_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """``dx = y (dy - sum dy y)``."""
    return (y * (dy - np.sum(dy * y)),)


FUNCTIONS: Mapping[str, Function] = {
    "add": elementwise(np.add, lambda y, a, b: 1, lambda y, a, b: 1),
    "subtract": elementwise(np.subtract, lambda y, a, b: 1, lambda y, a, b: -1),
    "multiply": elementwise(np.multiply, lambda y, a, b: b, lambda y, a, b: a),
    "divide": elementwise(np.divide, lambda y, a, b: 1 / b, lambda y, a, b: -y / b),
    "power": Function(lambda _, x, n: power(x, n), power_backward, (2, 2)),
    "negative": elementwise(np.negative, lambda y, x: -1),
    "exp": elementwise(np.exp, lambda y, x: y),
    "log": elementwise(np.log, lambda y, x: 1 / x),
    "sqrt": elementwise(np.sqrt, lambda y, x: 1 / (2 * y)),
    "abs": elementwise(np.abs, lambda y, x: signs(x)),
    "sin": elementwise(np.sin, lambda y, x: np.cos(x)),
    "cos": elementwise(np.cos, lambda y, x: -np.sin(x)),
    **{name: activation(name) for name in ("identity", "sigmoid", "tanh")},
    "relu": activation("relu")._replace(value=lambda _, x: masked_relu(x)),
    "softmax": activation("softmax")._replace(value=lambda _, x: masked_softmax(x)),
    "naive softmax": Function(lambda _, x: naive_softmax(x), naive_softmax_backward),
    "dot": Function(lambda _, a, b: a @ b, dot_backward, (2, 2)),
    "sum": Function(total, total_backward, optional=("axis", "keepdims")),
    "mean": Function(mean, mean_backward, optional=("axis", "keepdims")),
    "half squared error": Function(lambda _, y, t: half_squared_error(y, t), half_squared_error_backward, (2, 2)),
    "cross entropy": Function(  # delta against ln 0
        lambda _, y, t, delta: cross_entropy(y + delta, t), cross_entropy_backward, (3, 3)
    ),
    **SELECTIONS,
    **REARRANGEMENTS,
}

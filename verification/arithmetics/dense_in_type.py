"""The outputs of dense layers in a floating-point type, enclosed: whatever the order in which a program adds.

A sum of ``m`` terms that are not 0 is, in any order, the exact sum of terms each of which is rounded ``m`` times at most: a
product once, and with it the sums that it becomes a part of. With the roundings of its operands, ``FURTHER`` at most, a term is
wrong by ``k u / (1 - k u)`` of itself at most, where ``k = m + FURTHER`` and ``u`` is half a unit of the type (N. J. Higham,
Accuracy and Stability of Numerical Algorithms, 2nd edition, lemma 3.1). Terms that are 0, as of most pixels, add no error.
Activations are evaluated in balls at the precision of the type.
"""

from collections.abc import Sequence

import flint
import numpy as np

from adapters import Array, Parameters
from reference.activations import ACTIVATIONS
from reference.comparisons import UndecidedError
from verification.exact.arithmetic import BITS, EXACT, balls
from verification.rounding.running_bound import bits_of
from verification.rounding.running_error import WITHOUT_SUMS

FURTHER = 5  # a weight, a divisor, its reciprocal, the input that is a product with it, and this from a wider type

size = np.frompyfunc(lambda ball: abs(ball).upper(), 1, 1)
error = np.frompyfunc(lambda bound: flint.arb(0, bound.upper()), 1, 1)


def outputs_in_type(activations: Sequence[str], layers: Sequence[Parameters], x: Array, dtype: str) -> Array:
    """Balls ``(samples, outputs)`` that enclose what any program gives in the type for inputs ``x (samples, inputs)``, exact balls.

    Kernels are ``(inputs, outputs)``, and every layer has a bias.

    Raises:
        UndecidedError: where two programs may compare differently, or a sum may overflow.

    """
    with flint.ctx.workprec(EXACT):
        for activation, layer in zip(activations, layers, strict=True):
            x = activated(activation, sums_in_type(x, layer, dtype), dtype)
    return x


def sums_in_type(x: Array, layer: Parameters, dtype: str) -> Array:
    """The pre-activations of a layer; ``x`` is what programs have before it, enclosed."""
    kernel, bias = balls(layer.kernel.astype(object)), balls(layer.bias.astype(object))
    half_unit, least = flint.arb(2) ** -BITS[dtype], flint.arb(float(np.finfo(dtype).tiny))
    n_terms = 1 + max(sum(not number.is_zero() for number in sample) for sample in x)
    roundings = n_terms + FURTHER
    sizes = size(x).dot(abs(kernel)) + abs(bias)
    bound = sizes * (roundings * half_unit / (1 - roundings * half_unit)) + 4 * n_terms * least  # the last for numbers near 0
    if not all(total + further < float(np.finfo(dtype).max) for total, further in zip(sizes.flat, bound.flat, strict=True)):
        raise UndecidedError("a sum may overflow")
    return np.asarray(x.dot(kernel) + bias + error(bound), dtype=object)


def activated(activation: str, z: Array, dtype: str) -> Array:
    """The outputs of a layer; a sum in its activation is one over its units."""
    with flint.ctx.workprec(bits_of(dtype, 1 if activation in WITHOUT_SUMS else z.shape[1])):
        y = ACTIVATIONS[activation].value(z)
    return np.asarray(y + flint.arb(0, float(np.finfo(dtype).tiny)), dtype=object)

"""PyTorch's arithmetic behind normal numbers: logarithm, sine and cosine in float32.

These are the polynomials of the Cephes library (``ATen/native/cpu/avx_mathfun.h``), where a product and a sum are rounded once
(fused), as compilers do for AVX2.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from worked_examples.recipes.arguments import Array

SINGLE = np.float32
LOGARITHM = (
    *(7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1),
    *(-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1),
)
COSINE = (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
SINE = (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
QUARTER = (0.78515625, 2.4187564849853515625e-4, 3.77489497744594108e-8)  # a quarter of pi in three parts
LOGARITHM_OF_2 = (0.693359375, -2.12194440e-4)  # in two parts


def fused(a: Any, b: Any, c: Any) -> Array:
    """``a * b + c``, rounded once, of float32 numbers."""
    x, y, z = (operand.astype(float) for operand in np.broadcast_arrays(a, b, c))
    product = x * y  # exact: 48 bits
    total = product + z
    rest = (product - (total - (total - product))) + (z - (total - product))  # what the sum has lost, exactly
    odd = total.view(np.int64) & 1 == 0  # rounded to odd, so that the rounding to float32 is the only one
    return np.where((rest != 0) & odd, np.nextafter(total, np.where(rest > 0, np.inf, -np.inf)), total).astype(SINGLE)


def polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    """Horner's scheme, fused."""
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = fused(value, x, SINGLE(coefficient))
    return value


def logarithm(x: Array) -> Array:
    """The natural logarithm of positive float32 numbers."""
    mantissa, exponent = np.frexp(x)
    small = mantissa < SINGLE(0.707106781186547524)
    exponent = (exponent - small).astype(SINGLE)
    m = mantissa - SINGLE(1) + np.where(small, mantissa, SINGLE(0))
    square, value = m * m, polynomial(LOGARITHM, m) * m
    value = fused(value, square, exponent * SINGLE(LOGARITHM_OF_2[1]))
    value = fused(square, SINGLE(-0.5), value)
    return fused(exponent, SINGLE(LOGARITHM_OF_2[0]), m + value)


def sine_and_cosine(x: Array) -> tuple[Array, Array]:
    """Sine and cosine of float32 numbers from 0 on."""
    octant = (x * SINGLE(1.27323954473516)).astype(np.int32) + 1 & ~1
    for part in QUARTER:
        x = fused(octant.astype(SINGLE), SINGLE(-part), x)
    square = x * x
    of_cosine = polynomial(COSINE, square) * square
    cosine = fused(of_cosine, square, square * SINGLE(-0.5)) + SINGLE(1)
    sine = fused(polynomial(SINE, square) * square, x, x)
    swapped = octant & 2 != 0
    signed_sine = np.where(octant & 4 != 0, SINGLE(-1), SINGLE(1)) * np.where(swapped, cosine, sine)
    return signed_sine, np.where(octant - 2 & 4 == 0, SINGLE(-1), SINGLE(1)) * np.where(swapped, sine, cosine)


def box_muller_single(groups: Array) -> Array:
    """Normal numbers of uniform ones ``(groups, 16)`` in float32: radii from the first 8 of a group, angles from the others."""
    radius = np.sqrt(SINGLE(-2) * logarithm(SINGLE(1) - groups[:, :8]))
    sine, cosine = sine_and_cosine(SINGLE(2 * math.pi) * groups[:, 8:])
    return np.concatenate([radius * cosine, radius * sine], axis=1)


def box_muller_double(groups: Array) -> Array:
    """The same in float64, with the functions of the C library."""
    log, cos, sin = (np.vectorize(function, otypes=[float]) for function in (math.log, math.cos, math.sin))
    radius, angle = np.sqrt(-2.0 * log(1 - groups[:, :8])), 2.0 * math.pi * groups[:, 8:]
    return np.concatenate([radius * cos(angle), radius * sin(angle)], axis=1)


NORMAL: Mapping[str, Callable[[Array], Array]] = {"float32": box_muller_single, "float64": box_muller_double}

"""The C library's logarithm, sine and cosine in float32, which TensorFlow's normal numbers are made with.

These are the tables and polynomials of glibc (``e_logf.c``, ``s_sincosf.h``, from Arm's optimized routines): all is computed in
float64 and rounded once at the end.
"""

import math

import numpy as np

from worked_examples.recipes.arguments import Array

LN2 = float.fromhex("0x1.62e42fefa39efp-1")
OFFSET = 0x3F330000
RECIPROCALS = tuple(
    map(
        float.fromhex,
        (
            *("0x1.661ec79f8f3bep+0", "0x1.571ed4aaf883dp+0", "0x1.49539f0f010bp+0", "0x1.3c995b0b80385p+0"),
            *("0x1.30d190c8864a5p+0", "0x1.25e227b0b8eap+0", "0x1.1bb4a4a1a343fp+0", "0x1.12358f08ae5bap+0"),
            *("0x1.0953f419900a7p+0", "0x1p+0", "0x1.e608cfd9a47acp-1", "0x1.ca4b31f026aap-1"),
            *("0x1.b2036576afce6p-1", "0x1.9c2d163a1aa2dp-1", "0x1.886e6037841edp-1", "0x1.767dcf5534862p-1"),
        ),
    )
)
LOGARITHMS = tuple(
    map(
        float.fromhex,
        (
            *("-0x1.57bf7808caadep-2", "-0x1.2bef0a7c06ddbp-2", "-0x1.01eae7f513a67p-2", "-0x1.b31d8a68224e9p-3"),
            *("-0x1.6574f0ac07758p-3", "-0x1.1aa2bc79c81p-3", "-0x1.a4e76ce8c0e5ep-4", "-0x1.1973c5a611cccp-4"),
            *("-0x1.252f438e10c1ep-5", "0x0p+0", "0x1.aa5aa5df25984p-5", "0x1.c5e53aa362eb4p-4"),
            *("0x1.526e57720db08p-3", "0x1.bc2860d22477p-3", "0x1.1058bc8a07ee1p-2", "0x1.4043057b6ee09p-2"),
        ),
    )
)
OF_LOGARITHM = tuple(map(float.fromhex, ("-0x1.00ea348b88334p-2", "0x1.5575b0be00b6ap-2", "-0x1.ffffef20a4123p-2")))
OF_SINE = tuple(map(float.fromhex, ("-0x1.555545995a603p-3", "0x1.1107605230bc4p-7", "-0x1.994eb3774cf24p-13")))
OF_COSINE = tuple(
    map(
        float.fromhex,
        ("0x1p0", "-0x1.ffffffd0c621cp-2", "0x1.55553e1068f19p-5", "-0x1.6c087e89a359dp-10", "0x1.99343027bf8c3p-16"),
    )
)


def logarithm(x: Array) -> Array:
    """The natural logarithm of positive, normal float32 numbers."""
    bits = x.view(np.uint32).astype(np.int64)
    moved = bits - OFFSET
    place, exponent = (moved >> 19) & 15, moved >> 23
    mantissa = (bits - (exponent << 23)).astype(np.uint32).view(np.float32).astype(float)
    r = mantissa * np.array(RECIPROCALS)[place] - 1.0
    start = np.array(LOGARITHMS)[place] + exponent * LN2
    square = r * r
    a0, a1, a2 = OF_LOGARITHM
    value = (a1 * r + a2) + a0 * square
    return np.asarray(value * square + (start + r), dtype=np.float32)


def sine_and_cosine(x: Array) -> tuple[Array, Array]:
    """Sine and cosine of float32 numbers from 0 to two pi."""
    wide = x.astype(float)
    quarter = np.where(wide < math.pi / 4, 0, np.floor(wide * (2 / math.pi) + 0.5)).astype(int)
    rest = wide - quarter * (math.pi / 2)
    sine, cosine = polynomials(rest)
    odd = quarter & 1 == 1
    sign_of_sine, sign_of_cosine = np.where(quarter & 2, -1.0, 1.0), np.where((quarter + 1) & 2, -1.0, 1.0)
    results = sign_of_sine * np.where(odd, cosine, sine), sign_of_cosine * np.where(odd, sine, cosine)
    return results[0].astype(np.float32), results[1].astype(np.float32)


def polynomials(x: Array) -> tuple[Array, Array]:
    """Sine and cosine of float64 numbers up to a quarter of pi."""
    square = x * x
    s1, s2, s3 = OF_SINE
    c0, c1, c2, c3, c4 = OF_COSINE
    cube, fourth = x * square, square * square
    sine = (x + cube * s1) + (cube * square) * (s2 + square * s3)
    cosine = ((c0 + square * c1) + fourth * c2) + (fourth * square) * (c3 + square * c4)
    return sine, cosine

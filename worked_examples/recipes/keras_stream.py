"""Keras's uniform initializers with a seed, without Keras: on TensorFlow they draw statelessly, by the generator Philox 4x32-10.

An initializer draws the same numbers whenever it is called with one seed. The seed is scrambled as by TensorFlow's ``GenerateKey``
(``stateless_random_ops.cc``); a float has the last 23 bits of a draw (``Uint32ToFloat`` in ``random_distributions.h``). Normal
distributions are not here: their logarithms, sines and cosines are those of the machine.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from worked_examples.limits import product
from worked_examples.recipes.arguments import Array, Value, whole
from worked_examples.recipes.arguments import shape as extents_of

FACTORS = np.array([0xD2511F53, 0xCD9E8D57], dtype=np.uint64)
STEPS = np.array([0x9E3779B9, 0xBB67AE85], dtype=np.uint64)
SCRAMBLING_KEY = np.array([0x3EC8F720, 0x02461E29], dtype=np.uint64)
ROUNDS = 10
LOW = np.uint64(2**32 - 1)
NOT_UNIFORM = ("RandomNormal", "TruncatedNormal", "GlorotNormal", "HeNormal", "LecunNormal", "Orthogonal")
SEEDS = 2**31 - 2  # Keras takes a seed modulo this number


def philox(counters: Array, key: Array) -> Array:
    """The four numbers of 32 bits that belong to every counter ``(n, 4)`` and the key ``(2,)``."""
    a, b, c, d = counters.astype(np.uint64).T
    for _ in range(ROUNDS):
        first, second = FACTORS[0] * a, FACTORS[1] * c
        a, b, c, d = (second >> np.uint64(32)) ^ b ^ key[0], second & LOW, (first >> np.uint64(32)) ^ d ^ key[1], first & LOW
        key = key + STEPS & LOW
    return np.stack([a, b, c, d], axis=1)


def draws(seed: int, count: int) -> Array:
    """The first numbers of 32 bits that a seed gives."""
    scrambled = philox(np.array([[seed % SEEDS, 0, 0, 0]]), SCRAMBLING_KEY)[0]
    counters = np.zeros((-(-count // 4), 4), dtype=np.uint64)
    counters[:, 0], counters[:, 2], counters[:, 3] = np.arange(len(counters)), scrambled[2], scrambled[3]
    return philox(counters, scrambled[:2]).ravel()[:count]


def not_reproduced(*_: Value, **__: Value) -> Value:
    """Refuse an initializer that is not uniform.

    Raises:
        ValueError: always.

    """
    raise ValueError("an initializer that is not uniform is not reproduced; print the program's numbers and paste them")


class KerasInitializers:
    """``keras.initializers``: each call is an initializer with its seed, that of the recipe where it has none of its own."""

    def __init__(self, seed: int, dtype: str = "float32") -> None:
        self.seed, self.dtype, self.further = seed, dtype, np.random.RandomState(seed)
        self.calls: Mapping[str, Callable[..., Value]] = {
            "RandomUniform": self.random_uniform,
            "GlorotUniform": self.scaled(lambda fan_in, fan_out: 1.0 / max(1.0, (fan_in + fan_out) / 2.0)),
            "HeUniform": self.scaled(lambda fan_in, _: 2.0 / max(1.0, fan_in)),
            "LecunUniform": self.scaled(lambda fan_in, _: 1.0 / max(1.0, fan_in)),
            **dict.fromkeys(NOT_UNIFORM, not_reproduced),
        }

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1; Keras has none that follow, these are NumPy's."""
        return np.asarray(self.further.random_sample(extents))

    def between(self, low: float, high: float, extents: tuple[int, ...], seed: Value) -> Array:
        """Uniform numbers in float32, each operation rounded."""
        bits = draws(self.seed if seed is None else whole(seed, 0, 2**32 - 1), product(extents))
        numbers = (bits & np.uint64(2**23 - 1)).astype(np.float32) * np.float32(2.0**-23)
        start = np.float32(low)
        return np.asarray(numbers * (np.float32(high) - start) + start).reshape(extents)

    def random_uniform(self, shape: Value, minval: Value = -0.05, maxval: Value = 0.05, seed: Value = None) -> Array:
        """``RandomUniform(minval, maxval, seed)(shape)``."""
        return self.between(float(minval), float(maxval), extents_of(shape) or (), seed)

    def scaled(self, variance: Callable[[float, float], float]) -> Callable[..., Value]:
        """An initializer of kernels ``(inputs, outputs)`` with a variance that their fans give."""

        def initializer(shape: Value, seed: Value = None) -> Array:
            extents = extents_of(shape) or ()
            if len(extents) != 2:
                raise ValueError("accepted: the shape of a dense kernel, (inputs, outputs)")
            limit = math.sqrt(3.0 * variance(*map(float, extents)))
            return self.between(-limit, limit, extents, seed)

        return initializer

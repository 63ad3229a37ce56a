"""Keras's initializers with a seed, without Keras: on TensorFlow they draw statelessly, by the generator Philox 4x32-10.

An initializer draws the same numbers whenever it is called with one seed. The seed is scrambled as by TensorFlow's ``GenerateKey``
(``stateless_random_ops.cc``); a float has the last 23 bits of a draw (``Uint32ToFloat`` in ``random_distributions.h``). Normal
numbers come in pairs by the method of Box and Muller; of truncated ones those beyond 2 are left out. Logarithms, sines and cosines
are those of glibc (``c_arithmetic``), with which TensorFlow runs on Linux.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from worked_examples.limits import product
from worked_examples.recipes.arguments import Array, Value, whole
from worked_examples.recipes.arguments import shape as extents_of
from worked_examples.recipes.c_arithmetic import logarithm, sine_and_cosine

FACTORS = np.array([0xD2511F53, 0xCD9E8D57], dtype=np.uint64)
STEPS = np.array([0x9E3779B9, 0xBB67AE85], dtype=np.uint64)
SCRAMBLING_KEY = np.array([0x3EC8F720, 0x02461E29], dtype=np.uint64)
ROUNDS = 10
LOW = np.uint64(2**32 - 1)
RESERVED = 256  # counters for every four truncated numbers
FIRST = 8  # of them, tried at first; far more than are needed but once in a billion numbers
EPSILON = np.float32(1e-7)  # the least number that a logarithm is taken of
TRUNCATED = 0.87962566103423978  # the standard deviation of normal numbers within 2
SEEDS = 2**31 - 2  # Keras takes a seed modulo this number


def philox(counters: Array, key: Array) -> Array:
    """The four numbers of 32 bits that belong to every counter ``(n, 4)`` and the key ``(2,)``."""
    a, b, c, d = counters.astype(np.uint64).T
    for _ in range(ROUNDS):
        first, second = FACTORS[0] * a, FACTORS[1] * c
        a, b, c, d = (second >> np.uint64(32)) ^ b ^ key[0], second & LOW, (first >> np.uint64(32)) ^ d ^ key[1], first & LOW
        key = key + STEPS & LOW
    return np.stack([a, b, c, d], axis=1)


def drawn_at(seed: int, places: Array) -> Array:
    """The four numbers of 32 bits that a seed gives at every place, ``(n, 4)``."""
    scrambled = philox(np.array([[seed % SEEDS, 0, 0, 0]]), SCRAMBLING_KEY)[0]
    counters = np.zeros((len(places), 4), dtype=np.uint64)
    counters[:, 0], counters[:, 2], counters[:, 3] = places, scrambled[2], scrambled[3]
    return philox(counters, scrambled[:2])


def draws(seed: int, count: int) -> Array:
    """The first numbers of 32 bits that a seed gives."""
    return drawn_at(seed, np.arange(-(-count // 4))).ravel()[:count]


def from_0_to_1(bits: Array) -> Array:
    """Uniform numbers in float32, below 1."""
    return np.asarray((bits & np.uint64(2**23 - 1)).astype(np.float32) * np.float32(2.0**-23))


def box_muller(bits: Array) -> Array:
    """Normal numbers in float32, two of every two draws along the last axis."""
    pairs = from_0_to_1(bits).reshape(-1, 2)
    angle = (2.0 * math.pi * pairs[:, 1].astype(float)).astype(np.float32)
    radius = np.sqrt(np.float32(-2) * logarithm(np.maximum(pairs[:, 0], EPSILON)))
    return np.stack([part * radius for part in sine_and_cosine(angle)], axis=1).reshape(bits.shape)


def normal(seed: int, count: int) -> Array:
    """The first normal numbers that a seed gives."""
    return box_muller(drawn_at(seed, np.arange(-(-count // 4)))).ravel()[:count]


def truncated_normal(seed: int, count: int) -> Array:
    """The first normal numbers within 2 that a seed gives: of every 256 counters the first four."""
    groups = np.arange(-(-count // 4))
    return np.concatenate([within_two(seed, group, FIRST) for group in np.array_split(groups, -(-len(groups) // 4096))])[:count]


def within_two(seed: int, groups: Array, tried: int) -> Array:
    """Four numbers of each group, from so many counters, or from more where these do not suffice."""
    places = (groups[:, np.newaxis] * RESERVED + np.arange(tried)).ravel()
    numbers = box_muller(drawn_at(seed, places)).reshape(len(groups), -1)
    accepted = np.abs(numbers) < 2
    if accepted.sum(axis=1).min() < 4:
        return within_two(seed, groups, 2 * tried)
    rank = np.cumsum(accepted, axis=1)
    return numbers[accepted & (rank <= 4)]


def not_reproduced(*_: Value, **__: Value) -> Value:
    """Refuse an initializer that decomposes a matrix.

    Raises:
        ValueError: always.

    """
    raise ValueError("an orthogonal initializer is not reproduced; print the program's numbers and paste them")


VARIANCES: Mapping[str, Callable[[float, float], float]] = {
    "Glorot": lambda fan_in, fan_out: 1.0 / max(1.0, (fan_in + fan_out) / 2.0),
    "He": lambda fan_in, _: 2.0 / max(1.0, fan_in),
    "Lecun": lambda fan_in, _: 1.0 / max(1.0, fan_in),
}
"""The variance of a kernel's numbers by its fans."""


class KerasInitializers:
    """``keras.initializers``: each call is an initializer with its seed, that of the recipe where it has none of its own."""

    def __init__(self, seed: int, dtype: str = "float32") -> None:
        self.seed, self.dtype, self.further = seed, dtype, np.random.RandomState(seed)
        self.calls: Mapping[str, Callable[..., Value]] = {
            "RandomUniform": self.random_uniform,
            "RandomNormal": self.around(normal),
            "TruncatedNormal": self.around(truncated_normal),
            **{f"{name}Uniform": self.scaled(variance) for name, variance in VARIANCES.items()},
            **{f"{name}Normal": self.scaled(variance, is_normal=True) for name, variance in VARIANCES.items()},
            "Orthogonal": not_reproduced,
        }

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1; Keras has none that follow, these are NumPy's."""
        return np.asarray(self.further.random_sample(extents))

    def own(self, seed: Value) -> int:
        """The seed of an initializer, or that of the recipe."""
        return self.seed if seed is None else whole(seed, 0, 2**32 - 1)

    def around(self, draw: Callable[[int, int], Array]) -> Callable[..., Value]:
        """``RandomNormal(mean, stddev, seed)(shape)``, or a truncated one, in float32, each operation rounded."""

        def initializer(shape: Value, mean: Value = 0.0, stddev: Value = 0.05, seed: Value = None) -> Array:
            extents = extents_of(shape) or ()
            numbers = draw(self.own(seed), product(extents)) * np.float32(stddev) + np.float32(mean)
            return np.asarray(numbers).reshape(extents)

        return initializer

    def between(self, low: float, high: float, extents: tuple[int, ...], seed: Value) -> Array:
        """Uniform numbers in float32, each operation rounded."""
        numbers = from_0_to_1(draws(self.own(seed), product(extents)))
        start = np.float32(low)
        return np.asarray(numbers * (np.float32(high) - start) + start).reshape(extents)

    def random_uniform(self, shape: Value, minval: Value = -0.05, maxval: Value = 0.05, seed: Value = None) -> Array:
        """``RandomUniform(minval, maxval, seed)(shape)``."""
        return self.between(float(minval), float(maxval), extents_of(shape) or (), seed)

    def scaled(self, variance: Callable[[float, float], float], *, is_normal: bool = False) -> Callable[..., Value]:
        """An initializer of kernels ``(inputs, outputs)`` with a variance that their fans give."""

        def initializer(shape: Value, seed: Value = None) -> Array:
            extents = extents_of(shape) or ()
            if len(extents) != 2:
                raise ValueError("accepted: the shape of a dense kernel, (inputs, outputs)")
            scale = variance(*map(float, extents))
            if is_normal:
                return np.asarray(self.around(truncated_normal)(shape, 0.0, math.sqrt(scale) / TRUNCATED, seed))
            limit = math.sqrt(3.0 * scale)
            return self.between(-limit, limit, extents, seed)

        return initializer

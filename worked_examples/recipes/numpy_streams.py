"""NumPy's generators: the legacy one, whose stream is frozen, and ``default_rng``."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from worked_examples.recipes.arguments import (
    EXACT,
    Array,
    Value,
    array,
    chosen_from,
    floats,
    one_of,
    several,
    shape,
    shape_of,
    whole,
)


def legacy_calls(random: np.random.RandomState) -> Mapping[str, Callable[..., Value]]:
    """The calls after ``numpy.random.seed(seed)``, or of ``RandomState(seed)``; arguments are NumPy's, in its order."""

    def uniform(low: Value = 0.0, high: Value = 1.0, size: Value = None) -> Value:
        return floats(random.uniform(low, high, shape(size)))

    def normal(loc: Value = 0.0, scale: Value = 1.0, size: Value = None) -> Value:
        return floats(random.normal(loc, scale, shape(size)))

    def randint(low: Value, high: Value = None, size: Value = None) -> Value:
        return floats(random.randint(*limits(low, high), shape(size), np.int64))

    def choice(a: Value, size: Value = None, replace: Value = True, p: Value = None) -> Value:
        return floats(random.choice(chosen_from(a, replace), shape(size), bool(replace), None if p is None else array(p)))

    def permutation(x: Value) -> Value:
        return floats(random.permutation(several(x)))

    def shuffle(x: Value) -> None:
        random.shuffle(in_place(x))

    drawn = (uniform, normal, randint, choice, permutation, shuffle)
    return {**sized_calls(random), **{call.__name__: call for call in drawn}}


def sized_calls(random: np.random.RandomState) -> Mapping[str, Callable[..., Value]]:
    """The calls that take nothing but a size: one extent after the other, or all in one tuple."""

    def rand(*sizes: Value) -> Value:
        return floats(random.random_sample(shape_of(sizes)))

    def random_sample(*sizes: Value, size: Value = None) -> Value:
        return rand(*one_of(sizes, size))

    def standard_normal(*sizes: Value, size: Value = None) -> Value:
        return randn(*one_of(sizes, size))

    def randn(*sizes: Value) -> Value:
        return floats(random.standard_normal(shape_of(sizes)))

    drawn = (rand, randn, random_sample, standard_normal)
    return {**{call.__name__: call for call in drawn}, "random": random_sample}


def generator_calls(random: np.random.Generator) -> Mapping[str, Callable[..., Value]]:
    """The calls of ``numpy.random.default_rng(seed)``, with NumPy's arguments in its order."""

    def uniform(low: Value = 0.0, high: Value = 1.0, size: Value = None) -> Value:
        return floats(random.uniform(low, high, shape(size)))

    def normal(loc: Value = 0.0, scale: Value = 1.0, size: Value = None) -> Value:
        return floats(random.normal(loc, scale, shape(size)))

    def integers(low: Value, high: Value = None, size: Value = None) -> Value:
        return floats(random.integers(*limits(low, high), shape(size)))

    def choice(a: Value, size: Value = None, replace: Value = True, p: Value = None) -> Value:
        return floats(random.choice(chosen_from(a, replace), shape(size), bool(replace), None if p is None else array(p)))

    def permutation(x: Value) -> Value:
        return floats(random.permutation(several(x)))

    def shuffle(x: Value) -> None:
        random.shuffle(in_place(x))

    def standard_normal(*sizes: Value, size: Value = None) -> Value:
        return floats(random.standard_normal(shape_of(one_of(sizes, size))))

    def random_numbers(*sizes: Value, size: Value = None) -> Value:
        return floats(random.random(shape_of(one_of(sizes, size))))

    drawn = (uniform, normal, integers, choice, permutation, shuffle, standard_normal)
    return {**{call.__name__: call for call in drawn}, "random": random_numbers}


def limits(low: Value, high: Value) -> tuple[Any, Any]:
    """The limits of whole numbers; without a second one the first is the upper limit."""
    return whole(low, -EXACT, EXACT), None if high is None else whole(high, -EXACT)


def in_place(x: Value) -> Array | list[Value]:
    """An array or a list that can be shuffled.

    Raises:
        ValueError: for anything else.

    """
    if not isinstance(x, (np.ndarray, list)):
        raise ValueError("only an array or a list is shuffled")  # noqa: TRY004 -- pydantic turns ValueError into its own
    return x


class Legacy:
    """``numpy.random.seed(seed)``."""

    def __init__(self, seed: int, dtype: str = "float64") -> None:
        self.random = np.random.RandomState(seed)
        self.calls, self.dtype = legacy_calls(self.random), dtype

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1."""
        return np.asarray(self.random.random_sample(extents))


class DefaultRng:
    """``numpy.random.default_rng(seed)``; NumPy does not promise that its stream stays the same in all versions."""

    def __init__(self, seed: int, dtype: str = "float64") -> None:
        self.random = np.random.default_rng(seed)
        self.calls, self.dtype = generator_calls(self.random), dtype

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1."""
        return np.asarray(self.random.random(extents))

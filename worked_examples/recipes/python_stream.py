"""Python's ``random``."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import numpy as np

from worked_examples.limits import product
from worked_examples.recipes.arguments import Array, Value, whole
from worked_examples.recipes.numpy_streams import in_place


def python_calls(random: Random) -> Mapping[str, Callable[..., Value]]:
    """The calls after ``random.seed(seed)``, with Python's arguments in its order."""

    def uniform(a: Value, b: Value) -> float:
        return random.uniform(float(a), float(b))

    def gauss(mu: Value = 0.0, sigma: Value = 1.0) -> float:
        return random.gauss(float(mu), float(sigma))

    def randint(a: Value, b: Value) -> float:
        return float(random.randint(whole(a, -(2**53)), whole(b, -(2**53))))

    def shuffle(x: Value) -> None:
        entries: Any = in_place(x)
        random.shuffle(entries)

    named = {call.__name__: call for call in (uniform, gauss, randint, shuffle)}
    return {**named, "random": random.random}


class PythonRandom:
    """``random.seed(seed)``."""

    def __init__(self, seed: int, dtype: str = "float64") -> None:
        self.random = Random(seed)  # noqa: S311 -- no secret
        self.calls, self.dtype = python_calls(self.random), dtype

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1."""
        return np.array([self.random.random() for _ in range(product(extents))]).reshape(extents)

"""Python's generator, against Python itself."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from worked_examples.recipes.python_stream import PythonRandom


@pytest.mark.parametrize("seed", [0, 1, 42, 2**32 - 1])
def test_draws_are_python_s(seed: int, draws: Callable[..., dict[str, Any]]) -> None:
    """Lists of lists in the order of their loops, and every call."""
    text = """
    W = [[random() for i in range(3)] for j in range(2)]
    b = [uniform(-1, 1) for unit in range(4)]
    g = [gauss(0, 0.1) for i in range(3)]
    n = gauss()
    k = randint(1, 6)
    order = [0, 1, 2, 3, 4]
    shuffle(order)
    """
    generator = random.Random(seed)  # noqa: S311 -- no secret
    expected: list[Any] = [[[generator.random() for _ in range(3)] for _ in range(2)]]
    expected += [[generator.uniform(-1, 1) for _ in range(4)], [generator.gauss(0, 0.1) for _ in range(3)]]
    expected += [generator.gauss(), generator.randint(1, 6), [0, 1, 2, 3, 4]]
    generator.shuffle(expected[-1])
    assert list(draws(text, "random.seed", seed).values()) == expected


def test_further_numbers_follow_the_draw() -> None:
    """From the same stream."""
    generator = random.Random(5)  # noqa: S311 -- no secret
    assert np.array_equal(PythonRandom(5).uniform_numbers(2, 2).ravel(), [generator.random() for _ in range(4)])

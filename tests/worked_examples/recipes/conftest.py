"""What the tests of recipes share."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples.recipes.evaluation import run
from worked_examples.recipes.generators import GENERATORS

Draws = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def draws() -> Draws:
    """The names of a draw with their values, by NumPy's legacy generator with seed 1 unless another is named."""

    def drawn(text: str, generator: str = "numpy.random.seed", seed: int = 1, dtype: str = "float64") -> dict[str, Any]:
        return run(text, GENERATORS[generator](seed, dtype))

    return drawn

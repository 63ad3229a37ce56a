"""How operations are used."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from reference import operations
from verification.random_examples.generator.calculations import graphs
from verification.random_examples.generator.recipes import OPERATIONS


def test_every_operation_has_a_recipe() -> None:
    """A new function needs one."""
    assert set(OPERATIONS) == set(operations.FUNCTIONS)


@pytest.mark.parametrize("function", sorted(OPERATIONS))
def test_a_recipe_gives_operands_that_the_oracle_can_compute(function: str, drawn: Callable[..., list[Any]]) -> None:
    """Real, finite values, and the function that was required among them."""
    for builder in drawn(graphs(function, [function]), 8):
        assert function in [step["function"] for step in builder.steps]
        assert all(mpmath.isfinite(entry) for value in builder.graph.values.values() for entry in value.ravel())

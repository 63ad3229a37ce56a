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
    """Real values, finite but for masks, and the function that was required among them."""
    for builder in drawn(graphs(function, [function]), 8):
        assert function in [step["function"] for step in builder.steps]
        entries = [entry for value in builder.graph.values.values() for entry in value.ravel()]
        assert all(mpmath.isfinite(entry) or (entry == -mpmath.inf and function == "softmax") for entry in entries)


def test_some_scores_are_masked(drawn: Callable[..., list[Any]]) -> None:
    """By minus infinity, which leaves an entry of each row."""
    values = [value for builder in drawn(graphs("softmax", ["softmax"]), 40) for value in builder.graph.values.values()]
    rows = [row for value in values if value.ndim for row in value.reshape(-1, value.shape[-1]).tolist()]
    assert any(-mpmath.inf in row for row in rows)
    assert not any(all(entry == -mpmath.inf for entry in row) for row in rows)

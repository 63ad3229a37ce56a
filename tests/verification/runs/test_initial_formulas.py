"""Formulas at the initial parameters."""

from collections.abc import Callable

import numpy as np
import pytest

from verification.case import Case
from verification.exact.comparison import differences
from verification.runs.initial_formulas import formula_values, quantities
from verification.session import Session
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]
WORDS = ["mae", "mae for test", "delta", "delta for test", "right", "right for test", "gap"]


def test_every_formula_is_of_all_data_that_it_can_be_of(network: Network) -> None:
    """One that has further data in it only of the example's own."""
    assert [str(found) for found in quantities(network("ours/loss-table"))] == WORDS


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_every_engine_computes_them_within_the_bound(engine: str, dtype: str, network: Network) -> None:
    """And a value that is ten times the bound away is told."""
    example = network("ours/loss-table")
    for found in formula_values(Case(example, engine, Session([example]), dtype)):
        assert found.reason == ""
        assert differences(found.words, found.computed, found.exact, found.bound) == []
        away = found.computed.astype(float) + 10 * np.max(found.bound) + 1e-12
        assert differences(found.words, away, found.exact, found.bound)


def test_an_open_comparison_and_a_missing_function_are_told(network: Network) -> None:
    """Nothing is compared then."""
    example = network("ours/loss-table")
    formulas = {**example.quantities, "tie": "output >= output + 0", "back": "output[::-1]"}
    changed = example.model_copy(update={"quantities": formulas})
    reasons = {found.words: found.reason for found in formula_values(Case(changed, "torch", Session([changed])))}
    assert reasons["back"] == "no slices with a negative step"
    assert reasons["tie"] == "which of two numbers is greater cannot be decided at this precision"
    assert reasons["mae"] == ""

"""Formulas at the initial parameters."""

from collections.abc import Callable

import numpy as np
import pytest

from verification.case import Case
from verification.exact.comparison import differences
from verification.runs.initial_formulas import formula_values, quantities
from verification.session import Session
from worked_examples import FixtureError, NetworkExample

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


def test_a_formula_that_does_not_fit_data_of_which_nothing_is_printed_is_not_compared(network: Network) -> None:
    """Three samples of the example's own, two of further data; where it is printed of them, or of none, it must fit."""
    example = network("ours/loss-table").model_copy(update={"log": []})
    formulas = {"rows": "reshape(output, (1, 3))", "two": "reshape(output, (1, 2))"}

    def reasons(*printed: str) -> dict[str, str]:
        names = dict(zip(("mae", "delta", "gap", "Y_test"), (*printed, "output", "output", "output", "output"), strict=False))
        changed = example.model_copy(update={"quantities": formulas, "names": names})
        return {found.words: found.reason for found in formula_values(Case(changed, "reference", Session([changed])))}

    found = reasons("rows", "two for test")
    assert found["rows for test"].startswith("it does not fit, and nothing is printed of it: ")
    assert found["two"].startswith("it does not fit, and nothing is printed of it: ")
    assert (found["rows"], found["two for test"]) == ("", "")
    for printed in ((), ("rows", "two"), ("rows for test", "two for test")):
        with pytest.raises(FixtureError, match="cannot be computed"):
            reasons(*printed)


def test_a_formula_without_a_value_at_the_start_is_told(network: Network) -> None:
    """The logarithm of 0 is no number that an engine could be compared with."""
    example = network("ours/loss-table").model_copy(update={"log": []})
    changed = example.model_copy(update={"quantities": {"late": "log(output - output)"}, "names": {}})
    (found,) = (found for found in formula_values(Case(changed, "reference", Session([changed]))) if found.words == "late")
    assert found.reason == "it has no exact value at the initial parameters"

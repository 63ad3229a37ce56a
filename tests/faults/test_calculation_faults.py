"""Faults injected into the formulas of calculations: the check of values names what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from reference.operations import FUNCTIONS
from verification.case import Case
from verification.check import judge
from verification.exact.calculations import exact_calculation
from verification.registry import checks_of
from verification.session import Session


def test_a_wrong_backward_rule_is_caught(example: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine whose sigmoid has the derivative y instead of y (1 - y) fails, and the gradient is named."""
    chosen = example("dl-python/sigmoid-layer")
    case = Case(chosen, "reference", Session([chosen]))
    (values,) = (check for check in checks_of(case) if check.name == "values")
    assert judge(values, case).problems == []
    wrong = FUNCTIONS["sigmoid"]._replace(backward=lambda _p, _arrays, y, dy: (dy * y,))
    fresh = Case(chosen, "reference", Session([chosen]))
    exact_calculation(fresh.session, chosen)  # before the fault
    monkeypatch.setattr("reference.graph.FUNCTIONS", {**FUNCTIONS, "sigmoid": wrong})
    assert any("gradient of input" in problem for problem in judge(values, fresh).problems)

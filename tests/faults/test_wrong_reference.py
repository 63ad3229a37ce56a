"""A wrong formula of the reference: every framework fails beside it, and no line lays that on a framework."""

from collections.abc import Callable
from typing import Any

import pytest

from reference.activations import ACTIVATIONS
from reference.operations import FUNCTIONS
from verification.case import Case
from verification.check import judge
from verification.records import Findings
from verification.registry import checks_of
from verification.session import Session
from worked_examples import load
from worked_examples.loading import ROOT

SAME = "; torch computed the same: look first at the formulas of the reference, which the exact value is from"


def shifted(value: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is off by a hundredth, in every number type."""
    return lambda *arrays: value(*arrays) + 1 / 128


@pytest.fixture
def wrong_sigmoid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference's sigmoid is wrong, in networks and in calculations."""
    sigmoid, function = ACTIVATIONS["sigmoid"], FUNCTIONS["sigmoid"]
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", sigmoid._replace(value=shifted(sigmoid.value)))
    table = {**FUNCTIONS, "sigmoid": function._replace(value=shifted(function.value))}
    monkeypatch.setattr("reference.graph.FUNCTIONS", table)


def findings(check_name: str, name: str, *engines: str) -> Findings:
    """The findings on Keras, beside other engines."""
    example = load(ROOT / f"{name}.toml")
    case = Case(example, "keras", Session([example], engine_names=("reference", "keras", *engines)))
    return judge(next(check for check in checks_of(case) if check.name == check_name), case)


CASES = [
    ("outputs", "numpy-dnn/317_1"),
    ("gradients", "numpy-dnn/317_1"),
    ("values", "dl-python/sigmoid-layer"),
    ("update", "study-notes/twolayer"),
]


@pytest.mark.usefixtures("wrong_sigmoid")
@pytest.mark.parametrize(("check_name", "name"), CASES)
def test_a_wrong_reference_is_not_laid_on_a_framework(check_name: str, name: str) -> None:
    """The other framework is the evidence; without it, a line accuses nobody, and the advice is to compare the two."""
    with_evidence = findings(check_name, name, "torch")
    assert with_evidence.problems
    assert all(problem.endswith(SAME) for problem in with_evidence.problems), with_evidence.problems
    alone = findings(check_name, name)
    assert alone.problems
    assert not any("look" in problem for problem in alone.problems)
    assert alone.next_step.startswith("compare adapters/keras")
    assert "reference/" in alone.next_step

"""The check of independence on the engines that are installed; engines that borrow are in ``tests/faults``."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import ENGINES, load_engine
from adapters.reference.engine import Engine as Reference
from verification.case import Case
from verification.check import judge
from verification.records import Outcome
from verification.registry import checks_of
from verification.session import Session


def findings(example: Any, name: str, engine: Any) -> Any:
    """What the check finds about an example on an engine of this name."""
    case = Case(example, name, Session([example], engine_names=("reference", name), engines={name: engine}))
    (check,) = (check for check in checks_of(case) if check.name == "independence")
    return judge(check, case)


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "reference"])
def test_a_framework_that_computes_passes(name: str, example: Callable[[str], Any]) -> None:
    """A trained network."""
    assert findings(example("numpy-dnn/313_1"), name, load_engine(name)).outcome is Outcome.PASSED


def test_the_reference_in_the_place_of_a_framework_fails_with_every_method(example: Callable[[str], Any]) -> None:
    """Evaluation and training are named, each with the function of the reference; its numbers are right."""
    problems = findings(example("numpy-dnn/313_1"), "torch", Reference()).problems
    assert [problem.partition(" calls ")[0] for problem in problems if " calls " in problem] == [
        "torch: evaluate",
        "torch: eager training",
    ]
    assert [problem for problem in problems if " calls " not in problem] == [
        "torch: no function of the package torch was called: the numbers are not its own"
    ] * 2


def test_the_reference_is_not_asked(example: Callable[[str], Any]) -> None:
    """It is what the others are compared with."""
    case = Case(example("numpy-dnn/313_1"), "reference")
    assert "independence" not in [check.name for check in checks_of(case)]

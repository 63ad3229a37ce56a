"""A check that reports nothing any more fails: what must be recorded, by check."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adapters import Calculation
from adapters.reference.engine import Engine
from verification.case import Case
from verification.check import Check, judge
from verification.completeness import MUST_RECORD, n_claims, n_unsupported, unrecorded
from verification.records import Findings, Outcome, PrintedNumber
from verification.registry import CHECKS
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import CalculationExample

Example = Callable[[str], Any]
SMALL, CALCULATION = "numpy-dnn/311_1", "dl-python/graph-shopping"
NUMBER = PrintedNumber(where="console", name="E", printed="1", verdict=Verdict.CONFIRMED, value="1", corrected="1")
SILENT = [
    ("printed", SMALL, "only 0 of 44 printed numbers were judged"),
    ("printed", CALCULATION, "only 0 of "),
    ("printed", "dl-python/cnn-alexnet", "only 0 of "),
    ("printed", "dl-python/gradient-descent", "only 0 of "),
    ("printed", "numpy-dnn/325_1", "only 0 of "),
    ("statements", SMALL, "only 0 of 1 statements were judged"),
    ("errata", SMALL, "only 0 of 3 errata were proved"),
    ("page", SMALL, "no number or quote was recorded: nothing was compared"),
    ("outputs", SMALL, "no array was recorded: nothing was compared"),
    ("gradients", SMALL, "no array was recorded: nothing was compared"),
    ("epochs", SMALL, "no epoch count was recorded: nothing was compared"),
    ("float32", SMALL, "no ending was recorded: nothing was compared"),
    ("float16", SMALL, "no ending was recorded: nothing was compared"),
    ("update", "numpy-dnn/325_1", "no array was recorded: nothing was compared"),
    ("log_rows", "numpy-dnn/325_1", "no log row was recorded: nothing was compared"),
    ("predictions", "dl-python/mnist-pretrained", "no prediction was recorded: nothing was compared"),
]


def says_nothing(case: Case[Any], findings: Findings) -> Iterator[str]:
    """A check that looks at nothing."""
    yield from ()


@pytest.mark.parametrize(("check", "name", "line"), SILENT, ids=[f"{check}-{name}" for check, name, _ in SILENT])
def test_a_check_that_reports_nothing_fails(check: str, name: str, line: str, example: Example) -> None:
    """It neither finds a problem nor records what it is about."""
    chosen = example(name)
    silent = Check(check, (type(chosen),), says_nothing, "look")
    findings = judge(silent, Case(chosen, "reference", Session([chosen])))
    assert findings.outcome is Outcome.FAILED
    assert findings.problems[0].startswith(line)


def test_every_requirement_is_tested() -> None:
    """Each name above is one of the registry, and none of the table is left out."""
    assert {name for name, _ in MUST_RECORD} == {name for name, *_ in SILENT} <= {check.name for check in CHECKS}


def found(check: str, engine: str = "reference", **fields: Any) -> Findings:
    """What a check finds."""
    return Findings(example=SMALL, engine=engine, check=check, dtype="float64", **fields)


def test_numbers_that_wait_for_data_are_no_loss(example: Example) -> None:
    """Judged or not judged, all 44 are there; one that is passed over is missed."""
    case = Case(example(SMALL), "reference")
    assert list(unrecorded(case, found("printed", printed_numbers=[NUMBER] * 40, n_not_judged=4))) == []
    assert list(unrecorded(case, found("printed", printed_numbers=[NUMBER] * 43))) == ["only 43 of 44 printed numbers were judged"]


class WithoutTax(Engine):
    """The reference without its last step."""

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """One step has a reason."""
        return super().calculate(example, dtype)._replace(unsupported={example.nodes[-1].name: "not here"})


def test_an_engine_may_pass_over_what_it_does_not_support(example: Example) -> None:
    """The numbers of that step, and no others."""
    chosen = example(CALCULATION)
    case = Case(chosen, "other", Session([chosen], engine_names=("other",), engines={"other": WithoutTax()}))
    n_less = n_unsupported(case)
    assert 0 < n_less < n_claims(chosen)
    enough = n_claims(chosen) - n_less
    assert list(unrecorded(case, found("printed", "other", printed_numbers=[NUMBER] * enough))) == []
    assert list(unrecorded(case, found("printed", "other", printed_numbers=[NUMBER] * (enough - 1)))) == [
        f"only {enough - 1} of {enough} printed numbers were judged"
    ]


def test_other_checks_need_not_record(example: Example) -> None:
    """What they compare is counted by their own tests."""
    assert list(unrecorded(Case(example(SMALL), "reference"), found("trajectory"))) == []


@pytest.mark.parametrize(("name", "count"), [(SMALL, 44), ("ours/activations", 0), ("numpy-dnn/3110_1", 0)])
def test_claims_are_counted(name: str, count: int, example: Example) -> None:
    """Conventions print none."""
    assert n_claims(example(name)) == count

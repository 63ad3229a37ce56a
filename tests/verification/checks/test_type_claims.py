"""A claim about precision is judged by the recorded endings of every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.case import Case
from verification.check import judge
from verification.records import Findings
from verification.registry import checks_of
from verification.session import Session
from worked_examples import CalculationExample
from worked_examples.schema.page import TrainingInType

REACHES = {"how": "stopped", "epoch": 79}


@pytest.fixture
def checked(example: Callable[[str], CalculationExample]) -> Callable[..., Findings]:
    """``checked(outcomes, engine)``: the findings where these endings of 311_1 are recorded, and the claim names it alone."""

    def findings(by_engine: dict[str, Any], engine: str, reaches: bool) -> Findings:
        chosen = example("dl-python/float16")
        claim = TrainingInType(example="numpy-dnn/311_1", reaches_printed_epoch=reaches)
        statement = chosen.statements[0].model_copy(update={"trainings": [claim]})
        session = Session()
        session.once("endings in smaller types", lambda: {"platforms": {}, "outcomes": {"numpy-dnn/311_1": {"float16": by_engine}}})
        case = Case(chosen.model_copy(update={"statements": [statement]}), engine, session)
        (check,) = (candidate for candidate in checks_of(case) if candidate.name == "statements")
        return judge(check, case)

    return findings


@pytest.mark.parametrize(
    ("by_engine", "engine", "reaches", "problems"),
    [
        ({"reference": {"eager": REACHES}}, "reference", True, []),
        ({"reference": {"eager": REACHES}}, "reference", False, ["reaches the printed epoch"]),
        ({"reference": {"eager": {"how": "stalled", "epoch": 79}}}, "reference", False, []),
        ({"reference": {"eager": {"how": "stalled", "epoch": 79}}}, "reference", True, ["does not reach the printed epoch"]),
        ({"keras": {"compiled": REACHES}}, "keras", True, []),
        ({"keras": {"compiled": REACHES}}, "torch", True, ["is not recorded"]),
        ({"keras": {"compiled": REACHES}}, "torch", False, ["is not recorded"]),
    ],
)
def test_a_claim_is_borne_out_by_what_is_recorded(
    by_engine: dict[str, Any], engine: str, reaches: bool, problems: list[str], checked: Callable[..., Findings]
) -> None:
    """On its own engine; what is not recorded bears out neither."""
    head = "'of these trainings only the last one reaches its printed epoch in float16', the sentence on half precision: "
    expected = [f"{head}16 bits are enough: does not hold; numpy-dnn/311_1 in float16: {problem}" for problem in problems]
    assert checked(by_engine, engine, reaches).problems == expected


def test_the_reference_counts_all_trainings(checked: Callable[..., Findings]) -> None:
    """Once, as a note."""
    by_engine = {name: {"eager": REACHES} for name in ("reference", "torch")}
    assert checked(by_engine, "reference", reaches=True).notes == ["1 of 1 trainings stop in float16 at the printed epoch"]
    assert checked(by_engine, "torch", reaches=True).notes == []

"""What the tests of results share: a run of three examples, and what checks find in it."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.records import (
    Ending,
    EpochCount,
    Findings,
    ImageFindings,
    LoggedValue,
    Outcome,
    PredictionCount,
    PrintedNumber,
    RunTime,
    StatementResult,
)
from verification.session import Session
from verification.verdicts.verdict import Verdict

NAME, TRAINED, PRETRAINED = "numpy-dnn/311_1", "numpy-dnn/325_1", "study-notes/mnist-inference"
ENGINES = ("reference", "keras", "torch")
RUN_TIME = RunTime(path="eager", seconds=32.7, peak_memory=2597, distance=0.0, min_margin=7.3e-8)
PREDICTED = PredictionCount(
    inference_setting="test, raw, one by one", n_images=10_000, n_correct=9207, min_margin=1.2e-4, seconds=0.5
)


def of_check(check: str, engine: str = "reference", example: str = NAME, **fields: Any) -> Findings:
    """What a check finds."""
    return Findings(**{"example": example, "engine": engine, "check": check, "dtype": "float64"} | fields)


@pytest.fixture
def run_time() -> RunTime:
    """How an eager training on images was computed."""
    return RUN_TIME


@pytest.fixture
def predicted() -> PredictionCount:
    """What is classified correctly under one inference setting."""
    return PREDICTED


@pytest.fixture
def finding() -> Callable[..., Findings]:
    """``finding(check, engine="reference", example=..., **fields)``: what a check finds, by default about 311_1."""
    return of_check


def printed_number(verdict: Verdict, **fields: Any) -> PrintedNumber:
    """A printed number with a verdict."""
    return PrintedNumber(
        **{"where": "console", "name": "E", "printed": "1", "verdict": verdict, "value": "1", "corrected": "1"} | fields
    )


@pytest.fixture
def session(example: Callable[[str], Any]) -> Session:
    """A run of three examples."""
    return Session([example(name) for name in (NAME, TRAINED, PRETRAINED)], engine_names=ENGINES)


@pytest.fixture
def findings() -> list[Findings]:
    """Findings of everything that is recorded, on two engines."""
    numbers = [
        printed_number(Verdict.CONFIRMED, index=(0, 1), epoch=79),
        printed_number(Verdict.OFF, erratum="number"),
        printed_number(Verdict.WRONG, erratum="label"),
    ]
    return [
        of_check("printed", printed_numbers=numbers, correct_digits={"output": 15.2}),
        of_check("printed", "keras", printed_numbers=[printed_number(Verdict.CONFIRMED)]),
        of_check("epochs", epochs=EpochCount(printed=79, certified=79, reached=79, margin=12.5), notes=["fragile"]),
        of_check(
            "epochs", "keras", epochs=EpochCount(printed=79, certified=79, reached=None), notes=["fragile"], versions={"keras": "3"}
        ),
        of_check("epochs", "torch", epochs=EpochCount(printed=79, certified=79, reached=79, margin="exact")),
        of_check("trajectory", guaranteed_digits=14.1, correct_digits={"parameters": "exact"}),
        of_check("statements", statements=[StatementResult(where="below", says="it stops", holds=True, is_erratum=False)]),
        of_check("float32", dtype="float32", ending=Ending(how="stopped", epoch=79)),
        of_check("float16", "torch", dtype="float16", ending=Ending(how="stalled", epoch=40, loss=0.5, reason="steps vanish")),
        of_check("errata", proofs={"page": 2, "computation": 1}, versions={"numpy": "2"}),
        of_check("outputs", "torch", outcome=Outcome.FAILED, problems=["output: computed 1"], next_step="look"),
        of_check(
            "log_rows",
            example=TRAINED,
            images=ImageFindings(log_rows=[LoggedValue(title="epoch 1", value="7509")], run_time=RUN_TIME, pictures={"a": "b"}),
        ),
        of_check("predictions", "keras", PRETRAINED, images=ImageFindings(predictions=[PREDICTED])),
        of_check("printed", example=PRETRAINED, outcome=Outcome.NOT_JUDGED, reason="mnist: not found", n_not_judged=4),
    ]

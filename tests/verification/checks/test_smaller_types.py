"""An ending unlike the recorded one is a problem on the recorded platform, and a note elsewhere or where nothing is recorded."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.case import Case
from verification.check import judge
from verification.checks.smaller_types import in_words
from verification.records import Ending, Findings, Outcome
from verification.registry import checks_of
from verification.runs.smaller_types import platform_of
from verification.session import Session
from worked_examples import NetworkExample

NAME = "ours/stop-rule"
RIGHT, WRONG = {"how": "stopped", "epoch": 4}, {"how": "stopped", "epoch": 5}


@pytest.fixture
def checked(network: Callable[[str], NetworkExample]) -> Callable[..., Findings]:
    """``checked(by_path, here)``: the findings in float32, where this is recorded by path, on this platform or on another."""

    def findings(by_path: dict[str, Any], here: bool = True) -> Findings:
        session = Session()
        platform = platform_of(session.engine("reference")) | ({} if here else {"processor": "another"})
        outcomes = {NAME: {"float32": {"reference": by_path}}}
        session.once("endings in smaller types", lambda: {"platforms": {"reference": platform}, "outcomes": outcomes})
        case = Case(network(NAME), "reference", session)
        (check,) = (candidate for candidate in checks_of(case) if candidate.name == "float32")
        return judge(check, case)

    return findings


@pytest.mark.parametrize("here", [True, False])
def test_the_recorded_ending_passes(here: bool, checked: Callable[..., Findings]) -> None:
    """On any platform, without a note; the ending and its type are recorded."""
    findings = checked({"eager": RIGHT}, here)
    assert (findings.outcome, findings.notes, findings.ending, findings.dtype) == (
        Outcome.PASSED,
        [],
        Ending(how="stopped", epoch=4),
        "float32",
    )


def test_another_ending_on_the_recorded_platform_is_a_problem(checked: Callable[..., Findings]) -> None:
    """With both endings and the path."""
    findings = checked({"eager": WRONG})
    assert findings.outcome is Outcome.FAILED
    assert findings.problems == ["float32, eager: stopped at epoch 4; recorded: stopped at epoch 5"]


def test_a_fault_is_not_recorded(checked: Callable[..., Findings]) -> None:
    """The advice is to find what has changed; recording comes only behind the float64 checks of this engine."""
    advice = checked({"eager": WRONG}).next_step
    assert advice.startswith("find what has changed")
    assert "as long as a float64 check of reference fails it is a fault" in advice
    assert advice.index("float64 check") < advice.index("python -m verification precision")


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Ending(how="stopped", epoch=4), "stopped at epoch 4"),
        (Ending(how="stalled", epoch=7, loss=0.5, reason="no step"), "stalled at epoch 7 with the loss 0.5, for no step"),
        (Ending(how="overflowed", reason="the loss is inf"), "overflowed, for the loss is inf"),
        (Ending(how="unfinished", epoch=7, loss=0.25), "unfinished at epoch 7 with the loss 0.25"),
    ],
)
def test_an_ending_is_told_in_words(ending: Ending, words: str) -> None:
    """All that two endings may differ in, and no class of ours."""
    assert in_words(ending) == words


def test_another_ending_on_another_platform_is_a_note(checked: Callable[..., Findings]) -> None:
    """Roundings may correctly differ there."""
    findings = checked({"eager": WRONG}, here=False)
    assert findings.outcome is Outcome.PASSED
    (note,) = findings.notes
    assert note.endswith("(on another machine or with other versions)")


def test_an_eager_ending_is_not_judged_by_the_compiled_one(checked: Callable[..., Findings]) -> None:
    """Without a C++ compiler an engine trains eagerly: the compiled number says nothing about it, and the note says so."""
    findings = checked({"compiled": WRONG})
    assert (findings.outcome, findings.notes) == (Outcome.PASSED, ["float32: nothing is recorded for the eager path"])

"""The judgement of random examples: what the suite says rightly passes, what it says wrongly does not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verification.random_examples import judging
from verification.random_examples.judging import Judged, is_same, judged, loaded
from verification.random_examples.texts.blocks import Block, Item
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.texts.printing import Printed
from verification.random_examples.truth.numbers import array
from verification.records import Findings
from verification.verdicts.verdict import Verdict

SUM: dict[str, Any] = {"inputs": {"x": "1.25", "y": "2.25"}, "steps": "z = x + y"}
RIGHT, WRONG = Printed(35, 1, negative=False), Printed(36, 1, negative=False)


def example_of(number: Printed, contents: dict[str, Any] = SUM) -> RandomExample:
    """1.25 + 2.25, printed."""
    return RandomExample("calculation", contents, [Block([Item("z", array(number), numpy=False)], {})], (True,))


def test_right_texts_are_confirmed_and_changed_ones_are_not(tmp_path: Path) -> None:
    """Nothing is wrong."""
    assert judged(example_of(RIGHT), tmp_path) == Judged([], [Verdict.CONFIRMED], [Verdict.OFF], [])


def test_a_wrong_oracle_and_a_wrong_suite_look_alike(tmp_path: Path) -> None:
    """What is right for one is not for the other: verdict, correction and the check's line are all wrong."""
    lines = judged(example_of(WRONG), tmp_path).wrong
    assert len(lines) == 3
    assert lines[1].startswith("right, but off: z printed 3.6")
    assert "corrected wrongly" in lines[2]
    assert "right is 3.6" in lines[2]


def test_a_changed_text_must_not_be_confirmed(tmp_path: Path) -> None:
    """One unit less than the wrong one is the right one."""
    lines = judged(replace(example_of(WRONG), ups=(False,)), tmp_path).wrong
    assert any(line.startswith("changed, but confirmed: z printed 3.5") for line in lines)


def test_a_number_without_verdict_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every printed number gets one."""
    findings = Findings(example="random/example", engine="reference", check="printed", dtype="float64", printed_numbers=[])
    monkeypatch.setattr(judging, "findings_of", lambda *arguments: iter([findings] if len(arguments) == 2 else []))
    assert judged(example_of(RIGHT), tmp_path).wrong == ["0 of 1 printed numbers are judged"]


def test_an_exception_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line that raised it."""

    def broken(*_: object) -> None:
        raise KeyError("a0")

    monkeypatch.setattr(judging, "findings_of", broken)
    (line,) = judged(example_of(RIGHT), tmp_path).wrong
    assert line.startswith("KeyError in test_judging.py:")


def test_a_refusal_needs_a_reason_that_the_oracle_knows(tmp_path: Path) -> None:
    """Without one it is wrong."""
    unknown = {**SUM, "steps": "z = no_such_function(x)"}
    assert judged(example_of(RIGHT, unknown), tmp_path).wrong[0].startswith("refused: ")
    accepted = judged(replace(example_of(RIGHT, unknown), may_refuse=("is not a function",)), tmp_path)
    assert accepted.wrong == []
    assert "no_such_function" in accepted.refused


def test_an_epoch_that_is_never_changed_is_not_judged_as_changed(tmp_path: Path) -> None:
    """Only the other numbers are."""
    blocks = [Block([Item("z", array(replace(RIGHT, fixed=True)), numpy=False), Item("z", array(RIGHT), numpy=False)], {})]
    result = judged(replace(example_of(RIGHT), blocks=blocks, ups=(True, True)), tmp_path)
    assert (result.wrong, len(result.verdicts), len(result.changed)) == ([], 2, 1)


def test_a_fixture_is_loaded_from_a_file(tmp_path: Path) -> None:
    """As a user's is."""
    assert loaded(example_of(RIGHT).fixture(judging.NAME), tmp_path).file == tmp_path / "random" / "example.toml"


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("-0.00", "0.00", True),
        ("-0e-3", "0.0", True),
        ("0.01", "0.01", True),
        ("-0.01", "0.01", False),
        ("0.00", "0.01", False),
        ("nan", "0.0", False),
        (".", "0.0", False),
    ],
)
def test_zeros_of_either_sign_are_the_same(text: str, other: str, *, expected: bool) -> None:
    """Any other two texts must be equal."""
    assert is_same(text, other) is expected

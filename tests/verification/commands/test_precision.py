"""``python -m verification precision`` records endings by example, type, engine and path, with the platform of every engine."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verification.commands import precision
from verification.runs.smaller_types import expectation, platform_of
from verification.session import Session
from worked_examples import NetworkExample


def test_endings_are_recorded_under_the_path_that_gave_them(
    network: Callable[[str], NetworkExample], capsys: pytest.CaptureFixture[str]
) -> None:
    """The reference trains eagerly; defaults are left out."""
    example = network("ours/stop-rule")
    recorded = precision.endings(Session([example], engine_names=("reference",)), example, "float32")
    assert recorded == {"reference": {"eager": {"how": "stopped", "epoch": 4}}}
    assert capsys.readouterr().out == "ours/stop-rule float32 reference, eager: 4\n"


def test_the_file_has_what_expectations_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, network: Callable[[str], NetworkExample]
) -> None:
    """What is written is read as the expectation of the same example, type, engine and path."""
    session = Session([network("ours/stop-rule"), network("numpy-dnn/324_1")], engine_names=("reference",))
    monkeypatch.setattr(precision, "Session", lambda _: session)
    monkeypatch.setattr(precision, "FILE", tmp_path / "precision.json")
    assert precision.main(argparse.Namespace()) == 0
    table = json.loads((tmp_path / "precision.json").read_text(encoding="utf-8"))
    assert table["platforms"] == {"reference": platform_of(session.engine("reference"))}
    assert table["outcomes"].keys() == {"ours/stop-rule"}
    known = expectation(table, "ours/stop-rule", "float16", "reference", "eager")
    assert known
    assert (known.how, known.epoch) == ("stopped", 4)

"""``python -m verification precision`` records endings by example, type, engine and path, with the platform of every engine."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
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


def test_an_engine_that_is_wrong_in_float64_records_nothing(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    network: Callable[[str], NetworkExample],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Steps twice as long end somewhere in float32, too; the file is not written, and what is wrong is said."""

    class Doubled(Engine):
        """Twice the learning rate."""

        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
            """As the reference, with doubled steps."""
            trainer = super().trainer(example, dtype, compiled)
            trainer.learning_rate = 2 * trainer.learning_rate
            return trainer

    session = Session([network("ours/stop-rule")], engine_names=("reference", "doubled"), engines={"doubled": Doubled()})
    monkeypatch.setattr(precision, "Session", lambda _: session)
    monkeypatch.setattr(precision, "FILE", tmp_path / "precision.json")
    assert precision.main(argparse.Namespace()) == 1
    assert not (tmp_path / "precision.json").exists()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "nothing is recorded: in float64 these are wrong"
    assert {line.partition(",")[0] for line in lines[1:]} == {"ours/stop-rule on doubled"}

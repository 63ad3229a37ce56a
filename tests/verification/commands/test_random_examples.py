"""``python -m verification random``."""

import importlib
import subprocess
import sys

import pytest

from verification.random_examples import run
from verification.random_examples.counts import RunCounts
from verification.random_examples.judging import Judged
from verification.random_examples.parts import Part
from worked_examples.loading import ROOT

cli = importlib.import_module("verification.__main__")


@pytest.mark.parametrize(("judged", "status"), [(Judged([], [], [], []), 0), (Judged(["wrong"], [], [], []), 1)])
def test_the_exit_status_says_whether_something_is_wrong(
    judged: Judged, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The options reach the run, and its summary is printed."""

    def all_parts(parts: list[Part], engines: list[str], processes: int, progress: object) -> RunCounts:
        assert (sum(part.examples for part in parts), engines, processes) == (100, ["torch"], 3)
        counts = RunCounts()
        counts.note(judged, frozenset(), "kind = 1", 0.1)
        return counts

    monkeypatch.setattr(run, "run", all_parts)
    assert cli.main(["random", "--examples", "100", "--seed", "5", "--processes", "3", "--engines", "reference,torch"]) == status
    assert "1 examples, seed 5" in capsys.readouterr().out


def test_other_commands_need_neither_hypothesis_nor_mpmath() -> None:
    """The command line is imported without them."""
    code = "import sys, verification.__main__; sys.exit(int(bool({'hypothesis', 'mpmath'} & set(sys.modules))))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT.parent, check=False).returncode == 0

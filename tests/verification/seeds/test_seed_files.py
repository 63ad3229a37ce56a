"""The statistics of seeds, and the committed files that hold them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verification.seeds import percentiles, seed_files, studies, trainings
from verification.seeds.percentiles import Quantity, distribution, judge, percentile_of
from verification.seeds.trainings import segments
from worked_examples.loading import ROOT

ONE = segments("sequential", slice(2, 3))


def silent(text: str) -> None:
    """Report nothing."""


def test_percentile_and_verdict_of_a_hand_made_sample() -> None:
    """Seeds that print the same text count half below and half above, and those without a value not at all."""
    values = np.array([0.001, 0.004, 0.006, 0.02, np.nan])
    assert percentile_of(Quantity("q", "0.00", values)) == {"percentile": 25.0, "verdict": "typical"}
    assert percentile_of(Quantity("q", "0.03", values)) == {"percentile": 100.0, "verdict": "outside"}
    assert percentile_of(Quantity("q", "0.01", values)) == {"percentile": 62.5, "verdict": "typical"}
    assert percentile_of(Quantity("q", "7", np.array([5.0, np.inf]))) == {"percentile": 50.0, "verdict": "typical"}


def test_distribution_of_a_hand_made_sample() -> None:
    """Quantiles are values of the sample; an infinite one (never stopped) is counted and not written as a number."""
    found = distribution(np.append(np.arange(1.0, 100.0), np.inf))
    assert (found["min"], found["1 %"], found["50 %"], found["99 %"], found["max"]) == (1.0, 1.0, 50.0, 99.0, None)
    assert found["never stopped"] == 0.01


@pytest.mark.parametrize(
    ("at_most", "at_least", "verdict"),
    [(0.5, 0.5, "typical"), (0.01, 0.99, "typical"), (0.009, 0.991, "rare"), (1.0, 0.001, "rare"), (0.0, 1.0, "outside")],
)
def test_verdicts(at_most: float, at_least: float, verdict: str) -> None:
    """Typical within the central 98 % of the seeds, outside beyond all of them, else rare."""
    assert judge(at_most, at_least) == verdict


def test_the_table_as_a_whole() -> None:
    """A table's errors follow from the rounded outputs, and its nearest seed is the one whose worst output is nearest."""
    outputs = np.array([[[0.104, 0.3]], [[0.9, 0.8]]])
    found = percentiles.table("t", (("0.1",), ("0.9",)), outputs, ((0.0,), (1.0,)))
    assert [(q.printed, q.derived) for q in found[:2]] == [("0.1", False), ("0.9", False)]
    squares, worst, near = found[2:]
    assert (squares.printed, worst.printed, near.printed) == ("0.010000", "0.100000", "0.000000")
    np.testing.assert_allclose([squares.values, worst.values, near.values], [[0.01, 0.065], [0.1, 0.3], [0.2, 0.2]], rtol=1e-15)


def test_shares_of_claims() -> None:
    """A claim's share is counted over seeds, or over all pairs of two samples, ties included."""
    assert percentiles.pairs(np.array([1.0, 3.0]), np.array([1.0, 2.0])) == 0.75
    assert percentiles.sequence([np.array([3.0, 3.0]), np.array([2.0, 4.0]), np.array([1.0, 1.0])]).tolist() == [True, False]
    assert percentiles.right(np.array([[[0.6, 0.4]], [[0.2, 0.2]]]), ((1.0,), (0.0,))).tolist() == [True, False]


def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put constant results in the place of the long trainings."""
    stopped = {"epoch": np.ones(2), "error": np.ones(2), "output": np.ones((4, 2)), "dead": np.zeros(2)}
    monkeypatch.setattr(studies, "stop", lambda *_: stopped)
    monkeypatch.setattr(studies, "last_pass", lambda *_: np.ones((10, 4, 2)))
    monkeypatch.setattr(studies, "xor_course", lambda *_: dict.fromkeys(trainings.XOR_EPOCHS, np.ones((4, 1, 2))))


@pytest.mark.parametrize("name", studies.ROWS)
def test_the_committed_file_is_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recipe, printed texts and claims are those of the code, and the first two seeds come out as committed after a few epochs.

    At most 200 updates of some 20 operations: 4,000 roundings of 2^-53, which such short courses do not amplify, stay below 2^-40.
    """
    table = seed_files.committed(name)
    assert table["recipe"] == seed_files.recipe(name)
    for label, outputs in seed_files.early(name).items():
        np.testing.assert_allclose(outputs, table[f"after {seed_files.EARLY} epochs"][label], rtol=0, atol=2.0**-40)
    faked(monkeypatch)
    found = studies.ROWS[name].measure(2, silent)
    printed = [(q.name, q.derived or q.printed) for q in found.quantities]  # what is derived may depend on the seeds
    assert printed == [(q["name"], q["derived"] or q["printed"]) for q in table["quantities"]]
    assert list(found.claims) == [claim["says"] for claim in table["claims"]]


def test_the_patterns_are_those_of_the_page() -> None:
    """The seven-segment patterns are the arrays I and T that 321_2 prints."""
    page = (ROOT / "numpy-dnn" / "321_2.toml").read_text(encoding="utf-8")
    for rows, mark in ((segments("sequential").inputs, "I = ["), (segments("sequential").targets, "T = [")):
        block = page.partition(mark)[2].partition("\n]")[0]
        assert [float(digit) for digit in block if digit.isdigit()] == [entry for row in rows for entry in row]


def test_placement_reads_the_committed_file_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is one line for each quantity of the committed file, and none where there is no file."""
    name = "numpy-dnn/321_1"
    lines = seed_files.placement(name)
    assert len(lines) == len(seed_files.committed(name)["quantities"])
    assert lines[5].startswith("epoch where training stops: 27818 is typical, percentile ")
    assert lines[5].endswith(" to never, median 24906, 2.4 % never stopped)")
    assert len(seed_files.claims(name)) == 2
    assert seed_files.placement("numpy-dnn/311_1") == seed_files.claims("numpy-dnn/311_1") == []


@pytest.mark.parametrize("step", ["write_text", "replace"])
def test_an_interrupted_run_leaves_no_half_written_file(step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Interrupted while it writes, a run leaves the old file as it was, and nothing beside it."""
    file = tmp_path / "document" / "id.json"
    seed_files.write(file, {"old": 1})
    write = Path.write_text

    def interrupted(self: Path, *arguments: Any, **options: Any) -> None:
        write(self, "{", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed_files.write(file, {"new": 2})
    assert [path.name for path in file.parent.iterdir()] == ["id.json"]
    assert file.read_text(encoding="utf-8") == '{\n "old": 1\n}\n'


def test_a_run_writes_what_it_computes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes one file for each example that is named, and says so."""
    faked(monkeypatch)
    monkeypatch.setattr(seed_files, "path", lambda name: tmp_path / f"{name}.json")
    seed_files.main(["numpy-dnn/321_1", "backprop-notes/xor-sequential"])
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")) == [
        "backprop-notes/xor-sequential.json",
        "numpy-dnn/321_1.json",
    ]
    assert "[2/2] backprop-notes/xor-sequential: " in capsys.readouterr().out
    assert seed_files.committed("numpy-dnn/321_1")["quantities"][5]["verdict"] == "outside"

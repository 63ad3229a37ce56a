"""300 random examples: what the suite says of each is what the independent oracle says."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from verification.random_examples import run
from verification.random_examples.counts import MOST_UNDECIDED, RunCounts
from verification.random_examples.judging import Judged
from verification.random_examples.parts import Part, parts
from verification.random_examples.run import run_part

EXAMPLES = 300
GROUPS = 10


@pytest.mark.parametrize("group", range(GROUPS))
def test_random_examples_are_judged_rightly(group: int) -> None:
    """No right text is anything but confirmed or undecided, no changed one confirmed, every correction is the right text.

    A comparison that stays open leaves all numbers of its example undecided; in a tenth of the run this is let pass for one part.
    """
    total, of_parts = RunCounts(), [run_part(part) for part in list(parts(EXAMPLES, 0))[group::GROUPS]]
    for counts in of_parts:
        total.add(counts)
    assert [(wrong.lines, wrong.fixture) for wrong in total.wrong] == []
    most_of_a_part = max(counts.n_undecided for counts in of_parts)
    assert total.n_undecided - most_of_a_part <= MOST_UNDECIDED * total.numbers
    assert total.numbers > 0


def test_parts_run_side_by_side() -> None:
    """What two processes find adds up, and progress is told."""
    seen = list[int]()
    cut = [Part("calculation", ("add",), 1, 2), Part("calculation", ("negative",), 2, 2), Part("calculation", ("transpose",), 3, 2)]
    total = run.run(cut, (), 2, lambda so_far: seen.append(so_far.examples))
    assert total.examples == 6
    assert seen == [2, 4, 6]


def test_an_example_that_takes_too_long_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is counted, and the run goes on."""

    def slow(*_: object) -> Judged:
        time.sleep(5)
        return Judged([], [], [], [])

    monkeypatch.setattr(run, "judged", slow)
    monkeypatch.setattr(run, "SECONDS", 0.05)
    counts = run_part(Part("calculation", ("add",), 1, 2))
    assert counts.examples == 2
    assert all("not finished within 0.05 s" in line for wrong in counts.wrong for line in wrong.lines)


def test_every_tenth_example_is_computed_by_the_other_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they compute otherwise is wrong."""
    called = list[str]()

    def lines(engine: str, *_: object) -> Iterator[str]:
        called.append(engine)
        yield "other values"

    monkeypatch.setattr(run, "wrong_on", lines)
    monkeypatch.setattr(run, "judged", lambda *_: Judged([], [], [], []))
    counts = run_part(Part("calculation", ("add",), 1, 11), ("torch",))
    assert called == ["torch", "torch"]
    assert [wrong.lines for wrong in counts.wrong] == [["other values"]] * 2

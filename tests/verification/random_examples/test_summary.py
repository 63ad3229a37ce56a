"""What a run says."""

from verification.random_examples.counts import RunCounts, Wrong
from verification.random_examples.judging import Judged
from verification.random_examples.summary import distinct_first, kind_of, summary
from verification.verdicts.verdict import Verdict


def test_a_run_says_what_it_tried_and_found() -> None:
    """Verdicts, reasons, wrong statements, and the whole fixture of each."""
    counts = RunCounts()
    counts.note(Judged([], [Verdict.CONFIRMED] * 3, [Verdict.OFF], []), frozenset(["add"]), "", 0.1)
    counts.note(
        Judged(["printed 1.5, should read 1.6"], [Verdict.UNDECIDED], [], ["-0. or 0."]), frozenset(), "kind = 1\nid = 2", 2
    )
    counts.note(Judged([], [], [], [], "f.toml: no gradient"), frozenset(), "", 0)
    counts.engines["torch, values passed"] += 1
    text = "\n".join(summary(counts, 7, 12.3))
    for part in (
        "3 examples, seed 7, 12 s, the slowest 2.0 s",
        "tried: 1 add",
        "4 right texts: 3 confirmed, 1 undecided",
        "1 texts one unit away: 1 off",
        "1 fixtures refused when loaded: 1 no gradient",
        "on engines: 1 torch, values passed",
        "undecided: 20.00 % (at most 1 %)\n  -0. or 0.",
        "1 examples judged wrongly\n  1 times: printed #, should read #",
        "printed 1.5, should read 1.6\n    kind = 1\n    id = 2",
    ):
        assert part in text


def test_each_kind_of_wrong_statement_comes_first_with_its_shortest_fixture() -> None:
    """Numbers do not make a kind."""
    wrongs = [
        Wrong(["printed 1"], "long fixture"),
        Wrong(["printed 2"], "short"),
        Wrong(["KeyError"], "other"),
        Wrong(["printed 3"], "a third"),
    ]
    assert kind_of(wrongs[0]) == kind_of(wrongs[1]) != kind_of(wrongs[2])
    assert [wrong.fixture for wrong in distinct_first(wrongs)] == ["short", "other", "long fixture", "a third"]

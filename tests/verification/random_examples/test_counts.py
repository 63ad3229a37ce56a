"""The counts of a run."""

import pytest

from verification.random_examples.counts import RunCounts
from verification.random_examples.judging import Judged
from verification.verdicts.verdict import Verdict


def counts_of(*judgements: Judged) -> RunCounts:
    """The counts of these."""
    counts = RunCounts()
    for judged in judgements:
        counts.note(judged, frozenset(["add"]), "kind = ...", 0.5)
    return counts


def right(count: int) -> Judged:
    """So many confirmed numbers."""
    return Judged([], [Verdict.CONFIRMED] * count, [Verdict.OFF] * count, [])


def undecided(count: int) -> Judged:
    """So many undecided ones."""
    return Judged([], [Verdict.UNDECIDED] * count, [], ["0.00 or -0.00"] * count)


def test_counts_add_up() -> None:
    """Of parts, as of one run."""
    total = counts_of(right(3))
    total.add(counts_of(right(2), Judged(["wrong"], [Verdict.WRONG], [], []), Judged([], [], [], [], "example.toml: no gradient")))
    assert (total.examples, total.numbers, total.slowest) == (4, 11, 0.5)
    assert dict(total.right) == {"confirmed": 5, "wrong": 1}
    assert dict(total.changed) == {"off": 5}
    assert dict(total.words) == {"add": 4}
    assert dict(total.refused) == {"no gradient": 1}
    assert [(wrong.lines, wrong.fixture) for wrong in total.wrong] == [(["wrong"], "kind = ...")]


@pytest.mark.parametrize(
    ("counts", "fails"),
    [
        (counts_of(right(100)), False),
        (counts_of(right(100), Judged(["wrong"], [], [], [])), True),
        (counts_of(right(99), undecided(2)), False),
        (counts_of(right(99), undecided(3)), True),
        (counts_of(), False),
    ],
)
def test_a_run_fails_where_something_is_wrong_or_too_much_undecided(counts: RunCounts, fails: bool) -> None:
    """At most 1 %."""
    assert counts.fails == fails

"""What a run of random examples says on the terminal."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from verification.random_examples.counts import MOST_UNDECIDED, RunCounts, Wrong

MOST_SHOWN = 50
NUMBERS = re.compile(r"[-+]?[\d.]+(?:e[-+]?\d+)?|\[.*\]|\(.*\)")


def counted(counter: Counter[str]) -> str:
    """Words with their counts, the greatest first."""
    return ", ".join(f"{count} {word}" for word, count in counter.most_common()) or "none"


def summary(counts: RunCounts, seed: int, seconds: float) -> Iterator[str]:
    """The lines of a run: what was tried, the verdicts, what is undecided and why, and every wrong statement with its fixture."""
    yield f"{counts.examples} examples, seed {seed}, {seconds:.0f} s, the slowest {counts.slowest:.1f} s"
    yield f"tried: {counted(counts.words)}"
    yield f"{counts.right.total()} right texts: {counted(counts.right)}"
    yield f"{counts.changed.total()} texts one unit away: {counted(counts.changed)}"
    if counts.refused:
        yield f"{counts.refused.total()} fixtures refused when loaded: {counted(counts.refused)}"
    if counts.engines:
        yield f"on engines: {counted(counts.engines)}"
    yield f"undecided: {100 * counts.share_undecided:.2f} % (at most {100 * MOST_UNDECIDED:g} %)"
    yield from (f"  {reason}" for reason in counts.undecided[:MOST_SHOWN])
    yield f"{len(counts.wrong)} examples judged wrongly"
    yield from (f"  {count} times: {kind}" for kind, count in Counter(map(kind_of, counts.wrong)).most_common())
    for wrong in distinct_first(counts.wrong)[:MOST_SHOWN]:
        yield from ("", *reported(wrong))
    if len(counts.wrong) > MOST_SHOWN:
        yield f"... and {len(counts.wrong) - MOST_SHOWN} more"


def kind_of(wrong: Wrong) -> str:
    """The first statement about an example without its numbers."""
    return NUMBERS.sub("#", wrong.lines[0])[:120]


def distinct_first(wrongs: Sequence[Wrong]) -> list[Wrong]:
    """One example of each kind of wrong statement, the one with the shortest fixture, then all others."""
    shortest: dict[str, Wrong] = {}
    for wrong in sorted(wrongs, key=lambda wrong: len(wrong.fixture)):
        shortest.setdefault(kind_of(wrong), wrong)
    return [*shortest.values(), *(wrong for wrong in wrongs if wrong not in shortest.values())]


def reported(wrong: Wrong) -> Iterator[str]:
    """The wrong statements about an example, then its fixture."""
    yield from wrong.lines
    yield from (f"    {line}" for line in wrong.fixture.splitlines())

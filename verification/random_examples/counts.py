"""What a run of random examples found: verdicts, what was undecided and refused, and every wrong statement with its fixture."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from verification.random_examples.judging import Judged
from verification.verdicts.verdict import Verdict

MOST_UNDECIDED = 0.01


class Wrong(NamedTuple):
    """Wrong statements about one example, and its fixtures: with the right texts and, where these were judged, the changed ones."""

    lines: list[str]
    fixture: str


@dataclass
class RunCounts:
    """Counts of a part of a run, or of a whole one."""

    examples: int = 0
    right: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    engines: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    undecided: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    slowest: float = 0

    def note(self, judged: Judged, words: frozenset[str], fixture: str, seconds: float) -> None:
        """Count one example."""
        self.examples += 1
        self.right.update(verdict.value for verdict in judged.verdicts)
        self.changed.update(verdict.value for verdict in judged.changed)
        self.words.update(words)
        self.undecided += judged.undecided
        self.slowest = max(self.slowest, seconds)
        if judged.refused:
            self.refused[judged.refused.partition(": ")[2]] += 1
        if judged.wrong:
            self.wrong.append(Wrong(judged.wrong, fixture))

    def add(self, other: "RunCounts") -> None:
        """Add the counts of another part."""
        self.examples += other.examples
        for mine, theirs in zip(self.counters, other.counters, strict=True):
            mine.update(theirs)
        self.undecided += other.undecided
        self.wrong += other.wrong
        self.slowest = max(self.slowest, other.slowest)

    @property
    def counters(self) -> tuple[Counter[str], ...]:
        """All counters."""
        return self.right, self.changed, self.words, self.engines, self.refused

    @property
    def numbers(self) -> int:
        """The printed numbers that were judged."""
        return self.right.total() + self.changed.total()

    @property
    def n_undecided(self) -> int:
        """How many printed numbers have no verdict."""
        return self.right[Verdict.UNDECIDED.value] + self.changed[Verdict.UNDECIDED.value]

    @property
    def share_undecided(self) -> float:
        """Their share."""
        return self.n_undecided / max(self.numbers, 1)

    @property
    def fails(self) -> bool:
        """Whether anything was judged wrongly, or too much not at all."""
        return bool(self.wrong) or self.share_undecided > MOST_UNDECIDED

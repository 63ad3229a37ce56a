"""A random example: its fixture as a table, the printed blocks with their right numbers, and what the oracle knows besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verification.random_examples.texts.blocks import Block
from verification.random_examples.texts.fixture_text import toml
from verification.random_examples.texts.printing import Printed

DOCUMENT = "random"


@dataclass(frozen=True)
class RandomExample:
    """``contents`` are the keys of the kind; ``ups`` says of each number whether its changed text is one unit more, or one less.

    ``may_refuse`` are words of the messages with which the loader may refuse it; none: it must not. ``words`` say what was drawn.
    """

    kind: str
    contents: Mapping[str, Any]
    blocks: Sequence[Block]
    ups: Sequence[bool] = ()
    may_refuse: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def numbers(self) -> list[Printed]:
        """All printed numbers in their order."""
        return [number for block in self.blocks for number in block.numbers]

    def fixture(self, name: str, changed: bool = False) -> str:
        """The fixture of this name; ``changed``: every printed number one unit in its last place away from the right one."""
        tables = self.tables(changed)
        logs = [block for block in tables if "taken" in block]
        table = {
            "kind": self.kind,
            "id": f"{DOCUMENT}/{name}",
            "title": "A random example",
            "provenance": "random",
            "source": {"document": DOCUMENT, "section": "random"},
            **self.contents,
            "printed": [block for block in tables if "taken" not in block],
            **({"log": logs} if logs else {}),
        }
        return toml(table)

    def tables(self, changed: bool) -> list[dict[str, Any]]:
        """The tables of the printed blocks, and behind them those of logs."""
        changes = [(1 if up else -1) if changed else 0 for up in self.ups]
        tables, at = [], 0
        for block in self.blocks:
            tables.append(block.table(changes[at : at + len(block.numbers)]))
            at += len(block.numbers)
        return tables

    def without(self, **contents: Any) -> "RandomExample":
        """The same with other contents."""
        return replace(self, contents={**self.contents, **contents})

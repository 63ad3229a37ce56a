"""``python -m report.readme RESULTS``: write the tables of the README from a run's results.json."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?<=<!-- verdicts -->\n).*(?=<!-- /verdicts -->)", re.DOTALL)


def row(*cells: object) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def documents(found: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """The totals of each document."""
    yield row(
        *("document", "printed numbers", "confirmed", "truncated", "off or wrong", "undecided"),
        *("results placed among seeds", "errata of all kinds"),
    )
    yield row(*["---"] * 8)
    for name, counts in found.items():
        wrong = counts.get("off", 0) + counts.get("wrong", 0)
        middle = (counts.get(key, 0) for key in ("total", "confirmed", "truncated"))
        yield row(name, *middle, wrong, counts.get("undecided", 0), counts.get("placed", 0), counts["errata"])


def ending(outcome: Any) -> str:
    """How a training ends in float32."""
    return f"stuck at {outcome['stuck']:,}" if isinstance(outcome, dict) and "stuck" in outcome else f"{outcome:,}"


def trainings(examples: Mapping[str, Mapping[str, Any]], engines: list[str]) -> Iterator[str]:
    """The trainings whose stop epoch stands in print."""
    yield row("training", "printed epoch", "certified", *engines, "least digits", "float32 on the last engine")
    yield row(*["---"] * (5 + len(engines)))
    for name, entry in examples.items():
        if entry["epochs"].get("book") is None:
            continue
        epochs = [f"{entry['epochs'][key]:,}" for key in ("book", "certified", *engines)]
        digits = [value["parameters"] for value in entry["digits"].values() if not isinstance(value["parameters"], str)]
        yield row(name, *epochs, f"{min(digits):.1f}" if digits else "exact", ending(entry["float32"][engines[-1]]))


def block(found: Mapping[str, Any]) -> str:
    """Both tables."""
    return "\n".join([*documents(found["documents"]), "", *trainings(found["examples"], found["engines"])]) + "\n"


if __name__ == "__main__":
    results = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    README.write_text(BLOCK.sub(lambda _: block(results), README.read_text(encoding="utf-8")), encoding="utf-8")

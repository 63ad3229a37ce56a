"""Values of ``results.json`` as a reader sees them; a missing one is a dash, never a guess."""

import re
from collections.abc import Mapping
from typing import Any

DASH = "–"
Entry = Mapping[str, Any]


class ReportError(ValueError):
    """Results of which no report can be made."""


def anchor(name: str) -> str:
    """An example's id as the name of a link target or a file: no slash, no space."""
    return re.sub(r"[^\w.-]+", "-", name)


def shown(value: Any) -> str:
    """A value in words: thousands are separated, tables and lists are joined, nothing is a dash."""
    if value is None or value in ({}, []):
        return DASH
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "; ".join(map(shown, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def source(name: str, entry: Entry) -> str:
    """Where an example stands; a variant, which has its example's title and source, tells its size."""
    size = name.partition("@")[2]
    return shown(entry.get("source")) + (f", at size {size}" if size else "")


def ratio(counts: Mapping[str, Any] | None) -> str:
    """What was confirmed of what there is, ``19/19``."""
    return f"{shown(counts.get('confirmed'))}/{shown(counts.get('total'))}" if counts else DASH


def outcome(epochs: Mapping[str, Any] | None, engine: str) -> str:
    """The epoch where an engine's training stops; ``never`` where it ran and did not, or where and at what loss it got stuck."""
    if not epochs or engine not in epochs:
        return DASH
    found = epochs[engine]
    if isinstance(found, Mapping) and "stuck" in found:
        return f"stuck at {shown(found['stuck'])}, loss {shown(found.get('loss'))}"
    return "never" if found is None else shown(found)


def least(digits: Mapping[str, Any] | None) -> str:
    """The least of an engine's correct digits; ``exact`` where every kind is."""
    numbers = [value for value in (digits or {}).values() if isinstance(value, (int, float))]
    return f"{min(numbers):.2f}" if numbers else ("exact" if digits else DASH)


def errata_count(entry: Entry) -> int | None:
    """Errata in numbers and labels, in statements and in words; None where the results do not count any of them."""
    counts = [(entry.get(part) or {}).get("errata") for part in ("printed", "statements")] + [entry.get("errata in words")]
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def engines(results: Entry) -> list[str]:
    """The engines of a run, or where it does not list them, those that its examples name."""
    entries = results["examples"].values()
    named = (name for entry in entries for part in ("digits", "epochs") for name in entry.get(part) or {})
    return list(results.get("engines") or dict.fromkeys(name for name in named if name not in ("book", "certified")))

"""From the records of a run to ``results.json`` and the summary."""

import json
import math
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from verification import image_results
from verification.seeds import seed_files
from worked_examples import Example
from worked_examples.schema.errata import EVIDENCE

PACKAGES = ("numpy", "keras", "tensorflow", "torch", "python-flint", "pytest")
Results = dict[str, Any]


def versions() -> dict[str, str]:
    """What computed: Python, the machine's architecture, and the packages that are installed."""
    found = {"python": sys.version.split()[0], "machine": platform.machine()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except ModuleNotFoundError:
            found[package] = "not installed"
    return found


def collect(examples: Mapping[str, Example], records: Iterable[Mapping[str, Any]], failed: set[str], engines: list[str]) -> Results:
    """Merge the records of all workers by example, in the order of the fixtures; ``failed`` holds the ids of failed tests."""
    merged: dict[str, Results] = {}
    for name, example in examples.items():
        source = example.source
        merged[name] = {"title": example.title, "source": f"{source.document}, {source.section}, {source.listing}".rstrip(", ")}
        merged[name] |= {"printed": {}, "epochs": {}, "digits": {}, "errata in words": len(example.errata), "notes": []}
        merged[name] |= {"placed results": len(seed_files.printed(name)), **image_results.page(example)}
    for record in records:
        entry = merged[record["example"]]
        merge(entry, record)
        if f"{record['example']}-{record['engine']}-{record['question']}" in failed:
            entry.setdefault("failures", []).append(f"{record['engine']}-{record['question']}")
    seen = {record["example"] for record in records}
    chosen = {name: entry for name, entry in merged.items() if name in seen}
    documents = {name.partition("/")[0] for name in chosen}
    by_document = {
        document: totals(entry for name, entry in chosen.items() if name.startswith(f"{document}/"))
        for document in sorted(documents)
    }
    found = {"versions": versions(), "engines": engines, "examples": chosen, "documents": by_document}
    return found | {"totals": totals(chosen.values())}


def merge(entry: Results, record: Mapping[str, Any]) -> None:
    """Add what one check found on one engine. The printed numbers are counted once, by the first engine's verdicts."""
    engine = record["engine"]
    if "printed" in record and not entry["printed"]:
        entry["printed"] = dict(record["printed"])
    if "statements" in record:
        entry["statements"] = record["statements"] | {"errata": record["statement errata"]}
    if "proofs" in record:
        entry["proofs"] = record["proofs"]
    if "epochs" in record:
        entry["epochs"] |= {"book": record["book"], "certified": record["certified"], engine: record["epochs"]}
        entry["margins"] = entry.get("margins", {}) | {engine: finite(record["margin"])} if "margin" in record else {}
    if "precision" in record:
        entry.setdefault(record["dtype"], {})[engine] = record["precision"].get("epochs", record["precision"])
    entry["notes"] += record.get("notes", [])
    if "note" in record:
        entry["notes"].append(f"{engine}: {record['note']}")
    image_results.merge_learning(entry, record)
    digits = {kind: finite(record[kind]) for kind in ("output", "loss", "gradient", "parameters", "floor") if kind in record}
    if digits:
        entry["digits"].setdefault(engine, {}).update(digits)


def finite(digits: float) -> float | str:
    """Digits or a margin for JSON, which knows no infinity."""
    return "exact" if math.isinf(digits) else round(digits, 2)


def totals(entries: Iterable[Results]) -> dict[str, int]:
    """The printed numbers of all examples, and the errata of every kind."""
    found: dict[str, int] = {}
    for entry in entries:
        for key, count in entry["printed"].items():
            found[key] = found.get(key, 0) + count
        for evidence, count in entry.get("proofs", {}).items():
            found[f"errata proved by {evidence}"] = found.get(f"errata proved by {evidence}", 0) + count
        found["placed"] = found.get("placed", 0) + entry["placed results"]
        found["statements"] = found.get("statements", 0) + entry.get("statements", {}).get("total", 0)
        found["errata"] = found.get("errata", 0) + errata(entry) - entry["printed"].get("errata", 0)
    return found


def errata(entry: Results) -> int:
    """Errata of an example: in numbers and labels, in statements, in words."""
    in_statements = entry.get("statements", {}).get("errata", 0)
    in_print = entry["printed"].get("errata", 0) + entry["printed"].get("labels", 0)
    return int(in_print + in_statements + entry["errata in words"])


def summary(found: Results, engines: list[str]) -> Iterator[str]:
    """One line per example: confirmed/printed, errata, epochs by engine, least correct digits, notes."""
    width = max(map(len, found["examples"]))
    yield (
        f"{'example':{width}}  {'printed':>9}  {'errata':>6}  {'book':>9}  "
        + "  ".join(f"{name:>9}" for name in engines)
        + "  digits"
    )
    for name, entry in found["examples"].items():
        yield f"{name:{width}}  {line(entry, engines)}"
    yield from precision_table(found["examples"], engines)
    yield from image_results.summary(found["examples"], engines)
    for name, counts in {**found["documents"], "all": found["totals"]}.items():
        yield f"{name}: {judgement(counts)}"


def judgement(counts: Results) -> str:
    """The totals of a document in a line."""
    wrong = "".join(f", {counts[key]} {key}" for key in ("truncated", "off", "wrong", "undecided") if counts.get(key))
    confirmed = f"{counts.get('confirmed', 0)} of {counts.get('total', 0)} printed numbers confirmed{wrong}"
    placed = f"{counts['placed']} results placed among seeds; " if counts.get("placed") else ""
    return f"{confirmed}; {placed}{counts.get('statements', 0)} statements, {counts.get('errata', 0)} errata{proved(counts)}"


def proved(counts: Results) -> str:
    """How many errata in words are proved, by which evidence."""
    found = {evidence: counts.get(f"errata proved by {evidence}", 0) for evidence in EVIDENCE}
    parts = ", ".join(f"{count} by {evidence}" for evidence, count in found.items() if count)
    return f", in words {parts}" if parts else ""


def precision_table(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """One line per training: what float32 and float16 make of its epochs."""
    dtypes = ("float32", "float16")
    chosen = {name: entry for name, entry in entries.items() if any(dtype in entry for dtype in dtypes)}
    if not chosen:
        return
    width = max(map(len, chosen))
    yield ""
    columns = [(dtype, engine) for dtype in dtypes for engine in engines]
    yield f"{'epochs in':{width}}  {'book':>8}  " + "  ".join(f"{f'{dtype} {engine}':>17}" for dtype, engine in columns)
    for name, entry in chosen.items():
        cells = [ending(entry.get(dtype, {}).get(engine, "-")) for dtype, engine in columns]
        yield f"{name:{width}}  {entry['epochs'].get('book') or '-'!s:>8}  " + "  ".join(f"{cell:>17}" for cell in cells)
    yield ""


def ending(outcome: Any) -> str:
    """How a training in a smaller dtype ended, in a few words."""
    if not isinstance(outcome, dict):
        return str(outcome)
    word = next(iter(outcome))
    return "overflow" if word == "overflow" else f"{word} {outcome[word]}"


SHOWN = 3  # notes in the summary; results.json and the report have all


def line(entry: Results, engines: list[str]) -> str:
    """The columns of one example."""
    printed = entry["printed"]
    confirmed = f"{printed['confirmed']}/{printed['total']}" if printed else "-"
    epochs = "  ".join(f"{entry['epochs'].get(name) or '-'!s:>9}" for name in ("book", *engines))
    digits = [value for kinds in entry["digits"].values() for kind, value in kinds.items() if kind != "floor" and value != "exact"]
    least = f"{min(digits):.1f}" if digits else ("exact" if entry["digits"] else "-")
    notes = "; ".join(entry["notes"][:SHOWN]) + (
        f"; +{len(entry['notes']) - SHOWN} more notes" if len(entry["notes"]) > SHOWN else ""
    )
    return f"{confirmed:>9}  {errata(entry) or '-':>6}  {epochs}  {least:>6}  {notes}".rstrip()


def write(found: Results, examples: Mapping[str, Example], file: Path | None, folder: Path | None) -> Iterator[Path]:
    """Write ``results.json``, whole or not at all, where either option asks for it, and the report beside it."""
    for target in filter(None, (file, folder and folder / "results.json")):
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        unfinished.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(target)
        yield target
    if folder:
        from report import write as write_report  # noqa: PLC0415 -- who asks for no report needs neither Jinja2 nor Matplotlib

        yield from write_report(found, examples, folder)

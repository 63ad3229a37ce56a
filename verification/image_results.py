"""What ``results.json`` and the summary say about images: what learnings print, how long they take, what nets answer."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from verification.images.image_data import printed_results
from worked_examples import Example, ImageExample
from worked_examples.schema.images import RESULTS

Results = dict[str, Any]
PARTS = {"lines": "lines", "course": "courses", "answers": "answers"}
"""A record's parts and the tables of an example's results, by engine, that they go to."""


def merge_learning(entry: Results, record: Mapping[str, Any]) -> None:
    """Add what one check found on one engine about images."""
    for part, name in PARTS.items():
        if part in record:
            entry.setdefault(name, {})[record["engine"]] = record[part]
    entry.update({key: record[key] for key in ("placed", "pictured") if record.get(key)})
    if "not judged" in record:
        missing = entry.setdefault("not judged", {"because": record["not judged"], "claims": []})
        count = record.get("numbers not judged")
        missing["claims"] = sorted({*missing["claims"], f"{count} printed numbers" if count else f"question {record['question']}"})


def page(example: Example) -> Results:
    """What the page prints: ``page``, each result of a learning by title, or ``asked``, the results under each condition."""
    if not isinstance(example, ImageExample):
        return {}
    found: Results = {"set": example.images.data_set}
    if example.training:
        return found | {"page": {place.title: place._asdict() for place in printed_results(example)}}
    asked: dict[str, list[str]] = {condition.name: [] for condition in example.inference_settings}
    for table in example.printed:
        asked.get(table.inference_setting, []).extend(marked(example, table))
    return found | {"asked": {name: list(dict.fromkeys(texts)) for name, texts in asked.items()}}


def marked(example: ImageExample, table: Any) -> Iterator[str]:
    """The results in a table, by name; errata are marked."""
    wrong = {(erratum.number, erratum.printed) for erratum in table.errata}
    for line in table.lines:
        for name, text in line.items():
            if example.names[name] in RESULTS:
                yield f"{name} {text}" + (" (erratum)" if (name, text) in wrong else "")


def summary(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """The lines on images; none where no example has any."""
    for part in (courses, answers, placings, not_judged):
        lines = list(part(entries, engines))
        yield from [*lines, ""] if lines else []


def courses(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """One line per learning: seconds, and the peak memory of the process that had run it, by engine."""
    chosen = {name: entry["courses"] for name, entry in entries.items() if "courses" in entry}
    if chosen:
        width = max(map(len, [*chosen, "learning from images"]))
        yield f"{'learning from images':{width}}  " + "  ".join(f"{engine:>28}" for engine in engines)
    for name, found in chosen.items():
        yield f"{name:{width}}  " + "  ".join(f"{course(found.get(engine)):>28}" for engine in engines)


def course(found: Mapping[str, Any] | None) -> str:
    """Path, seconds and peak memory of one course."""
    return f"{found['path']} {found['seconds']:,.1f} s {found['MiB']:,} MiB" if found else "-"


def answers(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """One line for each condition under which a pretrained network was asked: the images recognised, and the smallest gap."""
    for name, entry in entries.items():
        found = {engine: entry["answers"][engine] for engine in engines if engine in entry.get("answers", {})}
        for condition in dict.fromkeys(condition for table in found.values() for condition in table):
            row = {engine: table[condition] for engine, table in found.items() if condition in table}
            n_correct = ", ".join(f"{engine} {answer['hits']:,}" for engine, answer in row.items())
            images, gap = (pick(answer[key] for answer in row.values()) for pick, key in ((max, "images"), (min, "gap")))
            yield f"{name}, {condition}: of {images:,} images {n_correct}; smallest gap {gap:.1e}"


def placings(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """One line per learning: where its printed results lie among the seeds."""
    for name, entry in entries.items():
        if placed := entry.get("placed"):
            counts = Counter(place["verdict"] for place in placed.values())
            seeds = max(place["n_seeds"] for place in placed.values())
            verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
            yield f"{name}: {len(placed)} printed results among {seeds:,} seeds: {verdicts}"


def not_judged(entries: Mapping[str, Results], engines: list[str]) -> Iterator[str]:
    """Whose claims were not judged for want of data: one line for each reason, and one for each of its examples."""
    chosen = {name: entry["not judged"] for name, entry in entries.items() if "not judged" in entry}
    for reason in dict.fromkeys(missing["because"] for missing in chosen.values()):
        yield f"NOT JUDGED: data not available: {reason}"
        for name, missing in chosen.items():
            if missing["because"] == reason:
                yield f"  {name}: {', '.join(missing['claims'])}"

"""What there is to say about each example beyond its row in the table."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from report.errata import Correction, corrections
from report.judging import is_recorded, problems, verdict
from report.percentiles import Percentiles, percentiles
from report.values import DASH, Entry, anchor, engines, shown, source
from worked_examples import Example

PARTLY = "the page's images were not available; what can be judged without them holds"
EMPTY = "the results record nothing that was computed for this example"


class Section(NamedTuple):
    """An example at length; ``digits`` has a row for each kind of quantity with one text per engine."""

    name: str
    anchor: str
    title: str
    source: str
    verdict: str
    recorded: bool
    problems: list[str]
    facts: list[tuple[str, str]]
    engines: list[str]
    digits: list[tuple[str, list[str]]]
    remarks: list[str]
    errata: list[Correction]
    percentiles: Percentiles

    @property
    def skipped(self) -> str:
        """Why an example that does not fail is no test that passes; empty where it is one."""
        if self.problems or (self.recorded and self.verdict != "in part"):
            return ""
        return PARTLY if self.recorded else EMPTY

    @property
    def document(self) -> str:
        """The document that the example is from: the first part of its id."""
        return self.name.partition("/")[0]


def sections(results: Entry, examples: Mapping[str, Example]) -> list[Section]:
    """One section per example of the results; one without a fixture has neither remarks nor a list of errata."""
    names = engines(results)
    return [section(name, entry, examples.get(name), names) for name, entry in results["examples"].items()]


def section(name: str, entry: Entry, example: Example | None, names: list[str]) -> Section:
    """The section of one example."""
    return Section(
        name,
        anchor(name),
        entry.get("title") or name,
        source(name, entry),
        verdict(entry, names),
        is_recorded(entry),
        problems(entry, names),
        facts(entry, example),
        names,
        list(digits(entry.get("digits") or {}, names)),
        example.remarks if example else [],
        list(corrections(example)) if example else [],
        percentiles(name) if example else Percentiles([], []),
    )


def facts(entry: Entry, example: Example | None) -> list[tuple[str, str]]:
    """Names and values of what the results, and the fixture, hold for an example."""
    known = {"Provenance": example.provenance if example else None, "Printed numbers": entry.get("printed")}
    known |= {"Statements": entry.get("statements"), "Epochs": entry.get("epochs")}
    known |= {name: entry[key] for name, key in (("In float32", "float32"), ("Notes", "notes")) if entry.get(key)}
    return [(name, shown(value)) for name, value in known.items()]


def digits(found: Mapping[str, Mapping[str, Any]], names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Correct digits by kind of quantity and engine."""
    kinds = dict.fromkeys(kind for values in found.values() for kind in values)
    for kind in kinds:
        values = (found.get(name, {}).get(kind) for name in names)
        yield kind, [f"{value:.2f}" if isinstance(value, float) else (DASH if value is None else str(value)) for value in values]

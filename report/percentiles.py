"""Printed results of runs that cannot be repeated, and where each lies among the seeds of ``fixtures/seeds``."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from worked_examples.loading import ROOT

FOLDER = ROOT / "seeds"
OUTPUT = re.compile(r"(?:(?P<before>.*), )?output (?:\d+|\[.*\])(?: at (?P<after>.*))?")
FEW = 4  # printed numbers shown at length
Quantity = Mapping[str, Any]


class PercentileRow(NamedTuple):
    """What is printed, under which name, and how it lies among the seeds."""

    name: str
    printed: str
    place: str


class Percentiles(NamedTuple):
    """All that the seeds say about an example: the printed results, and for how many seeds a claim holds."""

    results: list[PercentileRow]
    claims: list[str]


def percentiles(name: str, folder: Path = FOLDER) -> Percentiles:
    """The place of an example's drawn results; empty where no seeds were run for it."""
    file = folder / f"{name}.json"
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    claims = [f"{claim['claim']}: holds for {100 * claim['fraction']:.1f} %" for claim in table.get("claims", [])]
    return Percentiles(list(percentile_rows(table.get("quantities", []))), claims)


def percentile_rows(quantities: list[Quantity]) -> Iterator[PercentileRow]:
    """A row for each quantity; outputs that are printed together share one."""
    for (label, derived), group in groupby(quantities, key=lambda one: (title(one["name"]), one["derived"])):
        together = list(group)
        texts = [one["printed"] for one in together]
        text = ", ".join(texts) if len(texts) <= FEW else f"{len(texts)} numbers"
        yield PercentileRow(f"{label} (follows from the print)" if derived else label, text, place(together))


def title(name: str) -> str:
    """The name of a quantity; of an output, that of all outputs printed with it."""
    match = OUTPUT.fullmatch(name)
    return f"outputs, {match['before'] or match['after']}" if match else name


def place(together: list[Quantity]) -> str:
    """Verdict and range of a quantity; of several, how many have which verdict."""
    if len(together) > 1:
        return ", ".join(f"{count} {verdict}" for verdict, count in Counter(one["verdict"] for one in together).items())
    (one,) = together
    low, high = ("never" if one["quantiles"][key] is None else f"{one['quantiles'][key]:g}" for key in ("0.01", "0.99"))
    return f"{one['verdict']}: percentile {one['percentile']:g} of {one['n_seeds']:,} seeds, 98 % of them from {low} to {high}"

"""``python -m verification.seeds.seed_files [IDS]``: place results of weights that were drawn and not printed among those of many seeds.

Each example is written, whole or not at all, to ``fixtures/seeds/<document>/<id>.json``, which ``placement`` and ``claims`` read.
"""

import argparse
import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from verification.seeds.percentiles import SeedStudy, entry
from verification.seeds.studies import ROWS
from verification.seeds.vectorized import DRAWS, ORDERS, Setup, VectorizedTraining
from worked_examples.loading import ROOT

FOLDER = ROOT / "seeds"
SEEDS = 1000
EARLY = 20  # epochs after which the first two seeds are compared with the committed file


class Ticker:
    """Says how far a long run is, every five seconds."""

    def __init__(self) -> None:
        self.label, self.last = "", time.monotonic()

    def __call__(self, text: str) -> None:
        """Say it, unless something was said just now."""
        if time.monotonic() > self.last + 5:
            self.last = time.monotonic()
            print(f"  {self.label}: {text}", flush=True)


def described(setup: Setup) -> dict[str, Any]:
    """One training for the recipe."""
    samples = zip(setup.inputs, setup.targets, strict=True)
    return {
        "units": "-".join(map(str, setup.units)),
        "activations": ", ".join(setup.activations),
        "kernels, drawn in this order and row by row": [f"{name}: {DRAWS[name]}" for name in setup.initial],
        "biases": "0, trained",
        "training": f"half squared error, pattern by pattern, learning rate {setup.rate}",
        "order": f"{setup.order}: {ORDERS[setup.order]}",
        "patterns": [" ".join(f"{n:g}" for n in x) + " -> " + " ".join(f"{n:g}" for n in t) for x, t in samples],
    }


def recipe(name: str, seeds: int = SEEDS) -> dict[str, Any]:
    """How an example's seeds are drawn and trained, in words and numbers."""
    draws = f"numpy.random.RandomState(s) for s from 0 to {seeds - 1}; kernels first, then the numbers for the orders"
    trainings = {label: described(setup) for label, setup in ROWS[name].setups.items()}
    table = {"seeds": draws, "number of seeds": seeds, "arithmetic": "float64", **ROWS[name].words, "trainings": trainings}
    plain: dict[str, Any] = json.loads(json.dumps(table))  # as it will be read
    return plain


def early(name: str) -> dict[str, list[Any]]:
    """The outputs ``(patterns, outputs, 2)`` of the seeds 0 and 1 after a few epochs, for each training."""
    found = {}
    for label, setup in ROWS[name].setups.items():
        course = VectorizedTraining(setup, (0, 1), EARLY)
        for _ in range(EARLY):
            course.epoch()
        found[label] = course.predict().tolist()
    return found


def compute(name: str, seeds: int, ticker: Ticker) -> dict[str, Any]:
    """The file of one example; its seconds leave out a training that an example before it has already needed."""
    started, ticker.label = time.perf_counter(), name
    found: SeedStudy = ROWS[name].measure(seeds, ticker)
    return {
        "id": name,
        "recipe": recipe(name, seeds),
        "quantities": [entry(quantity) for quantity in found.quantities],
        "claims": [{"says": says, "share": share} for says, share in found.claims.items()],
        f"after {EARLY} epochs": early(name),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "seconds": round(time.perf_counter() - started, 1),
    }


def path(name: str, folder: Path = FOLDER) -> Path:
    """The file of an example."""
    return folder / f"{name}.json"


def write(file: Path, table: dict[str, Any]) -> None:
    """Write one file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    try:
        unfinished.write_text(json.dumps(table, indent=1, allow_nan=False) + "\n", encoding="utf-8")
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def committed(name: str) -> dict[str, Any]:
    """The committed file of an example; empty where there is none."""
    table: dict[str, Any] = json.loads(path(name).read_text(encoding="utf-8")) if path(name).is_file() else {}
    return table


def printed(name: str) -> list[str]:
    """The printed results of an example that are placed among seeds, by name."""
    return [quantity["name"] for quantity in committed(name).get("quantities", []) if not quantity["derived"]]


def placement(example_id: str) -> list[str]:
    """One line for each printed quantity, and for what follows from several: where it lies among the seeds."""
    return [line(quantity) for quantity in committed(example_id).get("quantities", [])]


def line(quantity: dict[str, Any]) -> str:
    """One quantity of a file in words."""
    note = " (follows from the print)" if quantity["derived"] else ""
    low, middle, high = ("never" if quantity[key] is None else f"{quantity[key]:g}" for key in ("1 %", "50 %", "99 %"))
    shares = f"1 % to 99 %: {low} to {high}, median {middle}"
    never = f", {100 * quantity['never stopped']:g} % never stopped" if quantity["never stopped"] else ""
    verdict = f"{quantity['verdict']}, percentile {quantity['percentile']:g} of {quantity['seeds']:,} seeds"
    return f"{quantity['name']}{note}: {quantity['printed']} is {verdict} ({shares}{never})"


def claims(example_id: str) -> list[str]:
    """One line for each claim: for how many seeds it holds."""
    return [f"{claim['says']}: holds for {100 * claim['share']:.1f} %" for claim in committed(example_id).get("claims", [])]


def main(arguments: list[str]) -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m verification.seeds.seed_files", description=__doc__)
    parser.add_argument("ids", nargs="*", choices=[*ROWS, []], help="examples; all where none is given")
    names, ticker = parser.parse_args(arguments).ids or list(ROWS), Ticker()
    for done, name in enumerate(names, 1):
        table = compute(name, SEEDS, ticker)
        write(path(name), table)
        print(f"[{done}/{len(names)}] {name}: {SEEDS:,} seeds, {table['seconds']} s", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("interrupted; finished examples are written, the one under way is not")

"""``python -m verification.seeds.image_seeds [--data DIR] [IDS]``: place the printed lines of image learnings among those of many seeds.

Every seed learns the whole course in the engine that is quickest, Keras in float64; that the engines agree is checked elsewhere, on
the fixture's own seed, which is the first here. Each example is written, whole or not at all, to
``fixtures/seeds/<document>/<id>.json`` as soon as it is finished.
"""

import argparse
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from adapters import Array, load_engine
from adapters.log_rows import LogRow
from verification.images.image_data import DIRECTORY, PrintedResult, log_updates, seeded, with_percentile
from verification.images.training_runs import train_on_images
from verification.seeds.percentiles import Quantity, entry
from verification.seeds.seed_files import Ticker, path, write
from worked_examples import ImageExample, load_all

SEEDS = 50
FEWER = {"study-notes/twolayer": 20}  # a hundred thousand updates each
ENGINE = "keras"


def learnt(example: ImageExample) -> list[LogRow]:
    """All lines of an example."""
    return train_on_images(example, ENGINE, example.images.data_set, log_updates(example), compiled=True).lines


def recipe(example: ImageExample, seeds: int) -> dict[str, Any]:
    """How the seeds were made."""
    return {
        "seeds": f"s from 1 to {seeds}: kernels from numpy.random.RandomState(s), the order from seed 1000 + s",
        "number of seeds": seeds,
        "arithmetic": f"float64, {ENGINE}, compiled",
        "network": example.network.model_dump(exclude={"random": {"seed"}}, exclude_none=True),
        "images": example.images.model_dump(),
        "training": example.training.model_dump(exclude={"seed", "numerical"}, exclude_none=True) if example.training else {},
    }


def compute(example: ImageExample, ticker: Ticker) -> dict[str, Any]:
    """The file of one example."""
    started, ticker.label, found = time.perf_counter(), example.id, list[list[LogRow]]()
    seeds = FEWER.get(example.id, SEEDS)
    for seed in range(1, seeds + 1):
        found.append(learnt(seeded(example, seed)))
        ticker(f"{seed} of {seeds} seeds")
    return table(example, found) | {
        "versions": {"python": platform.python_version(), "numpy": np.__version__, **load_engine(ENGINE).versions()},
        "seconds": round(time.perf_counter() - started, 1),
    }


def table(example: ImageExample, found: list[list[LogRow]]) -> dict[str, Any]:
    """The file from the lines of all seeds."""
    quantities = [Quantity(place.title, place.text, column(found, place)) for place in with_percentile(example)]
    return {
        "id": example.id,
        "recipe": recipe(example, len(found)),
        "quantities": [entry(quantity) | {"values": [float(v) for v in quantity.values]} for quantity in quantities],
        "claims": [],
    }


def column(found: list[list[LogRow]], place: PrintedResult) -> Array:
    """One result for every seed."""
    return np.array([line.values[place.quantity] for lines in found for line in lines if line.updates == place.updates])


def main(arguments: list[str]) -> None:
    """See the module."""
    known = {name: found for name, found in load_all().items() if isinstance(found, ImageExample) and found.training}
    parser = argparse.ArgumentParser(prog="python -m verification.seeds.image_seeds", description=__doc__)
    parser.add_argument("ids", nargs="*", choices=[*known, []], help="examples; all where none is given")
    parser.add_argument("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR")
    options = parser.parse_args(arguments)
    DIRECTORY[:] = [Path(options.data)] if options.data else []
    for name in options.ids or known:
        file = path(name)
        found = compute(known[name], Ticker())
        write(file, found)
        print(f"{name}: {found['recipe']['number of seeds']} seeds, {found['seconds']} s", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("interrupted; finished examples are written, the one under way is not")

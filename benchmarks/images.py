"""``python -m benchmarks.images [--data DIR] [IDS]``: seconds and memory of every example with images, on every engine.

Each example and engine has a process of its own, whose peak memory is that of the interpreter, the framework and the data too.
Compilation is the time that a first call takes longer than later ones with as many samples. Where an example's images are not
available, the same network runs on scikit-learn's handwritten digits. Nothing is asserted. The training run is that of the tests,
so log rows later than 10,000 updates of a batch are left out.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from adapters import ENGINES, installed
from benchmarks.examples import chosen
from benchmarks.image_runs import Run, measure
from verification.images.data import STAND_INS
from worked_examples import ImageExample, load_all

HEAD = ["Example", "engine", "images", "path", "compilation, s", "the rest, s", "peak memory, MiB", "printed"]


def measure_in_own_process(name: str, engine_name: str, directory: Path | None) -> Run:
    """``measure`` in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, name, engine_name, directory).result()


def printed_times(example: ImageExample) -> str:
    """The times that the document prints, by name; they are of the author's machine."""
    times: dict[str, list[str]] = {}
    names = {name for name, quantity in example.names.items() if quantity == "time"}
    for line in (line for table in example.blocks for line in table.lines):
        for name in line.keys() & names:
            times.setdefault(name, []).append(f"{float(line[name]):.4g}")
    return "; ".join(f"{name} {', '.join(texts)}" for name, texts in sorted(times.items())) or "–"


def row(*cells: object) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def row_of(name: str, engine_name: str, run: Run) -> str:
    """The row of one run."""
    compilation = "–" if run.path == "eager" else f"{run.compilation:.1f}"
    printed = printed_times(chosen(name, ImageExample))
    return row(name, engine_name, run.data_set, run.path, compilation, f"{run.seconds:.1f}", f"{run.peak:,}", printed)


def rows(names: Iterable[str], engines: Iterable[str], directory: Path | None) -> Iterator[str]:
    """The table, row by row as runs end, and below it the examples whose own images are not available."""
    yield row(*HEAD)
    yield row(*["---"] * len(HEAD))
    unavailable = dict[str, None]()
    for name, engine_name in ((name, engine_name) for name in names for engine_name in engines):
        run = measure_in_own_process(name, engine_name, directory)
        yield row_of(name, engine_name, run)
        if run.data_set in STAND_INS:
            unavailable[name] = None
    if unavailable:
        yield f"\nOn scikit-learn's handwritten digits, for their own data are not available: {', '.join(unavailable)}."


def main(arguments: list[str]) -> None:
    """See the module."""
    known = [name for name, example in load_all().items() if isinstance(example, ImageExample)]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.images", description=__doc__)
    parser.add_argument("ids", nargs="*", choices=[*known, []], help="examples; all where none is given")
    parser.add_argument("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR")
    options = parser.parse_args(arguments)
    directory = Path(options.data) if options.data else None
    for line in rows(options.ids or known, list(filter(installed, ENGINES)), directory):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

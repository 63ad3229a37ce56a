"""``python -m benchmarks.images [--data DIR] [IDS]``: seconds and memory of every example with images, on every engine.

Each example and engine has a process of its own, whose peak memory is that of the interpreter, the framework and the data too. What
a call takes the first time more than later, with as many patterns, is compilation. Without the page's images the same networks run
on scikit-learn's digits. Nothing is asserted; the course is that of the tests, so lines later than 10,000 updates of a batch are
left out.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from adapters import ENGINES, installed
from benchmarks.image_runs import Run, chosen, measure
from worked_examples import ImageExample, load_all

HEAD = ["Example", "engine", "images", "path", "compilation, s", "the rest, s", "peak memory, MiB", "the page prints"]


def apart(name: str, engine_name: str, directory: Path | None) -> Run:
    """The same in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, name, engine_name, directory).result()


def times(example: ImageExample) -> str:
    """The times that the page prints, by name; they are of the author's machine."""
    found: dict[str, list[str]] = {}
    for line in (line for table in example.printed for line in table.lines):
        for name in line.keys() & {name for name, quantity in example.names.items() if quantity == "time"}:
            found.setdefault(name, []).append(f"{float(line[name]):.4g}")
    return "; ".join(f"{name} {', '.join(texts)}" for name, texts in sorted(found.items())) or "–"


def row(*cells: object) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def rows(names: list[str], directory: Path | None) -> Iterator[str]:
    """The table, row by row as runs end, and below it which examples had no images of their own."""
    yield row(*HEAD)
    yield row(*["---"] * len(HEAD))
    without = dict[str, None]()
    for name in names:
        for engine_name in filter(installed, ENGINES):
            run = apart(name, engine_name, directory)
            compilation = "–" if run.path == "eager" else f"{run.compilation:.1f}"
            figures = compilation, f"{run.seconds:.1f}", f"{run.peak:,}"
            yield row(name, engine_name, run.data, run.path, *figures, times(chosen(name)))
            without |= {name: None} if run.data == "sklearn_digits" else {}
    if without:
        yield f"\nOn scikit-learn's digits, for the page's own data are not available: {', '.join(without)}."


def main(arguments: list[str]) -> None:
    """See the module."""
    known = [name for name, found in load_all().items() if isinstance(found, ImageExample)]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.images", description=__doc__)
    parser.add_argument("ids", nargs="*", choices=[*known, []], help="examples; all where none is given")
    parser.add_argument("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR")
    options = parser.parse_args(arguments)
    for line in rows(options.ids or known, Path(options.data) if options.data else None):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

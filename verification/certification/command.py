"""``python -m verification certify [IDS] [--update]``: recompute certified values and compare them with the committed ones.

Each finished example is written, whole, to ``build/certified``; an interrupted run continues with those not yet finished. With
``--update`` the committed files are replaced. Exit status 1 where anything differs.
"""

import argparse
import os
import time
from collections.abc import Mapping
from multiprocessing import get_context

from verification.certification import build
from verification.certification.files import is_certifiable, read
from verification.certification.recompute import certified_table
from verification.progress import ProgressLines
from worked_examples import Example, FixtureError, NetworkExample, load_all
from worked_examples.errors import nearest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="examples; all that can be certified where none is given")
    parser.add_argument("--update", action="store_true", help="replace the committed files")


def chosen(ids: list[str], examples: Mapping[str, Example]) -> dict[str, NetworkExample]:
    """The examples that are given, or all that can be certified.

    Raises:
        FixtureError: where an example cannot be certified.

    """
    networks = {name: example for name, example in examples.items() if isinstance(example, NetworkExample)}
    known = {name: example for name, example in networks.items() if is_certifiable(example)}
    for name in ids:
        if name not in known:
            raise FixtureError(f"'{name}' cannot be certified; {nearest(name, known)}")
    return {name: known[name] for name in ids} if ids else known


def certify_example(example: NetworkExample) -> str:
    """Compute one example, in a process of its own, and write it to the build folder; returns its id."""
    lines = ProgressLines(example.id, seconds=15)
    build.write(certified_table(example, lambda epoch: lines(f"epoch {epoch:,}")))
    return example.id


def outcome(example_id: str) -> str:
    """One line about a finished example."""
    finished = read(example_id, build.BUILD)
    if finished is None:
        return f"{example_id}: no recomputed file"
    table, stop = finished.table, finished.stop_epoch
    result = "evaluated" if stop is None else f"stop {stop:,}"
    return f"{example_id}: {result}, {table['bits']} bits, radius {table['radius']}, {table['seconds']} s"


def certify_all(examples: list[NetworkExample]) -> None:
    """Compute the examples, side by side, with a line for each that is finished."""
    with get_context("spawn").Pool(min(os.cpu_count() or 1, max(len(examples), 1))) as pool:
        for done, name in enumerate(pool.imap_unordered(certify_example, examples), 1):
            print(f"[{done}/{len(examples)}] {outcome(name)}", flush=True)


def main(options: argparse.Namespace) -> int:
    """Recompute, compare, and with ``--update`` replace; returns the exit status."""
    started, examples = time.perf_counter(), chosen(options.ids, load_all())
    build.resume(build.code_fingerprint())
    todo = [examples[name] for name in build.pending(examples)]
    print(f"certifying {len(todo)} of {len(examples)} examples", flush=True)
    certify_all(todo)
    differences = [line for name in examples if (line := build.difference(name))]
    if options.update:
        build.commit(examples)
    build.discard(examples)
    print(f"{len(examples) - len(differences)} of {len(examples)} as committed, {time.perf_counter() - started:.0f} s")
    print("\n".join(differences))
    return int(bool(differences) and not options.update)

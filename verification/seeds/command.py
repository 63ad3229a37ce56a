"""``python -m verification seeds [PATH ...]``: percentiles of unreproducible results among many seeds, from the fixtures alone.

Each example is written, whole or not at all, to ``seeds/<document>/<id>.json`` beside the folder of its document as soon as it is
finished; interrupted in the middle of one, the next run goes on from the last seeds that are complete.
"""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from verification.images.printed_rows import unreproducible_results
from verification.progress import ProgressLines
from verification.seeds.image_study import image_file
from verification.seeds.network_study import SEEDS, Studies, network_file
from verification.seeds.records import SeedFile
from verification.seeds.resumption import forget
from verification.seeds.seed_files import folder_of, unfinished_path, write
from verification.session import Session
from worked_examples import Example, FixtureError, ImageExample, NetworkExample
from worked_examples.loading import ROOT, load_found


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 999,999")
    return int(text)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT], metavar="PATH", help="folders or files with fixtures")
    parser.add_argument("--seeds", type=positive, metavar="N", help=f"how many seeds; else {SEEDS:,}, or 50 or 20 on images")
    parser.add_argument("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR", help="the folder of the images")


def with_seeds(paths: list[Path]) -> dict[str, Example]:
    """The examples with unreproducible results below some paths.

    Raises:
        FixtureError: for the first fixture that cannot be used, or where no example has such results.

    """
    found = load_found(paths)
    for error in found.errors.values():
        raise error
    chosen = {name: example for name, example in found.examples.items() if is_unreproducible(example)}
    if not chosen:
        raise FixtureError(f"{paths[0]}: no example with [[unreproducible_results]], and none that trains on images")
    return chosen


def is_unreproducible(example: Example) -> bool:
    """Whether an example has results that get a percentile among seeds."""
    if isinstance(example, ImageExample):
        return bool(unreproducible_results(example))
    return isinstance(example, NetworkExample) and bool(example.unreproducible_results)


def computation(example: Example, session: Session, studies: Studies, count: int | None) -> Callable[[], SeedFile]:
    """What computes the file of an example.

    Raises:
        FixtureError: for an example of a kind without seeds.

    """
    if isinstance(example, ImageExample):
        return partial(image_file, session, example, studies.progress, count)
    if isinstance(example, NetworkExample):
        return partial(network_file, example, studies)
    raise FixtureError(f"{example.file}: no seeds are trained for an example of this kind")


def main(options: argparse.Namespace) -> int:
    """Compute and write the files of the examples below the paths; returns the exit status."""
    chosen = with_seeds(options.paths)
    session = Session(chosen.values(), Path(options.data) if options.data else None)
    studies = Studies(options.seeds or SEEDS, ProgressLines())
    for number, (name, example) in enumerate(chosen.items(), 1):
        content = computation(example, session, studies, options.seeds)()
        write(content, folder_of(example))
        forget(unfinished_path(example))
        print(f"[{number}/{len(chosen)}] {name}: {content.recipe.n_seeds:,} seeds, {content.seconds} s", flush=True)
    return 0

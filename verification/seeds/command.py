"""``python -m verification seeds [IDS] [--data DIR]``: percentiles of unreproducible results among many seeds.

Each example is written, whole or not at all, to ``fixtures/seeds/<document>/<id>.json`` as soon as it is finished.
"""

import argparse
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from verification.progress import ProgressLines
from verification.seeds.image_study import image_file
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import write
from verification.seeds.study_files import SEEDS, STUDIES, study_file
from verification.seeds.trainings import SeedTrainings
from verification.session import Session
from worked_examples import FixtureError, ImageExample, load_all
from worked_examples.errors import nearest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="examples; all that have seeds where none is given")
    parser.add_argument("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR", help="the folder of the images")


def computations(session: Session) -> dict[str, Callable[[], SeedFile]]:
    """For every example that has seeds, what computes its file; a training that two of them need is run once."""
    progress = ProgressLines()
    trainings = SeedTrainings(SEEDS, progress)
    studies = {name: partial(study_file, name, trainings, progress) for name in STUDIES}
    images = [example for example in session.examples.values() if isinstance(example, ImageExample) and example.training]
    return {**studies, **{example.id: partial(image_file, session, example, progress) for example in images}}


def chosen(ids: list[str], known: Mapping[str, Callable[[], SeedFile]]) -> list[str]:
    """The ids that are given, or all.

    Raises:
        FixtureError: where an example has no seeds.

    """
    for name in ids:
        if name not in known:
            raise FixtureError(f"no seeds are trained for '{name}'; {nearest(name, known)}")
    return ids or list(known)


def main(options: argparse.Namespace) -> int:
    """Compute and write the files of the examples that are named; returns the exit status."""
    known = computations(Session(load_all().values(), Path(options.data) if options.data else None))
    names = chosen(options.ids, known)
    for number, name in enumerate(names, 1):
        content = known[name]()
        write(content)
        print(f"[{number}/{len(names)}] {name}: {content.recipe.n_seeds:,} seeds, {content.seconds} s", flush=True)
    return 0

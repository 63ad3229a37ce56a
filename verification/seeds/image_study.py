"""The file of one network on images: its whole training from many seeds, in the engine that is quickest, Keras in float64.

That the engines agree is checked elsewhere, on the fixture's own seed, which is the first here.
"""

import platform
import time
from collections.abc import Sequence

import numpy as np

from adapters import Array
from adapters.log_rows import LogRow
from verification.case import Case
from verification.images.data import with_seed
from verification.images.printed_rows import log_updates, unreproducible_results
from verification.images.training_runs import train_on_images
from verification.progress import ProgressLines
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.recipes import image_recipe
from verification.seeds.records import SeedFile, SeedQuantity
from verification.seeds.resumption import digest, resumed
from verification.seeds.seed_files import unfinished_path
from verification.session import Session
from worked_examples import ImageExample

SEEDS = 50
MANY = 1_000_000  # samples in one training, from which on fewer seeds are trained
FEWER_SEEDS = 20
ENGINE = "keras"


def n_seeds(example: ImageExample) -> int:
    """How many seeds of an example are trained: 50, or 20 where one training sees a million samples or more."""
    size = example.training.batch if example.training else 0
    return SEEDS if log_updates(example)[-1] * size < MANY else FEWER_SEEDS


def log_rows(case: Case[ImageExample]) -> list[LogRow]:
    """All log rows of one training."""
    return train_on_images(case, case.example.data.images, log_updates(case.example), compiled=True).rows


def image_file(session: Session, example: ImageExample, progress: ProgressLines, count: int | None = None) -> SeedFile:
    """The file of one example, of its first ``count`` seeds, or of as many as ``n_seeds`` says; an interrupted run goes on."""
    started, total = time.perf_counter(), count or n_seeds(example)
    case = Case(example, ENGINE, session)

    def columns(seeds: Sequence[int]) -> Array:
        progress.label = example.id
        progress(f"seed {seeds[0]} of {total}")
        return np.stack([results(example, log_rows(case.of(with_seed(example, seed)))) for seed in seeds], axis=-1)

    table = resumed(unfinished_path(example), digest(example), range(1, total + 1), 1, columns)
    return SeedFile(
        id=example.id,
        recipe=image_recipe(example, total, ENGINE),
        quantities=quantities(example, table),
        claims=[],
        versions={"python": platform.python_version(), "numpy": np.__version__, **case.engine.versions()},
        seconds=round(time.perf_counter() - started, 1),
    )


def results(example: ImageExample, rows: Sequence[LogRow]) -> Array:
    """What one seed gives for every printed result."""
    by_updates = {row.updates: row for row in rows}
    return np.array([by_updates[result.updates].values[result.quantity] for result in unreproducible_results(example)], float)


def quantities(example: ImageExample, table: Array) -> list[SeedQuantity]:
    """Every printed result among the seeds, with its value for each; the table is ``(results, seeds)``."""
    pairs = zip(unreproducible_results(example), table, strict=True)
    measured = [Quantity(result.title, result.text, values) for result, values in pairs]
    return [among_seeds(quantity).model_copy(update={"values": quantity.values.tolist()}) for quantity in measured]

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
from verification.images.printed_rows import PrintedResult, log_updates, unreproducible_results
from verification.images.training_runs import train_on_images
from verification.progress import ProgressLines
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.recipes import image_recipe
from verification.seeds.records import SeedFile, SeedQuantity
from verification.session import Session
from worked_examples import ImageExample

SEEDS = 50
MANY = 1_000_000  # samples in one training, from which on fewer seeds are trained
FEWER_SEEDS = 20
ENGINE = "keras"


def n_seeds(example: ImageExample) -> int:
    """How many seeds of an example are trained: 50, or 20 where one training sees a million samples or more."""
    batch_size = example.training.batch_size if example.training else 0
    return SEEDS if log_updates(example)[-1] * batch_size < MANY else FEWER_SEEDS


def log_rows(case: Case[ImageExample]) -> list[LogRow]:
    """All log rows of one training."""
    return train_on_images(case, case.example.images.data_set, log_updates(case.example), compiled=True).rows


def image_file(session: Session, example: ImageExample, progress: ProgressLines) -> SeedFile:
    """The file of one example."""
    case = Case(example, ENGINE, session)
    started, progress.label, seeds = time.perf_counter(), example.id, list[list[LogRow]]()
    for seed in range(1, n_seeds(example) + 1):
        seeds.append(log_rows(case.of(with_seed(example, seed))))
        progress(f"{seed} of {n_seeds(example)} seeds")
    return SeedFile(
        id=example.id,
        recipe=image_recipe(example, len(seeds), ENGINE),
        quantities=quantities(example, seeds),
        claims=[],
        versions={"python": platform.python_version(), "numpy": np.__version__, **case.engine.versions()},
        seconds=round(time.perf_counter() - started, 1),
    )


def quantities(example: ImageExample, seeds: Sequence[Sequence[LogRow]]) -> list[SeedQuantity]:
    """Every printed result among the seeds, with its value for each."""
    printed_quantities = [Quantity(result.title, result.text, column(seeds, result)) for result in unreproducible_results(example)]
    return [among_seeds(quantity).model_copy(update={"values": quantity.values.tolist()}) for quantity in printed_quantities]


def column(seeds: Sequence[Sequence[LogRow]], result: PrintedResult) -> Array:
    """One result of every seed ``(seeds,)``."""
    return np.array([row.values[result.quantity] for rows in seeds for row in rows if row.updates == result.updates], float)

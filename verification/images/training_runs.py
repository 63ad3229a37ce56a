"""Trainings on images: each runs once in a session, on scikit-learn's handwritten digits or on the page's own images."""

import resource
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from adapters import Array, Parameters
from adapters.log_rows import LogRow, Samples, train_chunks, train_with_log
from adapters.schedule import minibatches, training_of
from adapters.training import DivergedError
from verification.case import Case
from verification.exact.parameter_distances import distance
from verification.images.data import STAND_INS, as_network, fits_digits, initial, scaled
from verification.images.printed_rows import log_updates
from verification.independence.watcher import Watcher
from worked_examples import FixtureError, ImageExample, NetworkExample
from worked_examples.schema.layers.sizes import counts_of

LONGEST = 10_000  # updates with several samples that every engine computes; later rows only get their percentile among the seeds
ON_DIGITS = 3_072  # samples, two epochs
IN_BALLS = 400_000  # multiplications forward, for enlarged digits: a second or two
FEWEST = 2  # images, so that a batch has statistics


class TrainingRun(NamedTuple):
    """A finished training: its log rows, the last parameters, the path, its seconds, the process's peak memory in MiB.

    A ``watcher`` has noted whom the trainer calls in a few more updates.
    """

    rows: list[LogRow]
    parameters: list[Parameters]
    path: str
    seconds: float
    peak_memory: float
    watcher: Watcher | None = None

    def distance(self, other: "TrainingRun") -> float:
        """The 2-norm between the last parameters of both; nan where their shapes differ."""
        return distance(self.parameters, other.parameters)


def train_on_images(
    case: Case[ImageExample],
    data_set: str,
    rows: Sequence[int],
    compiled: bool,
    start: list[Parameters] | None = None,
    watcher: Watcher | None = None,
) -> TrainingRun:
    """One training on a set of images with log rows after so many updates, from the example's own parameters or from others.

    With a ``watcher`` the trainer then goes on, watched, through the batches of its first chunks, so that nothing is compiled anew.

    Raises:
        FixtureError: where it diverges, or where an epoch is not a whole number of batches.

    """
    example = case.example
    train, test = training_samples(case, data_set), scaled(case.session, data_set, "test", example.data.divisor)
    parameters = start or initial(example, train.x.shape[1])
    started = time.perf_counter()
    trainer = case.engine.trainer(as_network(example, parameters, train), "float64", compiled)
    wanted = {"n_correct", *example.names.values()}
    try:
        order = batches(example, len(train.t), rows[-1])
        log_rows = list(train_with_log(trainer, train, test, order, rows, wanted))
    except DivergedError as error:
        raise FixtureError(f"{example.file}: training.learning_rate: on {case.engine_name}, {error}") from None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    after = trainer.parameters()[: len(parameters)]
    finished = TrainingRun(log_rows, after, trainer.path, time.perf_counter() - started, peak, watcher)
    if watcher:
        first = order[: min(rows[0], len(train.t) // order.shape[1])]
        watcher.watch(f"{trainer.path} training on images", lambda: (train_chunks(trainer, train, first), trainer.parameters()))
    return finished


def training_samples(case: Case[ImageExample], data_set: str) -> Samples:
    """The training images, scaled; of those that stand in for the page's whole batches, where an epoch needs these."""
    train, training = scaled(case.session, data_set, "training", case.example.data.divisor), training_of(case.example)
    count = len(train.t)
    if data_set not in STAND_INS or training.order == "with replacement" or not count % training.batch:
        return train
    return train.rows(np.arange(max(count // training.batch, 1) * training.batch) % count)


def batches(example: ImageExample, n_samples: int, updates: int) -> Array:
    """The samples of the first updates, ``(updates, batch)``.

    Raises:
        FixtureError: where an epoch is not a whole number of batches.

    """
    try:
        return minibatches(training_of(example), n_samples, updates)
    except ValueError as error:
        raise FixtureError(f"{example.file}: training.batch_size: {error}") from None


def first_batch(case: Case[ImageExample], data_set: str) -> Samples:
    """The samples of the first update."""
    train = training_samples(case, data_set)
    return train.rows(batches(case.example, len(train.t), 1)[0])


def on_first_batch(case: Case[ImageExample], data_set: str) -> Case[NetworkExample]:
    """The network on given data that has the samples of the first update, in one batch; where balls take too long, only the first.

    A convolution makes so many multiplications that ball arithmetic would take minutes for a batch.
    """
    batch = first_batch(case, data_set).rows(slice(n_in_balls(case.example)))
    network = as_network(case.example, initial(case.example, batch.x.shape[1]), batch)
    return Case(network, case.engine_name, case.session, case.dtype)


def n_in_balls(example: ImageExample) -> int | None:
    """How many images a batch has at most in ball arithmetic; as many as it has (None) where the network fits the small digits."""
    if fits_digits(example):
        return None
    macs = sum(count.macs for count in counts_of(example.network.layers, example.columns_of_stand_in))
    return max(FEWEST, IN_BALLS // macs)


def after_first_batch(case: Case[NetworkExample]) -> list[Parameters]:
    """The engine's parameters after an update with all samples, and its optimizer's state."""
    trainer = case.engine.trainer(case.example, case.dtype, compiled=False)
    trainer.train_batches(*case.example.data.pair, case.example.data.samples)
    return trainer.parameters()


def rows_on_digits(example: ImageExample) -> list[int]:
    """The log rows of the training on the digits: four, equally far apart; on enlarged ones it is a quarter as long."""
    updates = (ON_DIGITS if fits_digits(example) else ON_DIGITS // 4) // training_of(example).batch
    return [max(updates, 4) * quarter // 4 for quarter in (1, 2, 3, 4)]


def rows_on_page(example: ImageExample) -> list[int]:
    """The printed log rows that are computed on every engine."""
    return [row for row in log_updates(example) if row <= LONGEST or training_of(example).batch == 1]


def trained(case: Case[ImageExample], data_set: str) -> TrainingRun:
    """The training of an example on an engine and a set of images."""
    rows = rows_on_digits(case.example) if data_set in STAND_INS else rows_on_page(case.example)
    watcher = Watcher() if data_set in STAND_INS and case.engine_name != "reference" else None
    return case.session.once(
        ("image training", *case.key, data_set),
        lambda: train_on_images(case, data_set, rows, compiled=True, watcher=watcher),
    )


def differently_classified(first: TrainingRun, second: TrainingRun) -> Iterator[str]:
    """One line for each log row of two trainings with other numbers of correctly classified samples; one where rows are missing."""
    if [row.updates for row in first.rows] != [row.updates for row in second.rows] or not first.rows:
        yield f"log rows after {[row.updates for row in first.rows]} updates, not {[row.updates for row in second.rows]}"
        return
    for a, b in zip(first.rows, second.rows, strict=True):
        if a.values["n_correct"] != b.values["n_correct"]:
            yield f"after {a.updates} updates: {a.values['n_correct']:.0f} classified correctly, not {b.values['n_correct']:.0f}"

"""The images that an example learns from or is asked about, and when its lines are printed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from adapters import Parameters
from adapters.log_rows import Samples
from worked_examples import Example, ImageExample
from worked_examples.datasets.download import fetch
from worked_examples.datasets.sets import DataSet, load, pretrained
from worked_examples.errors import MissingDataError
from worked_examples.expression.evaluation import evaluate, names
from worked_examples.schema.images import RESULTS, TRAINING_IMAGES, LogTable

DIRECTORY: list[Path] = []
"""The directory of ``--data``, where one is given."""
FAILURES: dict[str, str] = {}
"""Why a download failed, by the name of the data set."""


@cache
def images(name: str) -> DataSet:
    """A set of images.

    Raises:
        DataError: where its files are damaged; MissingDataError where there are none.

    """
    failure = {"download_failure": FAILURES[name]} if name in FAILURES else {}
    return load(name, DIRECTORY[0] if DIRECTORY else None, **failure)


def look_for_images(examples: Iterable[Example]) -> None:
    """Look once, before anything runs, for what the examples need; images that are nowhere are downloaded, if that is possible.

    Raises:
        DataError: where a file is damaged.

    """
    chosen = [example for example in examples if isinstance(example, ImageExample)]
    for name in sorted({example.images.data_set for example in chosen}):
        with suppress(MissingDataError):
            try:
                images(name)
            except MissingDataError:
                if failure := fetch(name):
                    FAILURES[name] = failure
                images(name)
    if any(example.network.pretrained for example in chosen):
        with suppress(MissingDataError):
            pretrained(DIRECTORY[0] if DIRECTORY else None)


@cache
def scaled(name: str, part: str, divisor: str) -> Samples:
    """The ``training`` or ``test`` images of a set in float64, for a divisor that makes 1 of 255; in digits, 16 stands for 255."""
    found = images(name)
    pixels, labels = found.train if part == "training" else found.test
    return Samples(pixels / (1 if divisor == "1" else float(divisor) * found.greatest / 255), labels)


def initial(example: ImageExample, inputs: int) -> list[Parameters]:
    """The drawn weights for so many inputs."""
    return [Parameters(*layer) for layer in example.layers(inputs)]


def seeded(example: ImageExample, seed: int) -> ImageExample:
    """The same example with the weights of a seed, and the order of another: 1000 more."""
    assert example.training, "only what learns has an order"
    assert example.network.random, "only what is drawn has a seed"
    drawn = example.network.random.model_copy(update={"seed": seed})
    network = example.network.model_copy(update={"random": drawn})
    return example.model_copy(update={"network": network, "training": example.training.model_copy(update={"seed": 1000 + seed})})


def numbers(line: Mapping[str, str]) -> dict[str, Fraction]:
    """The numbers of a line, exactly as printed."""
    return {name: Fraction(text) for name, text in line.items()}


def updates(table: LogTable) -> list[int]:
    """After how many updates each line of a table is printed; none for a table that is no part of a learning."""
    lines = table.lines if table.updates else []
    return [int(evaluate(table.updates, numbers(line) | {"line": Fraction(at)})) for at, line in enumerate(lines)]


def log_updates(example: ImageExample) -> list[int]:
    """The updates of all lines of all tables, in order; the last update of all where no line is printed."""
    printed = {update for table in example.printed for update in updates(table)}
    return sorted(printed or {all_updates(example)})


def all_updates(example: ImageExample) -> int:
    """All updates of a learning on the page's images."""
    return example.training.total(TRAINING_IMAGES) if example.training else 0


class PrintedResult(NamedTuple):
    """A printed result: its title, its text, the updates made when it is printed, what it is, and whether others determine it."""

    title: str
    text: str
    updates: int
    quantity: str
    derived: bool


def printed_results(example: ImageExample) -> Iterator[PrintedResult]:
    """Every printed result of a learning. What follows by a formula from other numbers of its line is derived."""
    for table in example.printed:
        derived = {name for name, formula in table.formulas.items() if name not in names(formula)}
        for line, update in zip(table.lines, updates(table), strict=False):
            head = [f"{name} {text}" for name, text in line.items() if example.names[name] == "position"] or [f"update {update}"]
            for name, text in line.items():
                if example.names[name] in RESULTS:
                    yield PrintedResult(", ".join([*head, name]), text, update, example.names[name], name in derived)


def with_percentile(example: ImageExample) -> list[PrintedResult]:
    """The results that are placed among the seeds: those that no other number determines."""
    return [place for place in printed_results(example) if not place.derived]

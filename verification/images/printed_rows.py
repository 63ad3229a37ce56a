"""When the rows of a printed log are printed, and what results they hold."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from worked_examples import ImageExample
from worked_examples.expression.evaluation import evaluate, names
from worked_examples.schema.kinds.image_quantities import RESULTS
from worked_examples.schema.kinds.images import TRAINING_IMAGES
from worked_examples.schema.log import RunLog


class PrintedResult(NamedTuple):
    """A printed result: its title, its text, the updates made when it is printed, its quantity, and whether others determine it."""

    title: str
    text: str
    updates: int
    quantity: str
    derived: bool


def numbers(row: Mapping[str, str]) -> dict[str, Fraction]:
    """The numbers of a row, exactly as printed."""
    return {name: Fraction(text) for name, text in row.items()}


def updates(table: RunLog) -> list[int]:
    """After how many updates each row of a log is printed."""
    return [int(evaluate(table.updates, numbers(row) | {"line": Fraction(at)})) for at, row in enumerate(table.lines)]


def log_updates(example: ImageExample) -> list[int]:
    """The updates of all rows of all logs, in order; the last update of all where no row is printed."""
    printed = {update for table in example.log for update in updates(table)}
    return sorted(printed or {all_updates(example)})


def all_updates(example: ImageExample) -> int:
    """All updates of a training on the page's images; 0 where nothing is trained."""
    return example.training.total(TRAINING_IMAGES) if example.training else 0


def printed_results(example: ImageExample) -> Iterator[PrintedResult]:
    """Every printed result of a training. What follows by a formula from other numbers of its row is derived."""
    for table in example.log:
        derived = {name for name, formula in table.formulas.items() if name not in names(formula)}
        for row, update in zip(table.lines, updates(table), strict=True):
            head = [f"{name} {text}" for name, text in row.items() if example.names[name] == "position"] or [f"update {update}"]
            for name, text in row.items():
                if example.names[name] in RESULTS:
                    yield PrintedResult(", ".join([*head, name]), text, update, example.names[name], name in derived)


def unreproducible_results(example: ImageExample) -> list[PrintedResult]:
    """The results that get a percentile among the seeds: those that no other number determines, of a run with seeds of ours."""
    return [] if is_repeatable(example) else [result for result in printed_results(example) if not result.derived]


def is_repeatable(example: ImageExample) -> bool:
    """Whether what is printed is the run of the fixture's own seeds, in float64."""
    return example.provenance == "ours"

"""Every number of a printed table on images, judged: by its line's arithmetic, by the data, by what a pretrained network answers.

Results of a training whose weights are not printed are no claims; they have a percentile among the seeds (``verification.seeds``).
"""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

from verification.checks.printed_numbers import settle
from verification.failure import Record, fail
from verification.images.image_data import all_updates, images, numbers, updates, with_percentile
from verification.images.inference import predictions
from verification.images.training_runs import example_of
from verification.seeds import seed_files
from verification.seeds.records import SeedQuantity
from verification.session import Case
from verification.verdicts import Verdict, judge
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError
from worked_examples.expression.evaluation import evaluate
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.images import RESULTS


class Printed(NamedTuple):
    """A printed number, and the numbers that are known beside it: those of its line, and the last ones of earlier tables."""

    claim: Claim
    line: int
    known: dict[str, Fraction]


def check_tables(case: Case, record: Record) -> None:
    """Every number that follows from others, from the data or from supplied weights is that number, rounded; lines are in order."""
    example = example_of(case)
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    record["printed"], problems, open_ = verdicts, list(disordered(example)), list[str]()
    for printed in numbered(example):
        try:
            problems += judged(case, printed, verdicts)
        except MissingDataError as error:
            open_.append(str(error))
    if example.training:
        problems += displaced(example, record)
    elif case.engine == "reference" and not open_:
        record["notes"] = list(produced(case))
    if open_:
        record["not judged"], record["numbers not judged"] = open_[0], len(open_)
    if problems:
        fail(case, problems, "recompute by hand; a number that is wrong in print becomes an erratum")


def displaced(example: ImageExample, record: Record) -> list[str]:
    """Lines for printed results that have no place among the seeds, where the example has any; a note where it has none."""
    record["placed"] = {quantity.name: placing(quantity) for quantity in seed_files.quantities(example.id)}
    if not record["placed"]:
        record["notes"] = ["the printed results are not placed among seeds: there is no file of them"]
        return []
    lost = [place.title for place in with_percentile(example) if place.title not in record["placed"]]
    return [f"{title} has no percentile among the seeds: python -m verification seeds" for title in lost]


def produced(case: Case) -> Iterator[str]:
    """For every printed accuracy, the conditions under which the network has it."""
    example = example_of(case)
    texts = [text for table in example.printed for line in table.lines for name, text in line.items() if is_accuracy(example, name)]
    found = predictions(example, case.engine)
    for text in dict.fromkeys(texts):
        names = [name for name, it in found.items() if judge(it.n_correct / it.images, text).verdict is Verdict.CONFIRMED]
        yield f"accuracy {text}: {'; '.join(names) or 'under no condition'}"


def is_accuracy(example: ImageExample, name: str) -> bool:
    """Whether a printed name stands for an accuracy."""
    return example.names[name] == "accuracy"


def placing(quantity: SeedQuantity) -> dict[str, Any]:
    """Where a printed result lies among the seeds, for the report."""
    return {key: getattr(quantity, key) for key in ("printed", "verdict", "percentile", "n_seeds", "min", "median", "max")}


def disordered(example: ImageExample) -> Iterator[str]:
    """Lines that do not come later than those before them, or later than learning lasts."""
    for table in example.printed:
        found = updates(table)
        if found and (sorted(set(found)) != found or found[0] < 1 or found[-1] > all_updates(example)):
            yield f"{table.where}: lines after {found} updates, of {all_updates(example)}"


def numbered(example: ImageExample) -> Iterator[Printed]:
    """Every printed number with its line."""
    known: dict[str, Fraction] = {}
    found = list(claims(example))
    for position, table in enumerate(example.printed):
        line, first = -1, next(iter(table.lines[0]))
        for claim in (claim for claim in found if claim.block == position):
            line += claim.name == first
            yield Printed(claim, max(line, 0), known | numbers(table.lines[max(line, 0)]))
        known |= numbers(table.lines[-1])


def judged(case: Case, printed: Printed, verdicts: Record) -> Iterator[str]:
    """Judge one number, if it is a claim, and count it.

    Raises:
        MissingDataError: where it takes data that are not there.

    """
    claim = printed.claim
    if is_claim(example_of(case), claim):
        yield from settle(claim, f"{claim}, line {printed.line + 1}, {claim.where}", verdicts, own(case, printed), None, None)


def own(case: Case, printed: Printed) -> Decimal | float:
    """What a number that is a claim must be."""
    example, claim = example_of(case), printed.claim
    table, quantity = example.printed[claim.block], example.names[claim.name]
    if claim.name in table.formulas:
        known = printed.known | {"line": Fraction(printed.line)}
        return exactly(evaluate(table.formulas[claim.name], known), table.arithmetic)
    if quantity in RESULTS:
        answer = predictions(example, case.engine)[table.inference_setting]
        return {
            "n_correct": answer.n_correct,
            "n_wrong": answer.images - answer.n_correct,
            "accuracy": answer.n_correct / answer.images,
        }[quantity]
    return of_data(example, quantity, claim.at)


def is_claim(example: ImageExample, claim: Claim) -> bool:
    """Whether a printed number must be some number: a formula, the data or supplied weights say which.

    Times, the iteration that a line is about, and results of a learning need not be any number by themselves.
    """
    quantity, follows = example.names[claim.name], claim.name in example.printed[claim.block].formulas
    return follows or (quantity not in ("time", "position") and (quantity not in RESULTS or example.training is None))


def exactly(value: Any, arithmetic: str) -> Decimal:
    """A value of a formula; in float64 where the page shows that type's digits, else exact to 60 digits."""
    if arithmetic == "float64" or isinstance(value, float):
        return Decimal(float(value))
    with localcontext() as context:
        context.prec = 60
        return Decimal(value.numerator) / value.denominator


def of_data(example: ImageExample, quantity: str, at: tuple[int, ...]) -> Decimal:
    """What the images themselves say."""
    words = ("training images shape", "training labels shape", "test images shape", "test labels shape")
    train, test = images(example.images.data_set)[:2]
    shapes = dict(zip(words, (train.pixels.shape, train.labels.shape, test.pixels.shape, test.labels.shape), strict=True))
    if quantity in shapes:
        return Decimal(shapes[quantity][at[0]])
    return Decimal(len(train.labels) if quantity == "training images" else int(train.labels[0]))

"""Every number of a printed table on images, judged: by its row's arithmetic, by the data, by what a pretrained network predicts.

Results of a training whose weights are not printed are not claims; they get a percentile among many seeds.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from verification.case import Case
from verification.images.inference import predictions
from verification.images.printed_rows import all_updates, is_repeatable, numbers, unreproducible_results, updates
from verification.images.table_values import as_decimal, of_data, of_image, of_predictions
from verification.records import Findings
from verification.seeds import seed_files
from verification.verdicts.printed_number import Computed, settle
from verification.verdicts.verdict import Verdict, judge
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError
from worked_examples.expression.evaluation import evaluate
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.kinds.image_quantities import OF_IMAGE, RESULTS
from worked_examples.schema.kinds.images import InferenceTable

ImageCase = Case[ImageExample]
NEXT_STEP = "recompute by hand; a number that is wrong in print becomes an erratum, [[printed.errata]]"


class TableNumber(NamedTuple):
    """A printed number, and the numbers that are known beside it: those of its row, and the last ones of earlier tables."""

    claim: Claim
    row: int
    known: dict[str, Fraction]


def check_tables(case: ImageCase, findings: Findings) -> Iterator[str]:
    """Every number that follows from others, from the data or from supplied weights is that number, rounded; rows are in order."""
    findings.printed_numbers = []
    yield from disordered(case.example)
    for number in table_numbers(case.example):
        try:
            yield from judged_table_number(case, number, findings)
        except MissingDataError as error:
            findings.reason = f"data not available: {error}"
            findings.n_not_judged += 1
    if case.example.training:
        yield from without_percentile(case.example, findings)
    elif case.engine_name == "reference" and not findings.n_not_judged:
        findings.notes += accuracies(case)


def without_percentile(example: ImageExample, findings: Findings) -> Iterator[str]:
    """Lines for printed results that have no percentile among the seeds, where the example has any; a note where it has none."""
    known = {quantity.name for quantity in seed_files.quantities(example)}
    if not known and not is_repeatable(example):
        findings.notes.append("the printed results have no percentile among seeds: there is no file of them")
        return
    for result in unreproducible_results(example):
        if result.title not in known:
            yield f"{result.title} has no percentile among the seeds: python -m verification seeds {example.file}"


def accuracies(case: ImageCase) -> Iterator[str]:
    """For every printed accuracy, the inference settings under which the network has it."""
    rows = [row for table in case.example.printed for row in table.lines]
    texts = [text for row in rows for name, text in row.items() if case.example.names[name] == "accuracy"]
    for text in dict.fromkeys(texts):
        names = [
            name
            for name, count in predictions(case).items()
            if judge(count.n_correct / count.n_images, text).verdict is Verdict.CONFIRMED
        ]
        yield f"accuracy {text}: {'; '.join(names) or 'under no inference setting'}"


def disordered(example: ImageExample) -> Iterator[str]:
    """Lines for rows that do not come later than those before them, or later than training lasts."""
    for table in example.log:
        at, last = updates(table), all_updates(example)
        if sorted(set(at)) != at or at[0] < 1 or at[-1] > last:
            yield f"{table.where}: rows after {at} updates, of {last}"


def table_numbers(example: ImageExample) -> Iterator[TableNumber]:
    """Every printed number with its row."""
    known: dict[str, Fraction] = {}
    all_claims = list(claims(example))
    for position, table in enumerate(example.blocks):
        row, first = -1, next(iter(table.lines[0]))
        for claim in (claim for claim in all_claims if claim.block == position):
            row += claim.name == first
            yield TableNumber(claim, max(row, 0), known | numbers(table.lines[max(row, 0)]))
        known |= numbers(table.lines[-1])


def judged_table_number(case: ImageCase, number: TableNumber, findings: Findings) -> Iterator[str]:
    """Judge one number, if it is a claim, and record it.

    Raises:
        MissingDataError: where it takes data that are not there.

    """
    claim = number.claim
    if is_claim(case.example, claim):
        yield from settle(claim, f"{claim}, row {number.row + 1}, {claim.where}", findings, computed(case, number))


def computed(case: ImageCase, number: TableNumber) -> Computed:
    """What a number that is a claim is judged by: of one image an enclosure, of all else what it must be."""
    claim, table = number.claim, case.example.blocks[number.claim.block]
    quantity = case.example.names[claim.name]
    if quantity in OF_IMAGE and claim.name not in table.formulas and isinstance(table, InferenceTable):
        (setting,) = (setting for setting in case.example.inference_settings if setting.name == table.inference_setting)
        return of_image(case, setting, quantity, claim.at, table.arithmetic)
    return Computed(expected_value(case, number))


def expected_value(case: ImageCase, number: TableNumber) -> Decimal | float:
    """What a number that is a claim must be."""
    example, claim = case.example, number.claim
    table, quantity = example.blocks[claim.block], example.names[claim.name]
    if claim.name in table.formulas:
        known = number.known | {"line": Fraction(number.row)}
        return as_decimal(evaluate(table.formulas[claim.name], known), table.arithmetic)
    if isinstance(table, InferenceTable) and quantity in RESULTS:
        return of_predictions(predictions(case)[table.inference_setting], quantity)
    return of_data(case.session, example, quantity, claim.at)


def is_claim(example: ImageExample, claim: Claim) -> bool:
    """Whether a printed number must be some number: a formula, the data or supplied weights say which.

    Times, the iteration that a row is about, and results of a training need not be any number by themselves.
    """
    quantity, has_formula = example.names[claim.name], claim.name in example.blocks[claim.block].formulas
    return has_formula or (quantity not in ("time", "position") and (quantity not in RESULTS or example.training is None))

"""What is said of a smaller floating-point type: which trainings of this suite bear it out, and which refute it."""

from collections.abc import Iterator
from typing import Any

from verification.case import Case
from verification.runs.smaller_types import reached
from worked_examples.schema.page import Statement


def off_claims(case: Case[Any], statement: Statement) -> Iterator[str]:
    """A line for every training that does not end in the smaller type as the fixture says."""
    known = reached(case.session, statement.dtype or "", case.engine_name)
    for training in statement.trainings:
        if known.get(training.example) is not training.reaches_printed_epoch:
            says = {True: "reaches the printed epoch", False: "does not reach the printed epoch", None: "is not recorded"}
            yield f"{training.example} in {statement.dtype}: {says[known.get(training.example)]}"


def count(case: Case[Any], statement: Statement) -> str:
    """How many of all recorded trainings stop in the smaller type where they should, as a note."""
    known = reached(case.session, statement.dtype or "", case.engine_name)
    return f"{sum(known.values())} of {len(known)} trainings stop in {statement.dtype} at the printed epoch"
